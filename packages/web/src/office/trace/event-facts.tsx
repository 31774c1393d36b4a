import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '../../look/link-button.tsx'
import { ask } from '../../shared/api.ts'
import { momentText } from '../../shared/language-formats.ts'
import styles from './explain-drawer.module.css'

/** What the ledger keeps of one event, as far as a person reads it here. */
interface EventRecord {
  readonly type: string
  readonly actor: string
  readonly happenedAt: string
  readonly recordedAt: string
  readonly historical: boolean
  readonly voidedBy: number | null
  readonly leafHash: string
  readonly event: { readonly body: object; readonly device: string | null; readonly reason: string | null }
}

/** An event by its position, and on a click the whole of it, as it was recorded and never changed. */
export function EventFacts({ position, type }: { position: number; type: string }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const id = useId()
  const record = useQuery({
    queryKey: ['event', position],
    queryFn: ({ signal }) => ask<EventRecord>(`/v1/events/${position}`, {}, signal),
    enabled: open,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <>
      <LinkButton onClick={() => setOpen(!open)} expanded={open} controls={id}>
        {t('explain.event', { position, type })}
      </LinkButton>
      <div id={id} hidden={!open}>
        {record.data ? <Facts record={record.data} /> : null}
        {open && record.isPending ? <p role="status">{t('explain.loadingEvent')}</p> : null}
        {record.error ? <p role="alert">{record.error.message}</p> : null}
      </div>
    </>
  )
}

function Facts({ record }: { record: EventRecord }) {
  const { t } = useTranslation()
  const { device, reason, body } = record.event
  const facts = [
    [t('explain.happened'), momentText(record.happenedAt)],
    [t('explain.recorded'), momentText(record.recordedAt)],
    [t('explain.actor'), record.actor],
    [t('explain.device'), device ?? t('notRecorded')],
    ...(reason === null ? [] : [[t('explain.reason'), reason]]),
    ...(record.historical ? [[t('explain.capture'), t('explain.historical')]] : []),
    ...(record.voidedBy === null
      ? []
      : [[t('explain.corrected'), t('explain.correctedBy', { position: record.voidedBy })]]),
    [t('explain.fingerprint'), record.leafHash.slice(0, 16)],
  ]
  return (
    <>
      <dl className={styles['record']}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <pre className={styles['body']} tabIndex={0} aria-label={t('explain.body')}>
        {JSON.stringify(body, undefined, 1)}
      </pre>
    </>
  )
}
