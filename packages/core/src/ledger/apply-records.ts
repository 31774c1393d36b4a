import { unreachable } from '../base/assert.ts'
import type { View } from '../base/view.ts'
import type { Fold } from './fold.ts'
import type { Effect } from './effects.ts'
import {
  documentTable,
  exceptionTable,
  gapTable,
  inspectionTable,
  type InspectionRow,
  operationTable,
  processFactTable,
  shipmentLineTable,
  shipmentTable,
} from './record-tables.ts'
import { orderLineTable, orderTable, reservationTable } from './tables.ts'

export type RecordEffect = Extract<
  Effect,
  {
    do:
      | 'fact'
      | 'operation'
      | 'progress'
      | 'order-closed'
      | 'shipment'
      | 'shipped'
      | 'delivered'
      | 'came-back'
      | 'gap'
      | 'mend'
      | 'close-gap'
      | 'exception'
      | 'inspected'
      | 'attached'
      | 'reserve'
      | 'unreserve'
  }
>

/** Writes the records that hang on traceables, processes, orders and shipments. */
export function record(fold: Fold, effect: RecordEffect): void {
  const { view, position, at } = fold
  switch (effect.do) {
    case 'fact':
      return view.put(processFactTable, { ...effect.fact, position, ordinal: fold.ordinal() })
    case 'operation':
      return stepOperation(fold, effect)
    case 'progress':
      return progress(fold, effect, effect.delta)
    case 'order-closed': {
      const row = view.get(orderTable, [effect.order])
      return row && view.put(orderTable, { ...row, status: 'closed', closedAt: at })
    }
    case 'shipment': {
      const known = view.get(shipmentTable, [effect.row.no])
      return view.put(shipmentTable, { ...effect.row, position: known?.position ?? position })
    }
    case 'shipped': {
      const { shipment, traceable, container, amount } = effect
      const key = { shipment, position, ordinal: fold.ordinal() }
      return view.put(shipmentLineTable, { ...key, traceable, container, amount, returned: 0n, at })
    }
    case 'delivered': {
      const row = view.get(shipmentTable, [effect.shipment])
      return row && view.put(shipmentTable, { ...row, deliveredAt: at })
    }
    case 'came-back':
      return cameBack(fold, effect)
    case 'gap':
      return openGap(fold, effect)
    case 'mend':
      return mend(fold, effect)
    case 'close-gap':
      return closeGap(fold, effect)
    case 'exception':
      return openException(fold, effect)
    case 'inspected':
      return view.put(inspectionTable, { ...effect.row, position, ordinal: fold.ordinal(), at })
    case 'attached':
      return view.put(documentTable, { ...effect.row, position, ordinal: fold.ordinal() })
    case 'reserve':
      return reserve(fold, effect)
    case 'unreserve': {
      const row = view.get(reservationTable, [effect.no])
      return row && view.put(reservationTable, { ...row, endedPosition: position })
    }
    default:
      return unreachable(effect)
  }
}

/** Takes back what a voided event recorded. Documents stay: a file once attached is evidence. */
export function undoRecord(fold: Fold, effect: RecordEffect, voided: number): void {
  const { view, position } = fold
  switch (effect.do) {
    case 'progress':
      return progress(fold, effect, -effect.delta)
    case 'order-closed': {
      const row = view.get(orderTable, [effect.order])
      return row && view.put(orderTable, { ...row, status: 'open', closedAt: null })
    }
    case 'shipped':
      for (const row of view.list(shipmentLineTable, 'byShipment', [effect.shipment])) {
        const same = row.position === voided && row.traceable === effect.traceable
        if (same) view.remove(shipmentLineTable, [row.shipment, row.position, row.ordinal])
      }
      return
    case 'delivered': {
      const row = view.get(shipmentTable, [effect.shipment])
      return row && view.put(shipmentTable, { ...row, deliveredAt: null })
    }
    case 'came-back':
      return unReturn(fold, effect)
    case 'gap': {
      const row = view.get(gapTable, [effect.no])
      return row && view.put(gapTable, { ...row, closedPosition: position })
    }
    case 'mend':
      for (const gap of view.list(gapTable, 'byTraceable', [effect.traceable])) {
        if (gap.closedPosition === voided) view.put(gapTable, { ...gap, closedPosition: null })
      }
      return
    case 'close-gap': {
      const gap = view.get(gapTable, [effect.no])
      return gap?.closedPosition === voided ? view.put(gapTable, { ...gap, closedPosition: null }) : undefined
    }
    case 'exception': {
      const row = view.get(exceptionTable, [effect.no])
      return row && view.put(exceptionTable, { ...row, closedPosition: position })
    }
    case 'inspected': {
      for (const row of inspectionsLike(view, effect.row)) {
        if (row.position === voided) view.remove(inspectionTable, [row.position, row.ordinal])
      }
      return
    }
    case 'fact':
      for (const row of view.list(processFactTable, 'byProcess', [effect.fact.processKey])) {
        if (row.position === voided) view.remove(processFactTable, [row.position, row.ordinal])
      }
      return
    case 'reserve': {
      const row = view.get(reservationTable, [effect.no])
      return row && view.put(reservationTable, { ...row, endedPosition: position })
    }
    case 'unreserve': {
      const row = view.get(reservationTable, [effect.no])
      return row && view.put(reservationTable, { ...row, endedPosition: null })
    }
    case 'operation':
      return undoStep(fold, effect, voided)
    case 'shipment':
    case 'attached':
      return
    default:
      return unreachable(effect)
  }
}

