import type { Decimal } from '../base/quantity.ts'
import type { View } from '../base/view.ts'
import { type DefinitionRow, definitionTable } from './record-tables.ts'
import type { OrderRow } from './tables.ts'

/** One material of a bill of material, as `definition.body.lines` holds it: item numbers beside the codes people know. */
export interface BomLine {
  readonly item: number
  readonly code: string
  /** For `output` units of the product, at the material's scale. */
  readonly quantity: Decimal
  readonly operation: string | null
  /** Item numbers approved in its place. */
  readonly alternates: readonly number[]
  readonly feed: 'pooled' | 'sequential' | null
  readonly overlapSeconds: number | null
}

export interface Bom {
  readonly no: number
  readonly version: string
  readonly lines: readonly BomLine[]
  /** How much of the product the lines are for, at the product's scale; null: one unit. */
  readonly output: Decimal | null
}

/** One operation of a routing, as `definition.body.operations` holds it. */
export interface RoutingOperation {
  readonly operation: string
  readonly name: string | null
  readonly equipment: string | null
  /** Operations that must be complete before this one begins. */
  readonly requires: readonly string[]
  readonly inspection: boolean
}

export interface Routing {
  readonly no: number
  readonly version: string
  readonly operations: readonly RoutingOperation[]
}

/** The bill of material in the version an order was opened with (A5); undefined where it has none. */
export function bomOf(view: View, order: Pick<OrderRow, 'bom'>): Bom | undefined {
  const row = order.bom === null ? undefined : view.get(definitionTable, [order.bom])
  return row && bomFrom(row)
}

/** The routing in the version an order was opened with; undefined where it has none. */
export function routingOf(view: View, order: Pick<OrderRow, 'routing'>): Routing | undefined {
  const row = order.routing === null ? undefined : view.get(definitionTable, [order.routing])
  if (!row) return undefined
  const body = row.body as unknown as { operations?: readonly Partial<RoutingOperation>[] }
  const operations = (body.operations ?? []).map((one) => ({
    operation: one.operation ?? '',
    name: one.name ?? null,
    equipment: one.equipment ?? null,
    requires: one.requires ?? [],
    inspection: one.inspection ?? false,
  }))
  return { no: row.no, version: row.version, operations }
}

function bomFrom(row: DefinitionRow): Bom {
  const body = row.body as unknown as { lines?: readonly Partial<BomLine>[]; output?: Decimal }
  const lines = (body.lines ?? []).map((line) => ({
    item: line.item ?? 0,
    code: line.code ?? '',
    quantity: line.quantity ?? '0',
    operation: line.operation ?? null,
    alternates: line.alternates ?? [],
    feed: line.feed ?? null,
    overlapSeconds: line.overlapSeconds ?? null,
  }))
  return { no: row.no, version: row.version, lines, output: body.output ?? null }
}
