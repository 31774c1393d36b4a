import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { wordFor } from '../language/word-for.ts'
import { ProblemLine } from '../look/problem-line.tsx'
import { Chip } from '../look/state-chip.tsx'
import type { DemoPerson } from '../shared/answer-shapes.ts'
import { useSignIn } from '../shared/session.ts'
import styles from './access.module.css'

/** The door: the people of a demo by one click, everybody else with an account. */
export function SignInPage({ people, wrongToken }: { people: readonly DemoPerson[]; wrongToken: boolean }) {
  const { t } = useTranslation()
  useDocumentTitle(`${t('signIn.title')} · ${t('product')}`)
  return (
    <div className={styles['page']}>
      <h1 className={styles['title']}>{t('signIn.title')}</h1>
      {people.length > 0 ? <DemoPeople people={people} /> : null}
      <OwnAccount />
      <MachineToken wrong={wrongToken} />
    </div>
  )
}

function DemoPeople({ people }: { people: readonly DemoPerson[] }) {
  const { t } = useTranslation()
  const signIn = useSignIn()
  return (
    <section className={styles['demo']} aria-labelledby="demo-people">
      <div className={styles['demoHead']}>
        <h2 id="demo-people" className={styles['heading']}>
          {t('signIn.demoTitle')}
        </h2>
        <Chip tone="practice">{t('signIn.demoMark')}</Chip>
        <p className={styles['muted']}>{t('signIn.demoText')}</p>
      </div>
      <ul className={styles['tiles']}>
        {people.map(({ name, printedName, role, about }) => (
          <li key={name}>
            <button
              type="button"
              className={styles['tile']}
              disabled={signIn.isPending}
              onClick={() => signIn.mutate({ way: 'demo', name })}
            >
              <span className={styles['tileRole']}>{wordFor('role', role)}</span>
              <span>{about}</span>
              <span className={styles['tileName']}>{printedName}</span>
            </button>
          </li>
        ))}
      </ul>
      <ProblemLine fault={signIn.error} />
    </section>
  )
}

function OwnAccount() {
  const { t } = useTranslation()
  const signIn = useSignIn()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  return (
    <section className={styles['part']} aria-labelledby="own-account">
      <h2 id="own-account" className={styles['heading']}>
        {t('signIn.own')}
      </h2>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          signIn.mutate({ way: 'password', name, password })
        }}
      >
        <TextInput
          label={t('signIn.name')}
          value={name}
          required
          withAsterisk={false}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('signIn.password')}
          value={password}
          required
          withAsterisk={false}
          autoComplete="current-password"
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <ProblemLine fault={signIn.error} />
        <Button type="submit" loading={signIn.isPending}>
          {t('signIn.action')}
        </Button>
        <p className={styles['muted']}>{t('signIn.lost')}</p>
      </form>
    </section>
  )
}

function MachineToken({ wrong }: { wrong: boolean }) {
  const { t } = useTranslation()
  const signIn = useSignIn()
  const [token, setToken] = useState('')
  return (
    <details className={styles['token']} open={wrong}>
      <summary>{t('signIn.tokenTitle')}</summary>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          if (token.trim() !== '') signIn.mutate({ way: 'token', token: token.trim() })
        }}
      >
        <p className={styles['muted']}>{t('signIn.tokenText')}</p>
        <PasswordInput
          label={t('signIn.token')}
          value={token}
          autoComplete="off"
          error={wrong ? t('signIn.wrong') : undefined}
          onChange={(event) => setToken(event.currentTarget.value)}
        />
        <Button type="submit" variant="default">
          {t('signIn.tokenAction')}
        </Button>
      </form>
    </details>
  )
}
