import { MemoryView } from '../base/memory-view.ts'
import type { GraphChange, Position } from './engine.ts'
import type { PlantEvent } from './random-plant.testing.ts'
import { applyTouches, retractTouches } from './resolve.ts'
import { edgeTable, nodeTable } from './rows.ts'

/** A ledger of touches in memory, as a test feeds it. */
export interface PlantLedger {
  readonly view: MemoryView
  readonly changes: readonly GraphChange[]
  /** The event's own id, by position. */
  readonly idAt: ReadonlyMap<Position, string>
}

/**
 * Captures events in the given order. Events that are to be voided are so after the event at `voidAfter`, those recorded
 * later at the end.
 */
export function ledgerOf(events: readonly PlantEvent[], voidAfter = events.length - 1): PlantLedger {
  const view = new MemoryView()
  const numbers = { node: 0, edge: 0 }
  const counters = (name: 'node' | 'edge') => ++numbers[name]
  const changes: GraphChange[] = []
  const idAt = new Map<Position, string>()
  const waiting: Position[] = []
  events.forEach((event, index) => {
    const position = changes.length
    idAt.set(position, event.id)
    changes.push(applyTouches(view, { position, touches: event.touches, counters, tie: event.id }))
    if (event.voided) waiting.push(position)
    if (index < voidAfter && index < events.length - 1) return
    for (const wrong of waiting.splice(0)) {
      changes.push(retractTouches(view, { position: changes.length, event: wrong, counters }))
    }
  })
  return { view, changes, idAt }
}

/**
 * The live graph without its numbers: every node named by what surrounds it, every edge by its facts, sorted. Two graphs
 * of one shape give one text (colour refinement, a few rounds; enough for graphs that carry this many labels).
 */
export function canonicalForm(ledger: PlantLedger): string[] {
  const live = ledger.view.all(edgeTable).filter((edge) => edge.retractedAt === null)
  let names = new Map(
    ledger.view.all(nodeTable).map((node) => {
      const since = node.kind === 'state' && node.traceable !== null ? node.startedAt : ''
      return [node.no, `${node.kind} ${node.traceable ?? ''} ${since ?? 'ever'} ${node.processKey ?? ''}`]
    }),
  )
  const factsOf = new Map(
    live.map((edge) => [
      edge.no,
      [edge.kind, edge.evidence, edge.amount, edge.happenedAt, edge.until, ledger.idAt.get(edge.event)].join(
        ' ',
      ),
    ]),
  )
  for (let round = 0; round < 6; round++) {
    const around = new Map([...names].map(([no, name]) => [no, [name]]))
    for (const edge of live) {
      const facts = factsOf.get(edge.no)
      around.get(edge.source)?.push(`> ${facts} ${names.get(edge.target)}`)
      around.get(edge.target)?.push(`< ${facts} ${names.get(edge.source)}`)
    }
    names = new Map(
      [...around].map(([no, parts]) => [no, digest(`${parts[0]}|${parts.slice(1).sort().join('|')}`)]),
    )
  }
  return live
    .map((edge) => `${names.get(edge.source)} ${factsOf.get(edge.no)} ${names.get(edge.target)}`)
    .sort()
}

/** A short text for a long one (FNV-1a, two lanes): collisions would only make a test miss something. */
function digest(text: string): string {
  let [a, b] = [0x811c9dc5, 0x1000193]
  for (let index = 0; index < text.length; index++) {
    a = Math.imul(a ^ text.charCodeAt(index), 0x01000193)
    b = Math.imul(b + text.charCodeAt(index), 0x85ebca6b) ^ (b >>> 13)
  }
  return `${(a >>> 0).toString(36)}.${(b >>> 0).toString(36)}`
}
