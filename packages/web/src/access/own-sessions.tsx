import { VisuallyHidden } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { wordFor } from '../language/word-for.ts'
import { LinkButton } from '../look/link-button.tsx'
import { ProblemLine } from '../look/problem-line.tsx'
import { ask, post } from '../shared/api.ts'
import { momentText } from '../shared/language-formats.ts'
import styles from './access.module.css'

interface OwnSession {
  readonly id: string
  readonly current: boolean
  readonly method: string
  readonly address: string
  readonly browser: string
  readonly startedAt: string
  readonly seenAt: string
}

const sessionsKey = ['own-sessions']

/** Where one is signed in: a lost tablet is shut out from any other one. */
export function OwnSessions() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const list = useQuery({
    queryKey: sessionsKey,
    queryFn: ({ signal }) => ask<{ sessions: readonly OwnSession[] }>('/v1/account/sessions', {}, signal),
  })
  const end = useMutation({
    mutationFn: (id: string) => post(`/v1/account/sessions/${id}/end`, {}),
    onSuccess: () => queries.invalidateQueries({ queryKey: sessionsKey }),
  })
  return (
    <section className={styles['part']} aria-labelledby="own-sessions">
      <h2 id="own-sessions" className={styles['heading']}>
        {t('account.sessions')}
      </h2>
      <ProblemLine fault={list.error ?? end.error} />
      <div className={styles['scroll']}>
        <table className={styles['rows']}>
          <thead>
            <tr>
              <th scope="col">{t('account.seen')}</th>
              <th scope="col">{t('account.started')}</th>
              <th scope="col">{t('account.how')}</th>
              <th scope="col">{t('account.from')}</th>
              <th scope="col">
                <VisuallyHidden>{t('account.end')}</VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody>
            {list.data?.sessions.map((session) => (
              <tr key={session.id}>
                <td>{momentText(session.seenAt)}</td>
                <td>{momentText(session.startedAt)}</td>
                <td>{wordFor('method', session.method)}</td>
                <td title={session.browser}>{session.address}</td>
                <td>
                  {session.current ? (
                    t('account.here')
                  ) : (
                    <LinkButton onClick={() => end.mutate(session.id)}>{t('account.end')}</LinkButton>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
