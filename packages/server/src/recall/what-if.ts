import { isRefusal, type Refusal } from '@lotline/core/base/refusal'
import type { Instant } from '@lotline/core/base/instant'
import type { GraphEdge, NodeNo, TraceQuery } from '@lotline/core/genealogy/engine'
import { reachWithin } from '@lotline/core/genealogy/reach-within'
import type { WhatIf } from '@lotline/core/recall/what-if-shape'
import { isFollowed } from '../genealogy/followed-edges.ts'
import type { Snapshot } from '../plant/plant.ts'
import { affectedRows } from './affected.ts'
import { processesUnder } from './conditions.ts'
import { identify } from './identify.ts'
import { type Asked, type Question, understand } from './question.ts'
import { rootsOf } from './roots.ts'
import { edgesWithin, type Scope, scopeOf, scopeOfResult } from './scope.ts'
import { shippedLines } from './shipped-lines.ts'

/** What is supposed to be otherwise than recorded. */
export interface Supposed {
  /** These are bad too. */
  readonly contaminated?: readonly string[] | undefined
  /** Spread reaches these and ends there. */
  readonly stops?: readonly string[] | undefined
  /** What ran on a machine passed something on to what ran there next. */
  readonly crossContact?:
    | readonly {
        readonly equipment: string
        readonly from?: string | undefined
        readonly to?: string | undefined
      }[]
    | undefined
  /** Links before and after these times do not count. */
  readonly notBefore?: string | undefined
  readonly notAfter?: string | undefined
  readonly limit?: number | undefined
}

type Overlay = NonNullable<TraceQuery['overlay']>

/**
 * The scope as recorded beside the scope as supposed, and what the difference is. Laid over the graph for this question
 * only. O(reached by both).
 */
export async function whatIf(
  snapshot: Snapshot,
  question: Question,
  supposed: Supposed,
): Promise<WhatIf | Refusal> {
  const { contaminated = [], stops = [], notBefore, notAfter, limit = 500 } = supposed
  const recorded = await understand(snapshot, question)
  if (isRefusal(recorded)) return recorded
  const other = await understand(snapshot, {
    ...question,
    ids: [...question.ids, ...contaminated],
    ...(notBefore === undefined ? {} : { happenedFrom: notBefore }),
    ...(notAfter === undefined ? {} : { happenedTo: notAfter }),
  })
  if (isRefusal(other)) return other
  const passed = await crossContacts(snapshot, supposed)
  if (isRefusal(passed)) return passed
  const ends = await identify(snapshot.reader, { ids: stops, all: true })
  if (isRefusal(ends)) return ends
  const base = await scopeOf(snapshot, { ...recorded.query, direction: 'forward' })
  const stopped = new Set((await rootsOf(snapshot, ends)).nodes)
  const altered = await alteredScope(snapshot, other, passed, stopped)
  const { asKnownOn } = recorded
  const added = altered.numbers().filter((no) => !base.has(no))
  const removed = base.numbers().filter((no) => !altered.has(no))
  const reasons = [...new Set([...recorded.reasons, ...other.reasons])]
  return {
    position: snapshot.position,
    complete: reasons.length === 0,
    reasons,
    base: await countsOf(snapshot, base, recorded),
    whatIf: await countsOf(snapshot, altered, other),
    added: {
      count: added.length,
      rows: [...(await affectedRows(snapshot, altered, added.slice(0, limit), asKnownOn))],
    },
    removed: {
      count: removed.length,
      rows: [...(await affectedRows(snapshot, base, removed.slice(0, limit), asKnownOn))],
    },
  }
}

async function countsOf(snapshot: Snapshot, scope: Scope, asked: Asked): Promise<WhatIf['base']> {
  const lines = await shippedLines(snapshot, scope, asked.asKnownOn)
  return {
    traceables: scope.reached.length,
    byRing: scope.byRing(),
    customers: new Set(lines.map(({ customer }) => customer)).size,
    shipments: new Set(lines.map(({ shipment }) => shipment)).size,
  }
}

/** What ran on the machine, in order of time: each passes on to the next, as possible. */
async function crossContacts(
  snapshot: Snapshot,
  { crossContact = [] }: Supposed,
): Promise<Overlay | Refusal> {
  const overlay: Overlay[number][] = []
  for (const { equipment, from, to } of crossContact) {
    const span = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
    const processes = await processesUnder(snapshot, { equipment, ...span })
    if (isRefusal(processes)) return processes
    const nodes = [...(await snapshot.engine.nodes(Int32Array.from(processes)))]
    const begun = (at: Instant | null) => at ?? ''
    nodes.sort((a, b) =>
      begun(a.from) < begun(b.from) ? -1 : begun(a.from) > begun(b.from) ? 1 : a.no - b.no,
    )
    nodes.slice(1).forEach((next, index) => {
      const source = nodes[index]?.no
      if (source === undefined || next.from === null) return
      const how = { kind: 'material', evidence: 'time-window', amount: null, until: null } as const
      overlay.push({ source, target: next.no, happenedAt: next.from, ...how })
    })
  }
  return overlay
}

/** Stops need the edges themselves: the wide scope is searched again, and nothing leaves where spread ends. */
async function alteredScope(
  snapshot: Snapshot,
  asked: Asked,
  passed: Overlay,
  stops: ReadonlySet<NodeNo>,
): Promise<Scope> {
  const { asKnownOn = snapshot.asKnownOn, ...open } = asked.query
  const overlay = [...asked.candidates.overlay, ...passed]
  const query = {
    ...open,
    asKnownOn,
    direction: 'forward' as const,
    ...(overlay.length > 0 ? { overlay } : {}),
  }
  const wide = await scopeOf(snapshot, query)
  if (stops.size === 0) return wide
  const { asKnownOn: _position, ...filter } = query
  const edges: Pick<GraphEdge, 'source' | 'target' | 'evidence'>[] = [
    ...(await edgesWithin(snapshot, wide, asKnownOn)).filter((edge) => isFollowed(edge, filter)),
    ...overlay.filter((edge) => isFollowed(edge, filter)),
  ]
  const found = reachWithin(edges, {
    from: wide.result.nodes.length > 0 ? query.from : [],
    direction: 'forward',
    stops,
  })
  const result = {
    ...wide.result,
    nodes: Int32Array.from(found, ({ node }) => node),
    ring: Uint8Array.from(found, ({ ring }) => ring),
    depth: Int32Array.from(found, ({ depth }) => depth),
  }
  return scopeOfResult(snapshot, result, asKnownOn)
}
