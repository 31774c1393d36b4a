import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Session } from './answer-shapes.ts'
import { ask, hasToken, keepToken, post } from './api.ts'
import { Problem } from './problem.ts'

const sessionKey = ['session']

/** Who reads, of which plant, what they may, and whether it is practice. */
export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: ({ signal }) => known(signal),
    staleTime: Number.POSITIVE_INFINITY,
    // Without a network nobody is known; that is no reason to ask again at every screen, only when the network is back.
    retryOnMount: false,
    refetchOnReconnect: true,
  })
}

/** A token of a server that was since made anew is forgotten, or nobody could sign in otherwise. */
async function known(signal: AbortSignal): Promise<Session> {
  const session = await ask<Session>('/v1/session', {}, signal)
  if (session.person !== null || !hasToken()) return session
  keepToken(null)
  throw new Problem(401, { code: 'token_wrong' })
}

/** How somebody comes in: each begins a session that the browser keeps by itself, but for the token. */
export type SignIn =
  | { readonly way: 'password'; readonly name: string; readonly password: string }
  | { readonly way: 'demo'; readonly name: string }
  | { readonly way: 'token'; readonly token: string }

/** Signs in, and asks everything again as whoever that is. */
export function useSignIn() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (given: SignIn) => {
      if (given.way === 'token') keepToken(given.token)
      else {
        const { way, ...body } = given
        await post(way === 'demo' ? '/v1/sign-in/demo' : '/v1/sign-in', body)
      }
    },
    onSuccess: () => queries.resetQueries(),
  })
}

export function useSignOut() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async () => {
      keepToken(null)
      await post('/v1/sign-out', {})
    },
    onSuccess: () => queries.resetQueries(),
  })
}

/** Whether the person of this page may do something: a verb, or an action and its resource. */
export function useMay(): (right: string) => boolean {
  const { data } = useSession()
  return (right) => data?.may.includes(right) ?? false
}
