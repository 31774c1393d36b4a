import type { NodeNo } from '@lotline/core/genealogy/engine'
import type { Snapshot } from '../plant/plant.ts'
import { numberList } from './number-list.ts'

/** A process as an answer names it. */
export interface ProcessName {
  readonly key: string
  readonly order: string | null
  readonly operation: string | null
  readonly equipment: string | null
}

/** Processes by node: their key, order, operation and machine. One query. */
export async function processNames(
  snapshot: Snapshot,
  nodes: Iterable<NodeNo>,
): Promise<ReadonlyMap<NodeNo, ProcessName>> {
  const { reader } = snapshot
  const rows = await reader.raw(
    'process names',
    `select n.no, n.process_key, f.shop_order, f.operation, f.equipment
       from unnest($2::bigint[]) as s(no) join node n on n.org_id = $1 and n.no = s.no
       left join lateral (
         select max(name) filter (where kind = 'order') as shop_order,
                max(name) filter (where kind = 'operation') as operation,
                max(name) filter (where kind = 'equipment') as equipment
           from process_fact p where p.org_id = $1 and p.process_key = n.process_key
            and p.kind in ('order', 'operation', 'equipment')) f on true`,
    [reader.org, numberList(nodes)],
  )
  return new Map(
    rows.map(([no, key, order, operation, equipment]) => [
      Number(no),
      { key: key ?? '', order: order ?? null, operation: operation || null, equipment: equipment ?? null },
    ]),
  )
}
