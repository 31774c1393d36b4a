import { type ReactNode, useEffect } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { SignInPage } from '../access/sign-in-page.tsx'
import { ProblemLine } from '../look/problem-line.tsx'
import { Problem } from '../shared/problem.ts'
import { useSession } from '../shared/session.ts'

/** Shows the screen to whoever signed in, and asks everybody else to. `outside` frames what is seen before that. */
export function SignedIn({
  children,
  outside,
}: {
  children: ReactNode
  outside: (page: ReactNode) => ReactNode
}) {
  const session = useSession()
  useEndedSession()
  if (session.isPending) return null
  const isWrong = session.error instanceof Problem && session.error.status === 401
  if (session.error && !isWrong) return outside(<ProblemLine fault={session.error} />)
  if (isWrong || session.data?.person === null)
    return outside(<SignInPage people={session.data?.demoPeople ?? []} wrongToken={isWrong} />)
  return children
}

/** A session that ended while a screen is open leads to the sign-in page, whichever question found out. */
function useEndedSession(): void {
  const queries = useQueryClient()
  useEffect(
    () =>
      queries.getQueryCache().subscribe(({ type, query }) => {
        const fault: unknown = query.state.error
        if (type === 'updated' && fault instanceof Problem && fault.code === 'session_over')
          void queries.resetQueries({ queryKey: ['session'] })
      }),
    [queries],
  )
}
