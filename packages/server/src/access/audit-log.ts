import type { Json } from '@lotline/core/identity/rows'
import type { Transaction } from '../database/transaction.ts'

/** Kinds of what is kept about access. A kind has one meaning for ever, like a verb. */
export const auditKinds = [
  'signed-in',
  'sign-in-refused',
  'signed-out',
  'denied',
  'person-added',
  'roles-changed',
  'person-disabled',
  'person-enabled',
  'link-made',
  'password-set',
  'sessions-ended',
  'key-made',
  'key-rotated',
  'key-revoked',
  'key-used',
  'key-refused',
] as const
export type AuditKind = (typeof auditKinds)[number]

/** What happened, who did it, from where; `before` and `after` where something was changed. No secrets. */
export interface AuditEntry {
  readonly kind: AuditKind
  /** Sign-in name of the one who did it, or tried; `key:` and the name of a key. */
  readonly actor: string
  readonly address?: string
  /** Correlation id of the request. */
  readonly request?: string
  readonly about?: string
  readonly before?: Json
  readonly after?: Json
  /** Beginning of the secret of a key. */
  readonly prefix?: string
  /** How often more the same happened since it was noted first. */
  readonly times?: number
}

const triesMax = 50

/**
 * Appends to the audit trail of the transaction's organisation, in the transaction of what it tells about: neither is kept
 * without the other. Numbers are gapless: a writer that finds its number taken takes the next one.
 */
export async function audit(tx: Transaction, entry: AuditEntry): Promise<void> {
  const { kind, actor, ...body } = entry
  for (let attempt = 0; attempt < triesMax; attempt++) {
    const rows = await tx.query(
      `insert into audit_event (org_id, audit_no, at, kind, actor, body)
       select $1, coalesce(max(audit_no), 0) + 1, clock_timestamp(), $2, $3, $4 from audit_event where org_id = $1
       on conflict do nothing returning audit_no`,
      [tx.org, kind, actor.slice(0, 200), JSON.stringify(body)],
    )
    if (rows.length > 0) return
  }
  throw new Error('The audit trail is written by too many at once.')
}
