import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Session } from './answer-shapes.ts'
import { ask, hasToken, keepToken } from './api.ts'
import { Problem } from './problem.ts'

const sessionKey = ['session']

/** Who reads, of which plant, and whether it is practice. A demo server gives the page its token with it. */
export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: async ({ signal }) => {
      const session = await known(signal)
      if (session.token) keepToken(session.token)
      return session
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** A token of a server that was since made anew is forgotten, or a demo would ask for one it would have given. */
async function known(signal: AbortSignal): Promise<Session> {
  const first = await ask<Session>('/v1/session', {}, signal).catch((fault: unknown) => {
    if (fault instanceof Problem && fault.status === 401 && hasToken()) return undefined
    throw fault
  })
  if (first && (first.person !== null || !hasToken())) return first
  const refused = hasToken()
  keepToken(null)
  const session = await ask<Session>('/v1/session', {}, signal)
  if (refused && !session.demo) throw new Problem(401, { code: 'token_wrong' })
  return session
}

/** Signs in with a token, and asks everything again with it. */
export function useSignIn(): (token: string) => void {
  const queries = useQueryClient()
  return useCallback(
    (token) => {
      keepToken(token)
      void queries.resetQueries()
    },
    [queries],
  )
}
