import type { Answers } from '@lotline/core/recall/answers-shape'
import { rings } from '@lotline/core/genealogy/touch'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '../../look/link-button.tsx'
import { countText } from '../../shared/language-formats.ts'
import styles from './answer-strip.module.css'
import type { Tab } from './trace-query.ts'

type Summary = Answers['summary']
type Open = (tab: Tab, find?: string) => void

/** The four answers before any picture; each number leads to its rows. */
export function AnswerStrip({ summary, onOpen }: { summary: Summary; onOpen: Open }) {
  const { t } = useTranslation()
  return (
    <section className={styles['strip']} aria-label={t('strip.label')}>
      <Affected summary={summary} onOpen={onOpen} />
      <WentTo summary={summary} onOpen={onOpen} />
      <Remains summary={summary} onOpen={onOpen} />
      <Todo summary={summary} onOpen={onOpen} />
    </section>
  )
}

function Affected({ summary: { affected, sources }, onOpen }: { summary: Summary; onOpen: Open }) {
  const { t } = useTranslation()
  const others = affected.traceables - affected.lots - affected.serials
  const main = (
    [
      ['lots', affected.lots],
      ['serials', affected.serials],
      ['others', others],
    ] as const
  ).filter(([, count]) => count > 0)
  return (
    <Answer question={t('strip.affected')}>
      <Main>
        {main.length === 0 ? <span>{t('strip.nothingAffected')}</span> : null}
        {main.map(([words, count]) => (
          <LinkButton key={words} onClick={() => onOpen('affected')}>
            {t(`strip.${words}`, { count, number: countText(count) })}
          </LinkButton>
        ))}
      </Main>
      <More>
        {rings
          .filter((ring) => affected.byRing[ring] > 0)
          .map((ring) => (
            <LinkButton key={ring} onClick={() => onOpen('affected', t(`ring.${ring}`))}>
              {t(`ringCount.${ring}`, { number: countText(affected.byRing[ring]) })}
            </LinkButton>
          ))}
        {sources > 0 ? (
          <LinkButton onClick={() => onOpen('sources')}>
            {t('strip.sources', { count: sources, number: countText(sources) })}
          </LinkButton>
        ) : null}
      </More>
    </Answer>
  )
}

function WentTo({ summary: { shipped }, onOpen }: { summary: Summary; onOpen: Open }) {
  const { t } = useTranslation()
  if (shipped.traceables === 0)
    return <Answer question={t('strip.wentTo')}>{<Main>{t('strip.notShipped')}</Main>}</Answer>
  return (
    <Answer question={t('strip.wentTo')}>
      <Main>
        <LinkButton onClick={() => onOpen('wentTo')}>
          {t('strip.units', { count: shipped.traceables, number: countText(shipped.traceables) })}
        </LinkButton>
        <LinkButton onClick={() => onOpen('wentTo')}>
          {t('strip.customers', { count: shipped.customers, number: countText(shipped.customers) })}
        </LinkButton>
      </Main>
      <More>
        <LinkButton onClick={() => onOpen('wentTo')}>
          {t('strip.shipments', { count: shipped.shipments, number: countText(shipped.shipments) })}
        </LinkButton>
      </More>
    </Answer>
  )
}

function Remains({
  summary: { onHand, inProcess, atSubcontractor },
  onOpen,
}: {
  summary: Summary
  onOpen: Open
}) {
  const { t } = useTranslation()
  return (
    <Answer question={t('strip.remains')}>
      <Main>
        {onHand.traceables === 0 ? (
          <span>{t('strip.nothingOnHand')}</span>
        ) : (
          <LinkButton onClick={() => onOpen('remains')}>
            {t('strip.onHand', { count: onHand.traceables, number: countText(onHand.traceables) })}
          </LinkButton>
        )}
        {onHand.places > 0 ? (
          <span>{t('strip.places', { count: onHand.places, number: countText(onHand.places) })}</span>
        ) : null}
      </Main>
      <More>
        {inProcess.traceables > 0 ? (
          <LinkButton onClick={() => onOpen('remains', t('holder.order'))}>
            {t('strip.inProcess', { number: countText(inProcess.traceables) })}
          </LinkButton>
        ) : null}
        {atSubcontractor.traceables > 0 ? (
          <LinkButton onClick={() => onOpen('remains', t('holder.subcontractor'))}>
            {t('strip.atSubcontractor', { number: countText(atSubcontractor.traceables) })}
          </LinkButton>
        ) : null}
      </More>
    </Answer>
  )
}

function Todo({ summary: { openOrders, held, gaps }, onOpen }: { summary: Summary; onOpen: Open }) {
  const { t } = useTranslation()
  return (
    <Answer question={t('strip.todo')}>
      <Main>
        {openOrders === 0 ? (
          <span>{t('strip.noOrders')}</span>
        ) : (
          <LinkButton onClick={() => onOpen('orders')}>
            {t('strip.orders', { count: openOrders, number: countText(openOrders) })}
          </LinkButton>
        )}
        {openOrders > 0 ? <span>{t('strip.ordersUse')}</span> : null}
      </Main>
      <More>
        {held > 0 ? (
          <LinkButton onClick={() => onOpen('affected', t('status.held'))}>
            {t('strip.held', { count: held, number: countText(held) })}
          </LinkButton>
        ) : (
          <span>{t('strip.notHeld')}</span>
        )}
        {gaps > 0 ? (
          <LinkButton onClick={() => onOpen('gaps')}>
            {t('completeness.gaps', { count: gaps, number: countText(gaps) })}
          </LinkButton>
        ) : null}
      </More>
    </Answer>
  )
}

function Answer({ question, children }: { question: string; children: ReactNode }) {
  return (
    <div className={styles['answer']}>
      <h2 className={styles['question']}>{question}</h2>
      {children}
    </div>
  )
}

function Main({ children }: { children: ReactNode }) {
  return <p className={styles['main']}>{children}</p>
}

function More({ children }: { children: ReactNode }) {
  return <p className={styles['more']}>{children}</p>
}
