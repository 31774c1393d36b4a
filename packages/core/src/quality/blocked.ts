import type { Refusal } from '../base/refusal.ts'
import { together } from '../base/view.ts'
import type { TraceableRow } from '../identity/rows.ts'
import type { DecisionContext } from '../ledger/decision.ts'
import { type Purpose, type UsableRefusal, whyUnusable } from './usable.ts'

/** One thing that is to leave or to be packed, and the container it is in. */
export interface Going {
  readonly row: TraceableRow
  readonly container: TraceableRow | null
  readonly field: string
}

/**
 * Whether all of these may go. Everything that may not is named in one refusal, with the container it is in (B15), so that
 * one look at the pallet is enough. The code is that of the first. Historical: one exception each.
 */
export function checkAllUsable(
  context: DecisionContext,
  going: readonly Going[],
  purpose: Purpose,
): UsableRefusal | undefined {
  const looks = together(going, (each) => {
    const why = whyUnusable(context, each.row, { field: each.field, purpose })
    return why ? [{ ...each, why }] : []
  })
  const blocked = looks.flat()
  const [first] = blocked
  if (!first) return undefined
  const kept = blocked.filter((each) => context.breaks(each.why, { traceable: each.row.no }))
  if (kept.length === 0) return undefined
  return {
    ...first.why,
    message: blocked.map((each) => sentence(each.why, each.container)).join(' '),
    fix: remedy(blocked.length, first.container, first.why),
    details: {
      blocked: blocked.map(({ row, container, why }) => ({
        traceable: row.no,
        lot: row.code,
        container: container?.code ?? null,
        code: why.code,
        why: why.message,
      })),
    },
  }
}

function sentence(why: Refusal, container: TraceableRow | null): string {
  return container ? `In ${container.code}: ${why.message}` : why.message
}

function remedy(count: number, container: TraceableRow | null, why: Refusal): string {
  if (!container) return why.fix
  return count === 1
    ? 'Unpack it and put it in the hold area, or ask quality to release it.'
    : 'Unpack them and put them in the hold area, or ask quality to release them.'
}
