import { Button, PasswordInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../look/notice.tsx'
import { Problem } from '../shared/problem.ts'
import { useSession, useSignIn } from '../shared/session.ts'
import styles from './shell.module.css'

/** Shows the screen to whoever may read, and asks everybody else for the token. */
export function SignedIn({ children }: { children: ReactNode }) {
  const session = useSession()
  const refused =
    isRefused(session.error) || (session.data && !session.data.demo && session.data.person === null)
  if (session.isPending) return null
  if (refused) return <SignIn wrong={isRefused(session.error)} />
  return children
}

function isRefused(fault: Error | null): boolean {
  return fault instanceof Problem && (fault.status === 401 || fault.status === 403)
}

function SignIn({ wrong }: { wrong: boolean }) {
  const { t } = useTranslation()
  const [token, setToken] = useState('')
  const signIn = useSignIn()
  return (
    <Notice title={t('signIn.title')} text={t('signIn.text')}>
      <form
        className={styles['signIn']}
        onSubmit={(event) => {
          event.preventDefault()
          if (token.trim() !== '') signIn(token.trim())
        }}
      >
        <PasswordInput
          label={t('signIn.token')}
          value={token}
          autoComplete="current-password"
          error={wrong ? t('signIn.wrong') : undefined}
          onChange={(event) => setToken(event.currentTarget.value)}
        />
        <Button type="submit">{t('signIn.action')}</Button>
      </form>
    </Notice>
  )
}
