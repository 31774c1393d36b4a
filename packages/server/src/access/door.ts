import { millisecondsOf, type Instant } from '@lotline/core/base/instant'
import { type Accounts, changing } from './account.ts'
import { audit } from './audit-log.ts'
import { nameOf } from './policy.ts'
import { personOfSession } from './sign-in-session.ts'
import type { Entry } from './subject.ts'

/** Strangers are noted once a minute and address: whoever hammers at the door shall not fill the audit trail. */
const strangersEvery = 60_000
const strangersMax = 1_000

/** The door of a running server: who holds a session, and a note of everybody who was denied. */
export function doorOf(accountsOf: () => Accounts, token: string, now: () => Instant): Entry {
  const noted = new Map<string, number>()
  return {
    token,
    personOf: (secret) => personOfSession(accountsOf(), secret),
    denied: async (subject, { action, resource, method, path }, from) => {
      if (subject.kind === 'stranger') {
        const at = millisecondsOf(now())
        if (at - (noted.get(from.address) ?? Number.NEGATIVE_INFINITY) < strangersEvery) return
        if (noted.size >= strangersMax) noted.clear()
        noted.set(from.address, at)
      }
      await changing(accountsOf(), (tx) =>
        audit(tx, {
          kind: 'denied',
          actor: nameOf(subject),
          about: `${method} ${path} (${action} ${resource})`,
          address: from.address,
          request: from.request,
        }),
      )
    },
  }
}
