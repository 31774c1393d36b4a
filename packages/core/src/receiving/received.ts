import { amountOf } from '../base/quantity.ts'
import { type ContainerUsed, containerEffects } from '../ledger/containers.ts'
import type { Effect, Holder, RecordedEvent } from '../ledger/effects.ts'
import { nameEffect } from '../ledger/lots.ts'
import { outputEffects } from '../ledger/outputs.ts'
import { factEffects, plainFact } from '../ledger/process-facts.ts'
import { captureProcess } from '../ledger/process-key.ts'
import type { DocumentRow } from '../ledger/record-tables.ts'
import { stockEffect } from '../ledger/stock.ts'
import { touchEffect, type Witnessed } from '../ledger/touching.ts'
import type { LotReceived } from './received-lot.ts'
import { type SupplierLot, supplierLotEffects } from './supplier-lot.ts'

/** The fact that goods came in. */
export interface ReceivedBody extends Witnessed {
  readonly item: number
  readonly itemCode: string
  readonly place: number
  readonly placeCode: string
  readonly supplier: number | null
  readonly supplierCode: string | null
  readonly supplierLot: SupplierLot | null
  readonly lots: readonly LotReceived[]
  /** The item has no identity; all of its stock is one pool. */
  readonly isPool: boolean
  readonly into: ContainerUsed | null
  readonly order: { readonly no: number; readonly code: string; readonly line: number | null } | null
  readonly asn: string | null
  readonly documents: readonly Omit<DocumentRow, 'position' | 'ordinal'>[]
  /** Fields that a rule asks for and that were not captured. */
  readonly missing: readonly string[]
}

type Event = RecordedEvent<string, ReceivedBody>

/** What a receipt does: identities, stock, order progress, files, and the process from the supplier's lot to ours. */
export function receivedEffects(event: Event): readonly Effect[] {
  const { supplierLot, lots, into, order, documents } = event.body
  const total = lots.reduce((sum, lot) => sum + amountOf(lot.quantity), 0n)
  return [
    ...(supplierLot ? supplierLotEffects(event, supplierLot) : []),
    ...(into ? containerEffects(event, into) : []),
    ...lots.flatMap((lot) => lotEffects(event, lot)),
    ...touches(event, total),
    ...(order ? [{ do: 'progress', order: order.no, line: order.line, delta: total } as const] : []),
    ...documents.map((row): Effect => ({ do: 'attached', row })),
  ]
}

function lotEffects(event: Event, lot: LotReceived): readonly Effect[] {
  const { item, place, into } = event.body
  const holder: Holder = into ? { kind: 'container', no: into.no } : { kind: 'place', no: place }
  const amount = amountOf(lot.quantity)
  return [
    ...outputEffects(event, lot.output),
    ...lot.names.map((name) => nameEffect(lot.no, name.scheme, name.value)),
    ...(amount > 0n ? [stockEffect({ traceable: lot.no, item }, holder, amount, 'received')] : []),
    ...(into
      ? [{ do: 'pack', container: into.no, child: lot.no, amount: amount > 0n ? amount : null } as const]
      : []),
  ]
}

/**
 * The receipt joins the supplier's lot to ours; without one there is no source to draw from, and the lot begins here. A pool
 * tells nothing apart, so what came into it only cannot be excluded; without a supplier's lot it says nothing at all.
 */
function touches(event: Event, total: bigint): readonly Effect[] {
  const { supplierLot, lots, item, isPool, order, place, placeCode } = event.body
  if (isPool && !supplierLot) return []
  const process = captureProcess('receipt', event.key)
  const evidence = isPool ? 'assumed' : undefined
  const draw = supplierLot && {
    role: 'draw' as const,
    traceable: supplierLot.no,
    process,
    edge: 'material' as const,
    amount: total > 0n ? total : null,
    item,
  }
  const facts = [
    plainFact('place', place, placeCode),
    ...(order ? [plainFact('order', order.no, order.code)] : []),
  ]
  return [
    ...(draw ? [touchEffect(event, draw, evidence)] : []),
    ...lots.map((lot) => {
      const amount = amountOf(lot.quantity) > 0n ? amountOf(lot.quantity) : null
      return touchEffect(
        event,
        { role: 'add', traceable: lot.no, process, edge: 'material', amount },
        evidence,
      )
    }),
    ...factEffects(event, process.key, facts),
  ]
}
