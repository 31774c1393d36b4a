import { amountOf, type Decimal } from '../base/quantity.ts'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import type { View } from '../base/view.ts'
import { traceableTable, type TraceableRow } from '../identity/rows.ts'
import type { Quantity } from '../ledger/command.ts'
import type { DecisionContext } from '../ledger/decision.ts'
import { take, type Taken, takenEffects, touchAmount } from '../ledger/draws.ts'
import type { Effect, Holder, RecordedEvent } from '../ledger/effects.ts'
import { installationTable, type InstallationRow, type OrderRow } from '../ledger/tables.ts'
import { checkMaterial } from '../ledger/materials.ts'
import { itemOf, stockEffect } from '../ledger/stock.ts'
import { touchEffect, type Witnessed } from '../ledger/touching.ts'
import { checkConsumed } from '../quality/consumed.ts'
import { checkUsable } from '../quality/usable.ts'

/** A part that went into a unit. */
export interface PartIn {
  readonly unit: number
  readonly taken: Taken
  readonly slot: string | null
  /** Fields that rules asked for and nobody captured. */
  readonly missing?: readonly string[]
}

/** A part that came out of a unit and where it went. */
export interface PartOut {
  readonly unit: number
  readonly part: number
  readonly item: number | null
  /** Null where it was never said how much went in. */
  readonly quantity: Decimal | null
  readonly slot: string | null
  readonly to: number | null
}

/** The open installations of a part; a serial has at most one. */
export function installedIn(view: View, part: number): readonly InstallationRow[] {
  return view.list(installationTable, 'byPart', [part]).filter((row) => row.outAt === null)
}

/** Whether and how a part may go into a unit: usable, in the bill of material, in stock, and in no other unit. */
export function decideInstall(
  context: DecisionContext,
  ask: {
    unit: TraceableRow
    part: TraceableRow
    slot: string | undefined
    quantity: Quantity | undefined
    from: string | undefined
    order: OrderRow | undefined
    operation: string | null
    concession: string | undefined
    /** An installation that the same capture ends. */
    ending?: InstallationRow | undefined
  },
): PartIn | Refusal {
  const { unit, part, order, operation, concession } = ask
  if (unit.no === part.no || isWithin(context.view, unit.no, part.no)) return partOfItself(part, unit)
  const refusal =
    checkFree(context, part) ??
    checkSlot(context, ask) ??
    checkMaterial(context, {
      order,
      operation,
      item: itemOf(context.view, part.item),
      concession,
      traceable: part.no,
    }) ??
    checkUsable(context, part, { field: 'part', purpose: 'use' })
  if (refusal) return refusal
  const taken = take(context, part, {
    quantity: ask.quantity,
    from: ask.from,
    order: order?.no,
    field: 'part',
  })
  if (isRefusal(taken)) return taken
  const missing = checkConsumed(context, part, { command: {}, order, operation, from: taken.from })
  if (isRefusal(missing)) return missing
  return { unit: unit.no, taken, slot: ask.slot ?? null, ...(missing.length > 0 ? { missing } : {}) }
}

/** Whether `unit` is already inside `part`, at any level. */
function isWithin(view: View, unit: number, part: number): boolean {
  const seen = new Set<number>([unit])
  for (const no of seen) for (const row of installedIn(view, no)) seen.add(row.unit)
  return seen.has(part)
}

function checkFree(context: DecisionContext, part: TraceableRow): Refusal<'part_in_other_unit'> | undefined {
  const [present] = part.kind === 'serial' ? installedIn(context.view, part.no) : []
  if (!present) return undefined
  const unit = context.view.get(traceableTable, [present.unit])?.code ?? String(present.unit)
  const refusal = refuse('part_in_other_unit', {
    message: `${part.code} is in ${unit}${present.slot === null ? '' : ` (${present.slot})`}.`,
    fix: `Remove it from ${unit} first, or scan the part that is really in your hand.`,
    field: 'part',
    value: part.code,
    details: { unit, slot: present.slot },
  })
  return context.breaks(refusal, { traceable: part.no }) ? refusal : undefined
}

function checkSlot(
  context: DecisionContext,
  ask: { unit: TraceableRow; slot: string | undefined; ending?: InstallationRow | undefined },
): Refusal<'slot_occupied'> | undefined {
  const { unit, slot, ending } = ask
  if (slot === undefined) return undefined
  const present = openParts(context.view, unit.no).find(
    (row) => row.slot === slot && row.part !== ending?.part,
  )
  if (!present) return undefined
  const part = context.view.get(traceableTable, [present.part])?.code ?? String(present.part)
  const refusal = refuse('slot_occupied', {
    message: `${slot} of ${unit.code} holds ${part}.`,
    fix: `Replace ${part}, or name the position the new part is in.`,
    field: 'slot',
    value: slot,
    details: { part },
  })
  return context.breaks(refusal, { traceable: unit.no }) ? refusal : undefined
}

/** What is in a unit now. */
export function openParts(view: View, unit: number): readonly InstallationRow[] {
  return view.list(installationTable, 'byUnit', [unit]).filter((row) => row.outAt === null)
}

function partOfItself(part: TraceableRow, unit: TraceableRow): Refusal<'part_of_itself'> {
  return refuse('part_of_itself', {
    message: `${part.code} holds ${unit.code}; it cannot be a part of it as well.`,
    fix: 'Scan unit and part again, in this order.',
    field: 'part',
    value: part.code,
  })
}

/** The open installation of a part in a unit. Live: it must be there. Historical: an exception, and it is taken as said. */
export function findInstallation(
  context: DecisionContext,
  unit: TraceableRow,
  part: TraceableRow,
): InstallationRow | undefined | Refusal<'not_installed'> {
  const present = openParts(context.view, unit.no).find((row) => row.part === part.no)
  if (present) return present
  const elsewhere = installedIn(context.view, part.no)
    .map((row) => context.view.get(traceableTable, [row.unit])?.code ?? String(row.unit))
    .join(', ')
  const refusal = refuse('not_installed', {
    message: `${part.code} is not in ${unit.code}.`,
    fix: elsewhere === '' ? 'Scan the part that was taken out.' : `It is in ${elsewhere}; name that unit.`,
    field: 'part',
    value: part.code,
  })
  return context.breaks(refusal, { traceable: part.no }) ? refusal : undefined
}

/** A part goes in: out of its place, into the unit. */
export function installEffects(
  event: RecordedEvent<string, Witnessed>,
  part: PartIn,
  order?: number,
): readonly Effect[] {
  const { unit, taken, slot } = part
  const amount = touchAmount(taken)
  const process = { kind: 'atomic', key: `install:${event.key}` } as const
  return [
    ...takenEffects(taken, 'consumed', order),
    { do: 'install', unit, part: taken.traceable, slot, amount },
    touchEffect(event, { role: 'install', unit, part: taken.traceable, process, amount }),
  ]
}

/** A part comes out: it leaves the unit and lies where it was put; without a place it is nobody's stock. */
export function removeEffects(event: RecordedEvent<string, Witnessed>, out: PartOut): readonly Effect[] {
  const { unit, part, item, quantity, to } = out
  const amount = quantity === null ? null : amountOf(quantity)
  const process = { kind: 'atomic', key: `remove:${event.key}` } as const
  const place: Holder | undefined = to === null ? undefined : { kind: 'place', no: to }
  return [
    { do: 'remove', unit, part },
    touchEffect(event, { role: 'remove', unit, part, process, amount }),
    ...(place && amount !== null ? [stockEffect({ traceable: part, item }, place, amount, 'returned')] : []),
  ]
}
