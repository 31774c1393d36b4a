import { useDocumentTitle } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { momentText } from '../../shared/language-formats.ts'
import { titleOf } from '../cards/refusal-card.ts'
import { BigButton } from '../look/big-button.tsx'
import { FloorSign } from '../look/floor-sign.tsx'
import styles from '../look/floor.module.css'
import type { CaptureRecord, ScanRecord } from '../queue/capture-record.ts'
import { record, sendSoon } from '../queue/queue.ts'
import { store } from '../queue/store.ts'
import { useLive } from '../queue/use-live.ts'
import { whoNow } from '../station/who.ts'

interface Tray {
  readonly refused: readonly CaptureRecord[]
  readonly waiting: readonly CaptureRecord[]
  readonly unknown: readonly ScanRecord[]
}

const scansShownMax = 30

/** What needs a person: refused when it was sent, still waiting, and codes that nobody knew. Nothing leaves it by itself. */
export function TrayPage() {
  const { t } = useTranslation('floor')
  useDocumentTitle(`${t('tray.title')} · ${t('product')}`)
  const { refused, waiting, unknown } = useLive<Tray>(readTray, { refused: [], waiting: [], unknown: [] })
  return (
    <div className={styles['page']}>
      <h1 className={styles['title']}>{t('tray.title')}</h1>
      <section aria-labelledby="tray-refused">
        <h2 id="tray-refused">{t('tray.refused', { count: refused.length })}</h2>
        {refused.length === 0 ? <p className={styles['empty']}>{t('tray.noneRefused')}</p> : null}
        <ul className={styles['rows']}>
          {refused.map((each) => (
            <Refused key={each.key} capture={each} />
          ))}
        </ul>
      </section>
      <section aria-labelledby="tray-waiting">
        <h2 id="tray-waiting">{t('tray.waiting', { count: waiting.length })}</h2>
        {waiting.length === 0 ? <p className={styles['empty']}>{t('tray.noneWaiting')}</p> : null}
        <ul className={styles['rows']}>
          {waiting.map((each) => (
            <li key={each.key} className={styles['row']} data-waiting={each.key}>
              <FloorSign name="kept" />
              <span className={styles['rowMain']} translate="no">
                <strong>{each.words}</strong>
                <span>{momentText(each.madeAt)}</span>
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="tray-unknown">
        <h2 id="tray-unknown">{t('tray.unknown')}</h2>
        {unknown.length === 0 ? <p className={styles['empty']}>{t('tray.noneUnknown')}</p> : null}
        <ul className={styles['rows']}>
          {unknown.map(({ no, text, at }) => (
            <li key={no} className={styles['row']} translate="no">
              <span className={styles['rowMain']}>
                <strong className={styles['mono']}>{text}</strong>
                <span>{momentText(at)}</span>
              </span>
            </li>
          ))}
        </ul>
      </section>
      <div className={styles['acts']}>
        <BigButton
          primary
          because={waiting.length === 0 ? t('tray.nothingToSend') : undefined}
          onClick={sendSoon}
        >
          {t('tray.send', { count: waiting.length })}
        </BigButton>
      </div>
    </div>
  )
}

async function readTray(): Promise<Tray> {
  const refused = await store.captures.where('state').equals('refused').reverse().sortBy('seq')
  const waiting = await store.captures.where('state').equals('waiting').sortBy('seq')
  const scans = await store.scans.orderBy('at').reverse().limit(500).toArray()
  return {
    refused: refused.filter(({ seen }) => seen !== true),
    waiting,
    unknown: scans.filter(({ known }) => known === false).slice(0, scansShownMax),
  }
}

function Refused({ capture }: { capture: CaptureRecord }) {
  const { t } = useTranslation('floor')
  const { problem, words, madeAt, person } = capture
  const dealt = async (): Promise<void> => {
    if (capture.seq !== undefined) await store.captures.update(capture.seq, { seen: true })
  }
  const again = async (): Promise<void> => {
    await dealt()
    await record(capture.command, { job: capture.job, words, ...whoNow() })
  }
  return (
    <li data-refused={capture.key}>
      <div className={styles['row']}>
        <FloorSign name="octagon" />
        <span className={styles['rowMain']}>
          <strong>{titleOf(problem?.code)}</strong>
          <span translate="no">
            {words} · {momentText(madeAt)} · {person ?? ''}
          </span>
          <span translate="no">{problem?.detail ?? ''}</span>
          <strong translate="no">{problem?.fix ?? ''}</strong>
        </span>
      </div>
      <div className={styles['row']}>
        <BigButton onClick={() => void again()}>{t('tray.again')}</BigButton>
        <BigButton quiet onClick={() => void dealt()}>
          {t('tray.dealt')}
        </BigButton>
      </div>
    </li>
  )
}
