import { Button, PasswordInput } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { wordFor } from '../language/word-for.ts'
import { ProblemLine } from '../look/problem-line.tsx'
import { Chip } from '../look/state-chip.tsx'
import { post } from '../shared/api.ts'
import { useSession } from '../shared/session.ts'
import styles from './access.module.css'
import { OwnSessions } from './own-sessions.tsx'

/** One's own account: roles, password, and where one is signed in. */
export function AccountPage() {
  const { t } = useTranslation()
  const { data: session } = useSession()
  useDocumentTitle(`${t('account.title')} · ${t('product')}`)
  if (!session) return null
  const isPerson = session.printedName !== null
  const roles = session.roles.map((role) => wordFor('role', role))
  return (
    <div className={styles['page']}>
      <h1 className={styles['title']}>{session.printedName ?? t('account.title')}</h1>
      {isPerson ? (
        <>
          <section className={styles['part']}>
            <h2 className={styles['heading']}>{t('account.roles')}</h2>
            <p className={styles['muted']}>{roles.length > 0 ? roles.join(', ') : t('account.rolesNone')}</p>
          </section>
          <ChangePassword />
          <OwnSessions />
        </>
      ) : (
        <p className={styles['muted']}>{t('account.token')}</p>
      )}
    </div>
  )
}

const nothing = { current: '', password: '' }

function ChangePassword() {
  const { t } = useTranslation()
  const [given, setGiven] = useState(nothing)
  const change = useMutation({
    mutationFn: () => post('/v1/account/password', given),
    onSuccess: () => setGiven(nothing),
  })
  return (
    <section className={styles['part']} aria-labelledby="own-password">
      <h2 id="own-password" className={styles['heading']}>
        {t('account.password')}
      </h2>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          change.mutate()
        }}
      >
        <PasswordInput
          label={t('account.current')}
          value={given.current}
          required
          withAsterisk={false}
          autoComplete="current-password"
          onChange={({ currentTarget: { value } }) => setGiven((before) => ({ ...before, current: value }))}
        />
        <PasswordInput
          label={t('account.next')}
          description={t('welcome.passwordHint')}
          value={given.password}
          required
          withAsterisk={false}
          autoComplete="new-password"
          onChange={({ currentTarget: { value } }) => setGiven((before) => ({ ...before, password: value }))}
        />
        <ProblemLine fault={change.error} />
        <Button type="submit" loading={change.isPending}>
          {t('account.change')}
        </Button>
        <div role="status">{change.isSuccess ? <Chip tone="done">{t('account.changed')}</Chip> : null}</div>
      </form>
    </section>
  )
}
