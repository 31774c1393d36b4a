import { isRefusal, type Refusal } from '@lotline/core/base/refusal'
import type { GraphEdge, NodeNo } from '@lotline/core/genealogy/engine'
import { ringOf } from '@lotline/core/genealogy/touch'
import type { TraceEdge, TraceNode } from '@lotline/core/recall/trace-shape'
import type { Snapshot } from '../plant/plant.ts'
import { affectedRows } from './affected.ts'
import { candidateKey } from './candidates.ts'
import { linksOf, type Link } from './links.ts'
import { itemsOf, type ItemName, measuresOf } from './named-rows.ts'
import { numberList } from './number-list.ts'
import { gapsOn } from './open-gaps.ts'
import { processNames } from './process-rows.ts'
import { type Asked, understand } from './question.ts'
import { sayAmount } from './say-amount.ts'
import { identify } from './identify.ts'
import { rootsOf } from './roots.ts'
import { edgesWithin, type Scope, scopeBetween, scopeOf } from './scope.ts'
import { inputTotals, shareText, totalKey } from './shares.ts'
import { sourceTotals } from './source-totals.ts'
import type { Found, TraceSet } from './trace-set.ts'

/** Links of one page at most. */
const linksMax = 20_000

/** Walks forward, backward or both ways from what a question names. O(reached). */
export async function trace(snapshot: Snapshot, question: TraceSet['question']): Promise<TraceSet | Refusal> {
  const asked = await understand(snapshot, question)
  if (isRefusal(asked)) return asked
  const directions = question.direction === 'both' ? (['backward', 'forward'] as const) : [question.direction]
  const to = question.to === undefined ? undefined : await nodesNamed(snapshot, question.to)
  if (isRefusal(to)) return to
  const scopes: (readonly [Scope, 'forward' | 'backward'])[] = []
  for (const direction of directions) {
    const query = { ...asked.query, direction }
    const scope = to ? await scopeBetween(snapshot, query, to) : await scopeOf(snapshot, query)
    scopes.push([scope, direction])
  }
  const found = foundIn(scopes, asked.rootTraceables)
  const edges = await edgesOfAll(snapshot, asked, scopes)
  const gaps = await gapsOn(
    snapshot,
    { traceables: found.map((each) => each.no), processes: scopes.flatMap(([scope]) => scope.processes) },
    asked.asKnownOn,
  )
  const byRing = { proven: 0, possible: 0, 'cannot-exclude': 0 }
  for (const { no, scope } of found) byRing[scope.ringOf(no)]++
  const truncated = scopes.some(([scope]) => scope.result.truncated)
  const nodes = new Set(scopes.flatMap(([scope]) => [...scope.result.nodes]))
  const processes = new Set(scopes.flatMap(([scope]) => scope.processes))
  const traceableOf = new Map(
    scopes.flatMap(([scope]) =>
      scope.reached.flatMap(({ no, reached }) => [...reached].map((state) => [state, no] as const)),
    ),
  )
  return {
    ...{ asked, question, scopes, found, edges, gaps, traceableOf },
    reasons: [...asked.reasons, ...(gaps.length > 0 ? ['gaps'] : []), ...(truncated ? ['truncated'] : [])],
    summary: {
      traceables: found.length,
      states: nodes.size - processes.size,
      processes: processes.size,
      edges: edges.length,
      byRing,
      loops: new Set(scopes.flatMap(([scope]) => [...scope.result.loops])).size,
    },
  }
}

async function nodesNamed(snapshot: Snapshot, text: string): Promise<readonly NodeNo[] | Refusal> {
  const things = await identify(snapshot.reader, { ids: [text], all: true })
  return isRefusal(things) ? things : (await rootsOf(snapshot, things)).nodes
}

function foundIn(scopes: TraceSet['scopes'], roots: ReadonlySet<number>): readonly Found[] {
  const found = new Map<number, Found>()
  for (const [scope, direction] of scopes) {
    for (const { no } of scope.reached) {
      if (!found.has(no)) found.set(no, { no, scope, direction: roots.has(no) ? 'root' : direction })
    }
  }
  const first = [...found.values()].filter((each) => each.direction === 'root')
  return [...first, ...[...found.values()].filter((each) => each.direction !== 'root')]
}

/** Edges among all that was reached, candidates of gaps included; each once. */
async function edgesOfAll(
  snapshot: Snapshot,
  asked: Asked,
  scopes: TraceSet['scopes'],
): Promise<readonly GraphEdge[]> {
  const edges = new Map<string, GraphEdge>()
  for (const [scope] of scopes) {
    for (const edge of await edgesWithin(snapshot, scope, asked.asKnownOn)) edges.set(String(edge.no), edge)
    if (asked.candidates.overlay.length === 0) continue
    const nodes = new Set(scope.result.nodes)
    for (const candidate of asked.candidates.overlay) {
      if (!nodes.has(candidate.source) || !nodes.has(candidate.target)) continue
      const key = candidateKey(candidate.source, candidate.target)
      const event = asked.candidates.events.get(key) ?? 0
      edges.set(key, { ...candidate, no: 0, event, addedAt: event, retractedAt: null })
    }
  }
  return [...edges.values()]
}