/** The inspections of the thing that this one is of, or of the operation where it is of no thing. */
function inspectionsLike(view: View, of: Of<'inspected'>['row']): readonly InspectionRow[] {
  if (of.traceable !== null) return view.list(inspectionTable, 'byTraceable', [of.traceable])
  return of.processKey === null ? [] : view.list(inspectionTable, 'byProcess', [of.processKey])
}

type Of<Kind extends Effect['do']> = Extract<Effect, { do: Kind }>

function closeGap({ view, position }: Fold, effect: Of<'close-gap'>): void {
  const gap = view.get(gapTable, [effect.no])
  if (gap?.closedPosition === null) view.put(gapTable, { ...gap, closedPosition: position })
}

function openGap({ view, position, at }: Fold, effect: Of<'gap'>): void {
  view.put(gapTable, {
    no: effect.no,
    kind: effect.kind,
    traceable: effect.traceable ?? null,
    processKey: effect.processKey ?? null,
    item: effect.item ?? null,
    orderNo: effect.order ?? null,
    place: effect.place ?? null,
    detail: effect.detail,
    happenedAt: at,
    position,
    closedPosition: null,
  })
}

function mend({ view, position }: Fold, effect: Of<'mend'>): void {
  for (const gap of view.list(gapTable, 'byTraceable', [effect.traceable])) {
    const open = gap.closedPosition === null && effect.kinds.includes(gap.kind)
    if (open) view.put(gapTable, { ...gap, closedPosition: position })
  }
}

function openException({ view, position, at }: Fold, effect: Of<'exception'>): void {
  const { no, code, message, fix, traceable = null, order: orderNo = null } = effect
  const life = { position, happenedAt: at, closedPosition: null }
  view.put(exceptionTable, { no, code, message, fix, traceable, orderNo, ...life })
}

function reserve({ view, position }: Fold, effect: Of<'reserve'>): void {
  const { no, order: orderNo, item, traceable, amount } = effect
  view.put(reservationTable, { no, orderNo, item, traceable, amount, position, endedPosition: null })
}

/** The life of an operation runs from its first start to its last completion, in whatever order they were recorded. */
function stepOperation(fold: Fold, effect: Of<'operation'>): void {
  const { processKey, order, operation, unit, step } = effect
  const known = fold.view.get(operationTable, [processKey])
  const row = known ?? { processKey, orderNo: order, operation, unit, startedAt: null, completedAt: null }
  const { startedAt, completedAt } = row
  const stamp =
    step === 'start'
      ? { startedAt: startedAt !== null && startedAt < fold.at ? startedAt : fold.at }
      : { completedAt: completedAt !== null && completedAt > fold.at ? completedAt : fold.at }
  fold.view.put(operationTable, { ...row, ...stamp })
}

/** What is left when a step is taken back follows from the stamps of the others, which are facts of their own. */
function undoStep(fold: Fold, effect: Of<'operation'>, voided: number): void {
  const { view } = fold
  const row = view.get(operationTable, [effect.processKey])
  if (!row) return
  const stamps = view
    .list(processFactTable, 'byProcess', [effect.processKey])
    .filter((fact) => fact.kind === 'operation' && fact.value === effect.step && fact.position !== voided)
    .map((fact) => fact.fromAt)
    .toSorted()
  const left =
    effect.step === 'start' ? { startedAt: stamps[0] ?? null } : { completedAt: stamps.at(-1) ?? null }
  const next = { ...row, ...left }
  if (next.startedAt === null && next.completedAt === null) view.remove(operationTable, [effect.processKey])
  else view.put(operationTable, next)
}

function progress(fold: Fold, effect: Of<'progress'>, delta: bigint): void {
  const { view } = fold
  if (effect.line === null) {
    const row = view.get(orderTable, [effect.order])
    if (row) view.put(orderTable, { ...row, done: row.done + delta })
    return
  }
  const row = view.get(orderLineTable, [effect.order, effect.line])
  if (row) view.put(orderLineTable, { ...row, done: row.done + delta })
}

/** What comes back fills the newest shipment lines to that customer first: the second customer's return is the second's. */
function cameBack(fold: Fold, effect: Of<'came-back'>): void {
  const { view } = fold
  let left = effect.amount
  for (const line of linesTo(fold, effect).reverse()) {
    const open = line.amount - line.returned
    const part = open < left ? open : left
    if (part > 0n) view.put(shipmentLineTable, { ...line, returned: line.returned + part })
    left -= part
  }
}

function unReturn(fold: Fold, effect: Of<'came-back'>): void {
  let left = effect.amount
  for (const line of linesTo(fold, effect)) {
    const part = line.returned < left ? line.returned : left
    if (part > 0n) fold.view.put(shipmentLineTable, { ...line, returned: line.returned - part })
    left -= part
  }
}

function linesTo(fold: Fold, effect: Of<'came-back'>) {
  const { view } = fold
  const lines = view.list(shipmentLineTable, 'byTraceable', [effect.traceable])
  const theirs = lines.filter(
    (line) => view.get(shipmentTable, [line.shipment])?.customer === effect.customer,
  )
  return [...theirs].sort((a, b) => a.position - b.position || a.ordinal - b.ordinal)
}
