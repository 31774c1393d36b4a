import { Button } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../look/notice.tsx'
import { ask, askText } from '../../shared/api.ts'
import { countText, momentText } from '../../shared/language-formats.ts'
import { saveFile } from '../../shared/save-file.ts'
import { ProblemNotice } from '../trace/problem-notice.tsx'
import styles from './seal-page.module.css'

interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: string
  readonly words: readonly string[]
  readonly signedAt: string | null
  readonly note: string
}

interface Seal {
  readonly broken: string | null
  readonly checkpoints: readonly Checkpoint[]
}

interface Keys {
  readonly keys: readonly { readonly keyId: string; readonly key: string }[]
}

/** The newest seal of the ledger in words, as hex, as a signed note and as a QR code: to be printed and kept elsewhere. */
export function SealPage() {
  const { t } = useTranslation()
  useDocumentTitle(`${t('rail.seal')} - ${t('product')}`)
  const seal = useQuery({
    queryKey: ['seal'],
    queryFn: ({ signal }) => ask<Seal>('/v1/checkpoints', { limit: 1 }, signal),
    refetchInterval: 30_000,
  })
  if (seal.error) return <ProblemNotice fault={seal.error} onAgain={() => void seal.refetch()} />
  if (!seal.data) return <p className={styles['page']}>{t('seal.loading')}</p>
  const { broken, checkpoints } = seal.data
  const [newest] = checkpoints
  return (
    <div className={styles['page']}>
      {broken === null ? null : (
        <Notice title={t('seal.brokenTitle')} text={t('seal.brokenText', { why: broken })} tone="stop" />
      )}
      <h1 className={styles['title']}>{t('seal.title')}</h1>
      <p className={styles['lead']}>{t('seal.lead')}</p>
      {newest ? (
        <Newest checkpoint={newest} />
      ) : (
        <Notice title={t('seal.noneTitle')} text={t('seal.noneText')} />
      )}
      <KeyList />
    </div>
  )
}

function Newest({ checkpoint }: { checkpoint: Checkpoint }) {
  const { t } = useTranslation()
  const { origin, size, root, words, signedAt, note } = checkpoint
  const qr = useQuery({
    queryKey: ['seal-qr', note],
    queryFn: ({ signal }) => askText('/v1/checkpoints/qr', {}, signal),
  })
  return (
    <section className={styles['seal']} aria-labelledby="newest">
      <div>
        <h2 id="newest" className={styles['heading']}>
          {t('seal.facts', { count: countText(size) })}
        </h2>
        <p className={styles['muted']}>
          {t('seal.signedAt', { moment: momentText(signedAt) })} {origin}
        </p>
        <h3 className={styles['label']}>{t('seal.words')}</h3>
        <ol className={styles['words']}>
          {words.map((word, at) => (
            <li key={at}>{word}</li>
          ))}
        </ol>
        <h3 className={styles['label']}>{t('seal.root')}</h3>
        <code className={styles['code']}>{root}</code>
        <h3 className={styles['label']}>{t('seal.note')}</h3>
        <pre className={styles['code']}>{note}</pre>
        <div className={styles['actions']}>
          <Button variant="default" onClick={() => window.print()}>
            {t('seal.print')}
          </Button>
          <Button variant="default" onClick={() => saveFile(`checkpoint-${size}.txt`, note, 'text/plain')}>
            {t('seal.save')}
          </Button>
        </div>
      </div>
      {qr.data ? (
        <img
          className={styles['qr']}
          alt={t('seal.qr')}
          src={`data:image/svg+xml,${encodeURIComponent(qr.data)}`}
        />
      ) : null}
    </section>
  )
}

function KeyList() {
  const { t } = useTranslation()
  const keys = useQuery({
    queryKey: ['seal-keys'],
    queryFn: ({ signal }) => ask<Keys>('/v1/checkpoint-keys', {}, signal),
  })
  return (
    <section aria-labelledby="keys">
      <h2 id="keys" className={styles['heading']}>
        {t('seal.keys')}
      </h2>
      <p className={styles['muted']}>{t('seal.keysLead')}</p>
      {keys.data?.keys.map(({ keyId, key }) => (
        <code key={keyId} className={styles['code']}>
          {key}
        </code>
      ))}
    </section>
  )
}
