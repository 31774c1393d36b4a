import { millisecondsOf, type Instant } from '@lotline/core/base/instant'
import { type Accounts, changing, looking } from './account.ts'
import { actorOfKey, keyOfSecret } from './api-key.ts'
import { audit } from './audit-log.ts'
import type { KeyUses } from './key-uses.ts'
import { type KeyHolder, nameOf } from './policy.ts'
import { personOfSession } from './sign-in-session.ts'
import type { Entry, KeyAsk } from './subject.ts'

/** Strangers are noted once a minute and address: whoever hammers at the door shall not fill the audit trail. */
const strangersEvery = 60_000
const strangersMax = 1_000

/** The door of a running server: who holds a session or a key, and a note of everybody who was denied. */
export function doorOf(
  accountsOf: () => Accounts,
  plan: { readonly token: string; readonly now: () => Instant; readonly keyUses: KeyUses },
): Entry {
  const noted = new Map<string, number>()
  return {
    token: plan.token,
    personOf: (secret) => personOfSession(accountsOf(), secret),
    keyOf: (secret, ask) => holderOf(accountsOf(), plan.keyUses, secret, ask),
    denied: async (subject, { action, resource, method, path }, from) => {
      if (subject.kind === 'stranger') {
        const at = millisecondsOf(plan.now())
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

/** Whom the secret of a key stands for, as its roles are this moment; the use, or that it failed, is kept. */
async function holderOf(
  accounts: Accounts,
  uses: KeyUses,
  secret: string,
  ask: KeyAsk,
): Promise<KeyHolder | undefined> {
  const found = await looking(accounts, (reader) => keyOfSecret(reader, secret))
  const fails = found === undefined ? 'no such key' : whyShut(found)
  if (found === undefined || fails !== undefined) {
    const [actor, prefix] = found ? [actorOfKey(found.key), found.prefix] : ['stranger', 'unknown']
    await uses.note({ ...ask, kind: 'key-refused', actor, prefix, about: `${ask.about}: ${fails}` })
    return undefined
  }
  const { id, grants, verbs, party } = found.key
  const name = actorOfKey(found.key)
  await uses.note({ ...ask, kind: 'key-used', actor: name, prefix: found.prefix })
  return { kind: 'key', id, name, grants, party, verbs: verbs === null ? null : new Set(verbs) }
}

function whyShut(found: {
  readonly key: { readonly revokedAt: string | null }
  readonly isOver: boolean
}): string | undefined {
  if (found.key.revokedAt !== null) return 'revoked'
  return found.isOver ? 'has run out, or was rotated' : undefined
}
