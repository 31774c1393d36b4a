import type { NodeNo } from '@lotline/core/genealogy/engine'
import type { Snapshot } from '../plant/plant.ts'
import { numberList } from './number-list.ts'

/** A process as an answer names it: in words for people, by its key for programs. */
export interface ProcessName {
  readonly key: string
  readonly name: string
  readonly order: string | null
  readonly operation: string | null
  readonly equipment: string | null
}

/** What each kind of capture that is a process of its own does, before the code of what came out of it. */
const acts: Readonly<Record<string, string>> = {
  receipt: 'receipt',
  produce: 'making of',
  rework: 'rework of',
  split: 'split into',
  merge: 'merge into',
  relabel: 'relabelling as',
  count: 'count of',
  draw: 'draw of',
  load: 'load of',
  service: 'service of',
  subcontract: 'subcontracted work on',
}

/**
 * Processes by node: words, key, order, operation and machine. Runs and single units are known by their order; any other by
 * what came out of it. One query; O(processes + what came out of those without an order).
 */
export async function processNames(
  snapshot: Snapshot,
  nodes: Iterable<NodeNo>,
): Promise<ReadonlyMap<NodeNo, ProcessName>> {
  const { reader } = snapshot
  const rows = await reader.raw(
    'process names',
    `select n.no, n.process_key, f.shop_order, f.operation, f.equipment, u.code, made.code, made.others
       from unnest($2::bigint[]) as s(no) join node n on n.org_id = $1 and n.no = s.no
       left join lateral (
         select max(name) filter (where kind = 'order') as shop_order,
                max(name) filter (where kind = 'operation') as operation,
                max(name) filter (where kind = 'equipment') as equipment
           from process_fact p where p.org_id = $1 and p.process_key = n.process_key
            and p.kind in ('order', 'operation', 'equipment')) f on true
       left join traceable u on u.org_id = $1
        and u.no = case when n.process_key ~ '^unit:[0-9]*:[0-9]{1,15}$' then split_part(n.process_key, ':', 3)::bigint end
       left join lateral (
         select min(t.code) as code, count(distinct t.no) - 1 as others
           from edge e join node o on o.org_id = $1 and o.no = e.target join traceable t on t.org_id = $1 and t.no = o.traceable
          where f.shop_order is null and e.org_id = $1 and e.source = n.no and e.retracted_at is null) made on true`,
    [reader.org, numberList(nodes)],
  )
  const isTold = snapshot.within === undefined
  return new Map(
    rows.map(([no, given, order, operation, equipment, unit, made, others]) => {
      const key = isTold ? (given ?? '') : keyOutside(no, given, made)
      const known = { key, order: order ?? null, operation: operation || null }
      const name = inWords(known, { unit: unit ?? null, made: made ?? null, others: Number(others ?? 0) })
      return [Number(no), { ...known, name, equipment: equipment ?? null }]
    }),
  )
}

/**
 * The plant writes keys as it likes, with anybody's name in them. People outside get the kind of process, where what came out
 * of it is theirs, and the number of its node.
 */
function keyOutside(no: string | null | undefined, key: string | null | undefined, made: unknown): string {
  const kind = /^[a-z-]+(?=:)/.exec(key ?? '')?.[0]
  return `${kind !== undefined && kind in acts && typeof made === 'string' ? kind : 'process'}:${no}`
}

/** `WO-1072 operation 20, unit SN-04865`, `receipt R-1010`; the key itself where nothing is known. */
function inWords(
  process: Pick<ProcessName, 'key' | 'order' | 'operation'>,
  of: { readonly unit: string | null; readonly made: string | null; readonly others: number },
): string {
  const { key, order, operation } = process
  const work = [order, ...(operation === null ? [] : [`operation ${operation}`])].filter(Boolean).join(' ')
  const unit = of.unit === null ? '' : `unit ${of.unit}`
  if (work !== '' || unit !== '') return [work, unit].filter((part) => part !== '').join(', ')
  const colon = key.indexOf(':')
  const [kind, rest] = [key.slice(0, Math.max(colon, 0)), key.slice(colon + 1)]
  if (kind === 'process') return `process ${rest}`
  if (of.made === null) return key
  const more = of.others > 0 ? ` and ${of.others} more` : ''
  return `${acts[kind] ?? kind} ${of.made}${more}`.trim()
}
