import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import type { View } from '../base/view.ts'
import type { TraceableRow } from '../identity/rows.ts'
import { nodeTable } from '../genealogy/rows.ts'
import type { DecisionContext } from '../ledger/decision.ts'
import { holdTable, type HoldRow } from '../ledger/tables.ts'

export type UsableRefusal = Refusal<'lot_on_hold' | 'lot_expired' | 'lot_not_released' | 'lot_void'>

/**
 * The holds that stop a traceable now: those on its present state. A hold on an earlier state (before a top-up was
 * drawn off and cleaned, before a part was swapped) does not.
 */
export function holdsOn(view: View, traceable: number): readonly HoldRow[] {
  const open = view
    .list(holdTable, 'byTraceable', [traceable])
    .filter((hold) => hold.releasedPosition === null)
  if (open.length === 0) return open
  const present = view
    .list(nodeTable, 'byTraceable', [traceable])
    .reduce<{ no: number; from: string | null } | undefined>(
      (last, node) => (last === undefined || (node.from ?? '') >= (last.from ?? '') ? node : last),
      undefined,
    )
  return present ? open.filter((hold) => hold.node === present.no) : open
}

/**
 * Whether a traceable may be used, packed or shipped at this moment: not void, on no hold, not expired, not rejected.
 * Live: the refusal. Historical: an exception beside the event.
 */
export function checkUsable(
  context: DecisionContext,
  traceable: TraceableRow,
  ask: { field: string; purpose: 'use' | 'ship' | 'pack' },
): UsableRefusal | undefined {
  const broken = firstBroken(context, traceable, ask.field)
  if (!broken) return undefined
  const kept = context.breaks(broken, { traceable: traceable.no })
  return isRefusal(kept) ? broken : undefined
}

function firstBroken(
  context: DecisionContext,
  traceable: TraceableRow,
  field: string,
): UsableRefusal | undefined {
  const [hold] = holdsOn(context.view, traceable.no)
  const about = { field, value: traceable.code }
  if (hold) {
    return refuse('lot_on_hold', {
      message: `${traceable.code} is on hold: ${hold.reason}.`,
      fix: 'Put it aside in the hold area and take another lot, or ask quality to release it.',
      details: {
        traceable: traceable.no,
        code: traceable.code,
        hold: hold.root,
        reasonCode: hold.reasonCode,
      },
      ...about,
    })
  }
  if (traceable.expiresOn !== null && traceable.expiresOn < context.today) {
    return refuse('lot_expired', {
      message: `${traceable.code} expired on ${traceable.expiresOn}.`,
      fix: 'Take a lot that is still good, or ask quality for a disposition.',
      details: { traceable: traceable.no, expiresOn: traceable.expiresOn },
      ...about,
    })
  }
  if (traceable.status === 'rejected' || traceable.status === 'pending') {
    return refuse('lot_not_released', {
      message: `${traceable.code} is ${traceable.status}.`,
      fix:
        traceable.status === 'pending'
          ? 'Wait for its inspection, or ask quality to release it.'
          : 'Take another lot; this one waits for disposition.',
      details: { traceable: traceable.no, status: traceable.status },
      ...about,
    })
  }
  return undefined
}
