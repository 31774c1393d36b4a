import { type Accounts, changing } from './account.ts'
import { audit } from './audit-log.ts'
import type { SignedInPerson } from './policy.ts'
import type { Origin } from './sign-in.ts'
import { endSessions } from './sign-in-session.ts'

/** Ends one's own session. */
export function signOut(accounts: Accounts, person: SignedInPerson, from: Origin): Promise<void> {
  return changing(accounts, async (tx) => {
    await endSessions(tx, person.id, { only: person.session })
    await audit(tx, { kind: 'signed-out', actor: person.name, address: from.address, request: from.request })
  })
}
