import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OrderRecord, RouteStep } from '../ask/floor-shapes.ts'
import { captureWithCard } from '../cards/capture-card.ts'
import { BigButton } from '../look/big-button.tsx'
import { FloorSign, type FloorSignName } from '../look/floor-sign.tsx'
import styles from '../look/floor.module.css'
import type { Asked } from '../queue/capture-record.ts'
import { whoNow } from '../station/who.ts'

const signs: Readonly<Record<RouteStep['state'], FloorSignName>> = {
  done: 'check',
  running: 'work',
  ready: 'work',
  locked: 'hold',
}

/** The route: what is done, what is to be done now, and what waits for what. */
export function RouteView({ order }: { order: OrderRecord }) {
  const { t } = useTranslation('floor')
  const { operations } = order
  const first =
    operations.find(({ state }) => state === 'running') ?? operations.find(({ state }) => state === 'ready')
  const [chosen, setChosen] = useState<string>()
  const step = operations.find(({ operation }) => operation === chosen) ?? first
  if (operations.length === 0) return <p className={styles['empty']}>{t('route.none')}</p>
  return (
    <>
      <ol className={styles['rows']} aria-label={t('route.strip')}>
        {operations.map((each) => (
          <li key={each.operation} data-operation={each.operation} data-state={each.state}>
            <button
              type="button"
              className={styles['row']}
              aria-current={each === step ? 'step' : undefined}
              onClick={() => setChosen(each.operation)}
            >
              <FloorSign name={signs[each.state]} />
              <span className={styles['rowMain']}>
                <strong translate="no">
                  {each.operation} {each.name ?? ''}
                </strong>
                <span>
                  {each.state === 'locked'
                    ? t('route.waits', { missing: each.missing.join(', ') })
                    : t(`route.${each.state}`)}
                </span>
              </span>
              {each.equipment === null ? null : <span translate="no">{each.equipment}</span>}
            </button>
          </li>
        ))}
      </ol>
      {step ? <StepActs key={step.operation} order={order} step={step} /> : null}
    </>
  )
}

function StepActs({ order, step }: { order: OrderRecord; step: RouteStep }) {
  const { t } = useTranslation('floor')
  const [passed, setPassed] = useState<boolean>()
  const { operation } = step
  const act = (verb: 'start' | 'complete'): void => {
    const station = whoNow().station
    const about = {
      order: order.code,
      operation,
      ...(step.equipment === null ? {} : { equipment: step.equipment }),
    }
    const command: Asked = { verb, ...about, ...(station === null ? {} : { station }) }
    void captureWithCard(command, {
      job: order.code,
      words: t(verb === 'start' ? 'route.started' : 'route.completed', { operation, order: order.code }),
    })
  }
  const inspect = (pass: boolean): void => {
    const verdict = pass ? 'pass' : 'fail'
    const command: Asked = { verb: 'inspect', order: order.code, operation, kind: 'in-process', verdict }
    const words = t(pass ? 'route.passed' : 'route.failed', { operation, order: order.code })
    void captureWithCard(command, { job: order.code, words }).then(
      ({ kind }) => kind !== 'refused' && setPassed(pass),
    )
  }
  const locked = step.state === 'locked' ? t('route.waits', { missing: step.missing.join(', ') }) : undefined
  const unchecked = step.inspection && passed !== true ? t('route.unchecked') : undefined
  return (
    <div className={styles['acts']}>
      {step.inspection ? (
        <>
          <BigButton pressed={passed === true} onClick={() => inspect(true)}>
            {t('route.pass')}
          </BigButton>
          <BigButton pressed={passed === false} onClick={() => inspect(false)}>
            {t('route.fail')}
          </BigButton>
        </>
      ) : null}
      {step.state === 'running' ? (
        <BigButton primary because={unchecked} onClick={() => act('complete')}>
          {t('route.complete', { operation })}
        </BigButton>
      ) : step.state === 'done' ? null : (
        <BigButton
          primary
          {...(locked === undefined ? {} : { because: locked })}
          onClick={() => act('start')}
        >
          {t('route.start', { operation })}
        </BigButton>
      )}
    </div>
  )
}
