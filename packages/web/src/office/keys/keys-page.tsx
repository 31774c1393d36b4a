import { Button } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from '../../access/access.module.css'
import { LinkButton } from '../../look/link-button.tsx'
import { ProblemLine } from '../../look/problem-line.tsx'
import { Chip } from '../../look/state-chip.tsx'
import { ask, post } from '../../shared/api.ts'
import { momentText } from '../../shared/language-formats.ts'
import { useMay } from '../../shared/session.ts'
import { GrantLines } from '../people/grant-lines.tsx'
import { KeyForm } from './key-form.tsx'
import { type Key, keysKey, type Opened, type Secret } from './key.ts'
import { SecretDialog } from './secret-dialog.tsx'

/** Which programs of other machines may act, in what, and until when. */
export function KeysPage() {
  const { t } = useTranslation()
  useDocumentTitle(`${t('keys.title')} · ${t('product')}`)
  const mayChange = useMay()('change keys')
  const [isAdding, setIsAdding] = useState(false)
  const [opened, setOpened] = useState<Opened>()
  const list = useQuery({
    queryKey: keysKey,
    queryFn: ({ signal }) => ask<{ keys: readonly Key[] }>('/v1/keys', {}, signal),
  })
  return (
    <div className={styles['page']}>
      <div className={styles['part']}>
        <h1 className={styles['title']}>{t('keys.title')}</h1>
        <p className={styles['muted']}>{t('keys.lead')}</p>
        {mayChange ? (
          <div>
            <Button onClick={() => setIsAdding(true)}>{t('keys.add')}</Button>
          </div>
        ) : null}
      </div>
      <ProblemLine fault={list.error} />
      {list.data ? <KeyTable keys={list.data.keys} mayChange={mayChange} onOpened={setOpened} /> : null}
      {isAdding ? <KeyForm onClose={() => setIsAdding(false)} onMade={setOpened} /> : null}
      {opened ? <SecretDialog opened={opened} onClose={() => setOpened(undefined)} /> : null}
    </div>
  )
}

interface TableProps {
  readonly keys: readonly Key[]
  readonly mayChange: boolean
  readonly onOpened: (opened: Opened) => void
}

function KeyTable({ keys, mayChange, onOpened }: TableProps) {
  const { t } = useTranslation()
  if (keys.length === 0) return <p className={styles['muted']}>{t('keys.empty')}</p>
  return (
    <div className={styles['scroll']}>
      <table className={styles['rows']}>
        <thead>
          <tr>
            <th scope="col">{t('keys.name')}</th>
            <th scope="col">{t('people.roles')}</th>
            <th scope="col">{t('keys.verbs')}</th>
            <th scope="col">{t('people.company')}</th>
            <th scope="col">{t('keys.secrets')}</th>
            <th scope="col">{t('people.state')}</th>
            {mayChange ? <th scope="col">{t('people.change')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id}>
              <th scope="row">{key.name}</th>
              <td>
                <GrantLines grants={key.roles} />
              </td>
              <td>{key.verbs === null ? t('keys.verbsAll') : key.verbs.join(', ')}</td>
              <td>{key.party ?? ''}</td>
              <td>
                {key.secrets.filter(isGood).map((secret) => (
                  <SecretLine key={secret.prefix} secret={secret} />
                ))}
              </td>
              <td>
                <KeyState value={key} />
              </td>
              {mayChange ? (
                <td>{key.revokedAt === null ? <KeyActions value={key} onOpened={onOpened} /> : null}</td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Secrets that are over are kept for the record, and only in the way here. */
function isGood({ endsAt }: Secret): boolean {
  return Date.parse(endsAt) > Date.now()
}

function SecretLine({ secret }: { secret: Secret }) {
  const { t } = useTranslation()
  const ends = t('keys.ends', { moment: momentText(secret.endsAt) })
  const used =
    secret.usedAt === null
      ? t('keys.neverUsed')
      : t('keys.used', { moment: momentText(secret.usedAt), address: secret.usedFrom ?? '' })
  return (
    <div>
      <code>{secret.prefix}…</code>
      <div className={styles['muted']}>
        {ends} {used}
      </div>
    </div>
  )
}

function KeyState({ value }: { value: Key }) {
  const { t } = useTranslation()
  if (value.revokedAt !== null) return <Chip tone="stop">{t('keys.revoked')}</Chip>
  if (!value.secrets.some(isGood)) return <Chip tone="attention">{t('keys.over')}</Chip>
  return <Chip tone="normal">{t('people.active')}</Chip>
}

/** Each button names which key it changes, for those who cannot see the row. */
function KeyActions({ value, onOpened }: { value: Key; onOpened: TableProps['onOpened'] }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  // A revoked key stays so, and its program stands still: one slip must not do that.
  const [isSure, setIsSure] = useState(false)
  const again = () => queries.invalidateQueries({ queryKey: keysKey })
  const rotate = useMutation({
    mutationFn: async (): Promise<Opened> => (await post(`/v1/keys/${value.id}/rotate`, {})).json(),
    onSuccess: async (opened) => {
      await again()
      onOpened(opened)
    },
  })
  const revoke = useMutation({
    mutationFn: () => post(`/v1/keys/${value.id}/revoke`, {}),
    onSuccess: again,
  })
  const { name } = value
  return (
    <div className={styles['actions']}>
      <LinkButton label={t('keys.rotateOf', { name })} onClick={() => rotate.mutate()}>
        {t('keys.rotate')}
      </LinkButton>
      <LinkButton
        label={t(isSure ? 'keys.revokeSureOf' : 'keys.revokeOf', { name })}
        onClick={() => (isSure ? revoke.mutate() : setIsSure(true))}
      >
        {t(isSure ? 'keys.revokeSure' : 'keys.revoke')}
      </LinkButton>
      <ProblemLine fault={rotate.error ?? revoke.error} />
    </div>
  )
}
