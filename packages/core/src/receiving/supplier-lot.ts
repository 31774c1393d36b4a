import { isRefusal, type Refusal } from '../base/refusal.ts'
import { codeKeyOf } from '../identity/code.ts'
import { identifierTable, type ItemRow, type PartyRow } from '../identity/rows.ts'
import type { DecisionContext } from '../ledger/decision.ts'
import type { Effect, RecordedEvent } from '../ledger/effects.ts'
import { nameEffect, newSeed, sameIdentity, type Seed, seedEffects } from '../ledger/lots.ts'

/** The supplier's lot as the event carries it: new or known, with names it is now known under as well. */
export interface SupplierLot {
  readonly no: number
  readonly code: string
  readonly seed: Seed | null
  readonly names: Seed['names']
}

interface Given {
  readonly supplierLot?: string | undefined
  readonly heat?: string | undefined
  readonly batch?: string | undefined
}

/**
 * The lot of the supplier that a delivery comes from (A2): one identity per item, supplier and number. Its code is the first
 * of supplier lot, heat and batch; all that are given name it. Undefined where the delivery says none.
 */
export function supplierLotOf(
  context: DecisionContext,
  item: ItemRow,
  supplier: PartyRow | undefined,
  given: Given,
): SupplierLot | undefined | Refusal {
  const names = [
    { scheme: 'supplier-lot', value: given.supplierLot },
    { scheme: 'heat', value: given.heat },
    { scheme: 'batch', value: given.batch },
  ].flatMap(({ scheme, value }) => (value === undefined ? [] : [{ scheme, value }]))
  const [first] = names
  if (!first) return undefined
  const field = first.scheme === 'supplier-lot' ? 'supplierLot' : first.scheme
  const ask = { kind: 'supplier-lot', item, code: first.value, party: supplier?.no ?? null, field } as const
  const known = sameIdentity(context.view, ask)
  if (known) {
    const fresh = names.filter((name) => !isNamed(context, known.no, name))
    return { no: known.no, code: known.code, seed: null, names: fresh }
  }
  const seed = newSeed(context, { ...ask, names })
  return isRefusal(seed) ? seed : { no: seed.no, code: seed.code, seed, names: [] }
}

function isNamed(context: DecisionContext, no: number, name: { scheme: string; value: string }): boolean {
  return context.view
    .list(identifierTable, 'byValue', [codeKeyOf(name.value)])
    .some((row) => row.names === 'traceable' && row.no === no && row.scheme === name.scheme)
}

export function supplierLotEffects(
  event: RecordedEvent<string, unknown>,
  lot: SupplierLot,
): readonly Effect[] {
  if (lot.seed) return seedEffects(event, lot.seed)
  return lot.names.map((name) => nameEffect(lot.no, name.scheme, name.value))
}