/** Rows of one page: traceables `offset` to `offset + limit`, and the links among them and what came before. */
export async function traceRows(
  snapshot: Snapshot,
  set: TraceSet,
  page: { readonly offset: number; readonly limit: number },
): Promise<{ nodes: TraceNode[]; edges: TraceEdge[]; cut: boolean }> {
  const own = set.found.slice(page.offset, page.offset + page.limit)
  const nodes = await nodeRows(snapshot, set, own)
  const shown = new Set(set.found.slice(0, page.offset + page.limit).map((each) => each.no))
  const fresh = new Set(own.map((each) => each.no))
  const isState = (node: NodeNo) => set.traceableOf.has(node)
  const isShown = (node: NodeNo) => !isState(node) || shown.has(set.traceableOf.get(node) ?? 0)
  const among = set.edges.filter((edge) => isShown(edge.source) && isShown(edge.target))
  const { links, cut } = linksOf(among, isState, linksMax)
  const wanted = links.filter(({ first, last }) => {
    const [from, to] = [set.traceableOf.get(first.source), set.traceableOf.get(last.target)]
    return from !== to && from !== undefined && to !== undefined && (fresh.has(from) || fresh.has(to))
  })
  return { nodes, edges: await edgeRows(snapshot, set, wanted), cut }
}

/** Rows of some of the traceables of a trace, in the given order. */
export function traceableRows(
  snapshot: Snapshot,
  set: TraceSet,
  numbers: readonly number[],
): Promise<TraceNode[]> {
  const byNo = new Map(set.found.map((each) => [each.no, each]))
  return nodeRows(
    snapshot,
    set,
    numbers.flatMap((no) => byNo.get(no) ?? []),
  )
}

async function nodeRows(snapshot: Snapshot, set: TraceSet, own: readonly Found[]): Promise<TraceNode[]> {
  const rows = new Map<number, TraceNode>()
  for (const [scope] of set.scopes) {
    const mine = own.filter((each) => each.scope === scope)
    const made = await affectedRows(
      snapshot,
      scope,
      mine.map((each) => each.no),
      set.asked.asKnownOn,
    )
    const directions = new Map(mine.map((each) => [String(each.no), each.direction]))
    for (const row of made)
      rows.set(Number(row.id), { ...row, direction: directions.get(row.id) ?? 'forward' })
  }
  return own.flatMap(({ no }) => rows.get(no) ?? [])
}

async function edgeRows(snapshot: Snapshot, set: TraceSet, links: readonly Link[]): Promise<TraceEdge[]> {
  const { asKnownOn } = set.asked
  const processes = new Set(links.flatMap((link) => link.process ?? []))
  const names = await processNames(snapshot, processes)
  const totals = await inputTotals(snapshot, processes, asKnownOn)
  const sources = [...new Set(links.flatMap(({ first }) => set.traceableOf.get(first.source) ?? []))]
  const items = await itemOfEach(snapshot, sources)
  const measures = await measuresOf(snapshot.reader, sources)
  const totalOf = await sourceTotals(
    snapshot,
    set,
    links.map(({ first }) => first.source),
  )
  return links.map(({ first, last, process, evidence }): TraceEdge => {
    const from = set.traceableOf.get(first.source) ?? 0
    const [item, measure] = [items.get(from), measures.get(from)]
    const name = process === null ? undefined : names.get(process)
    return {
      from: String(from),
      to: String(set.traceableOf.get(last.target) ?? 0),
      process: {
        key: name?.key ?? '',
        name: name?.name ?? '',
        order: name?.order ?? null,
        operation: name?.operation ?? null,
      },
      kind: first.kind,
      evidence,
      ring: ringOf(evidence),
      quantity: first.amount === null ? null : sayAmount(first.amount, measure),
      unit: measure?.unit ?? null,
      shareOfSource: shareText(first.amount, totalOf.get(first.source)),
      shareOfTarget:
        process === null || !item ? null : shareText(first.amount, totals.get(totalKey(process, item.no))),
      happenedAt: first.happenedAt,
      event: first.event,
    }
  })
}

async function itemOfEach(
  snapshot: Snapshot,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, ItemName>> {
  const { reader } = snapshot
  const rows = await reader.query<{ no: number; item: number }>(
    'select no::int, item::int from traceable where org_id = $1 and no = any($2::bigint[]) and item is not null',
    [reader.org, numberList(numbers)],
  )
  const items = await itemsOf(
    reader,
    rows.map((row) => row.item),
  )
  return new Map(
    rows.flatMap((row) => {
      const item = items.get(row.item)
      return item ? [[row.no, item] as const] : []
    }),
  )
}
