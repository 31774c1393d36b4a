import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Session } from './answer-shapes.ts'
import { ask, keepToken } from './api.ts'

const sessionKey = ['session']

/** Who reads, of which plant, and whether it is practice. A demo server gives the page its token with it. */
export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: async ({ signal }) => {
      const session = await ask<Session>('/v1/session', {}, signal)
      if (session.token) keepToken(session.token)
      return session
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
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
