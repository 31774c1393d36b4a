import { type CivilDate, isCivilDate } from '../base/instant.ts'
import { refuse, type Refusal } from '../base/refusal.ts'
import { codeKeyOf } from '../identity/code.ts'
import type { Json, PartyRow } from '../identity/rows.ts'
import type { DecisionContext } from '../ledger/decision.ts'

/** An approval of a party for a special process, until a day (Nadcap and the like). */
export interface Approval {
  readonly process: string
  /** Null: without an end. */
  readonly until: CivilDate | null
  readonly certificate: string | null
}

/**
 * The approvals of a party, from its attribute `approvals`: a list of `{process, until, certificate}`, as JSON or as the text
 * of it. What cannot be read is no approval.
 */
export function approvalsOf(party: PartyRow): readonly Approval[] {
  const given = party.attributes['approvals']
  const list = typeof given === 'string' ? parseList(given) : given
  if (!Array.isArray(list)) return []
  return list.flatMap((entry: unknown) => approvalFrom(entry) ?? [])
}

function parseList(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function approvalFrom(entry: unknown): Approval | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined
  const { process, until, certificate } = entry as Readonly<Record<string, unknown>>
  if (typeof process !== 'string') return undefined
  const end = typeof until === 'string' && isCivilDate(until) ? until : null
  if (until !== undefined && until !== null && end === null) return undefined
  return { process, until: end, certificate: typeof certificate === 'string' ? certificate : null }
}

/**
 * Whether a subcontractor may do a process on the day. A party that lists no approvals at all is not asked for one; one
 * that does must have a valid one for this process (B14).
 */
export function checkApproval(
  context: DecisionContext,
  party: PartyRow,
  process: string,
): Refusal<'approval_missing' | 'approval_expired'> | undefined {
  if (party.attributes['approvals'] === undefined) return undefined
  const own = approvalsOf(party).filter((approval) => sameProcess(approval.process, process))
  if (own.some((approval) => approval.until === null || approval.until >= context.today)) return undefined
  const last = own
    .map((approval) => approval.until ?? '')
    .toSorted()
    .at(-1)
  const about = { field: 'process', value: process }
  const refusal =
    last === undefined
      ? refuse('approval_missing', {
          message: `${party.code} is not approved for ${process}.`,
          fix: `Send it to an approved subcontractor, or record the approval of ${party.code} first.`,
          ...about,
        })
      : refuse('approval_expired', {
          message: `The approval of ${party.code} for ${process} expired on ${last}.`,
          fix: 'Send it elsewhere, or record the renewed approval first.',
          details: { until: last },
          ...about,
        })
  return context.breaks(refusal) ? refusal : undefined
}

function sameProcess(a: string, b: string): boolean {
  return codeKeyOf(a).toLowerCase() === codeKeyOf(b).toLowerCase()
}
