import { refuse, type Refusal } from '../base/refusal.ts'
import type { View } from '../base/view.ts'
import { type NodeRow, nodeTable } from '../genealogy/rows.ts'
import type { TraceableRow } from '../identity/rows.ts'
import type { DecisionContext } from '../ledger/decision.ts'
import { isWaiting } from '../ledger/hold-cascade.ts'
import { holdTable, type HoldRow } from '../ledger/tables.ts'

export type UsableRefusal = Refusal<'lot_on_hold' | 'lot_expired' | 'lot_not_released'>

/** What somebody wants to do with it. What waits for inspection may be packed and merged, but neither used nor shipped. */
export type Purpose = 'use' | 'ship' | 'pack' | 'merge'

/**
 * The holds that stop a traceable now: those on its present state. A hold on an earlier state (before a top-up was
 * drawn off and cleaned, before a part was swapped) does not. One that waits for the first state of a thing that is
 * only expected stops it as well.
 */
export function holdsOn(view: View, traceable: number): readonly HoldRow[] {
  const open = view
    .list(holdTable, 'byTraceable', [traceable])
    .filter((hold) => hold.releasedPosition === null)
  if (open.length === 0) return open
  const present = view
    .list(nodeTable, 'byTraceable', [traceable])
    .reduce<NodeRow | undefined>(later, undefined)
  return present ? open.filter((hold) => hold.node === present.no || isWaiting(hold)) : open
}

function later(last: NodeRow | undefined, node: NodeRow): NodeRow {
  return last === undefined || (node.startedAt ?? '') >= (last.startedAt ?? '') ? node : last
}

/**
 * Whether a traceable may be used, packed or shipped at this moment: on no hold, not expired, not rejected.
 * Live: the refusal. Historical: an exception beside the event.
 */
export function checkUsable(
  context: DecisionContext,
  traceable: TraceableRow,
  ask: { field: string; purpose: Purpose },
): UsableRefusal | undefined {
  const broken = whyUnusable(context, traceable, ask)
  return broken && context.breaks(broken, { traceable: traceable.no }) && broken
}

/** Why a traceable may not be used now; nothing is noted. */
export function whyUnusable(
  context: Pick<DecisionContext, 'view' | 'today'>,
  traceable: TraceableRow,
  ask: { field: string; purpose: Purpose },
): UsableRefusal | undefined {
  const [hold] = holdsOn(context.view, traceable.no)
  const about = { field: ask.field, value: traceable.code }
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
      details: { traceable: traceable.no, code: traceable.code, expiresOn: traceable.expiresOn },
      ...about,
    })
  }
  const waits = traceable.status === 'pending' && (ask.purpose === 'use' || ask.purpose === 'ship')
  return waits || traceable.status === 'rejected' ? notReleased(traceable, about) : undefined
}

function notReleased(traceable: TraceableRow, about: { field: string; value: string }): UsableRefusal {
  const pending = traceable.status === 'pending'
  return refuse('lot_not_released', {
    message: pending
      ? `${traceable.code} waits for its inspection.`
      : `${traceable.code} was rejected by quality.`,
    fix: pending
      ? 'Wait for its inspection, or ask quality to release it.'
      : 'Take another lot; this one waits for disposition.',
    details: { traceable: traceable.no, code: traceable.code, status: traceable.status },
    ...about,
  })
}
