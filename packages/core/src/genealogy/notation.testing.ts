import { type Instant, instantOf } from '../base/instant.ts'
import { MemoryView } from '../base/memory-view.ts'
import type { GraphChange, Position } from './engine.ts'
import { applyTouches, retractTouches } from './resolve.ts'
import type { Evidence, ProcessRef, Touch, TraceableNo } from './touch.ts'

/** A genealogy told in the notation below. */
export interface Told {
  readonly changes: readonly GraphChange[]
  readonly view: MemoryView
  /** Numbers by name. */
  readonly traceables: ReadonlyMap<string, TraceableNo>
  /** The position of each statement, counted from 1 as a reader does. */
  readonly positions: readonly Position[]
}

const start = Date.UTC(2026, 0, 1)

/** The moment of a minute of the story. */
export function minute(count: number): Instant {
  return instantOf(start + count * 60_000)
}

/**
 * Tells a genealogy, one event per `|`. Statements happen a minute apart, from minute 1, unless `@7` says when.
 *
 *     H1 5 > mix          5 of H1 go into the process mix          reel >> ~line   loaded, one lot after another
 *     mix > W1 5          5 of W1 come out                         pump > T! 5     T is a vessel
 *     A into U by p       A is installed in U                      A out-of U by p it is removed
 *     renew U by p        reworked                                 clean T         nothing of before is carried on
 *     void 2              the second statement was wrong           A contact p     A was only in touch
 *
 *     R2 >> ~line +2      for two minutes, outputs may still hold the reel before
 *
 * A process with `~` is a run. `±2` after a statement: the clock is two minutes unsure. `?` backflushed, `??` assumed.
 */
export function tell(story: string): Told {
  const view = new MemoryView()
  const numbers = { node: 0, edge: 0 }
  const counters = (name: 'node' | 'edge') => ++numbers[name]
  const traceables = new Map<string, TraceableNo>()
  const changes: GraphChange[] = []
  const positions: Position[] = []
  story.split('|').forEach((statement, index) => {
    const words = statement.trim().split(/\s+/)
    positions.push(index)
    if (words[0] === 'void') {
      changes.push(retractTouches(view, { position: index, event: Number(words[1]) - 1, counters }))
    } else {
      const touch = touchOf(words, index + 1, (name) => numberOf(traceables, name))
      changes.push(applyTouches(view, { position: index, touches: [touch], counters, tie: statement.trim() }))
    }
  })
  return { changes, view, traceables, positions }
}

function touchOf(all: readonly string[], index: number, no: (name: string) => TraceableNo): Touch {
  const at = all.find((word) => /^@[\d.]+$/.test(word))
  const unsure = all.find((word) => word.startsWith('±'))
  const doubt = all.find((word) => /^\?+$/.test(word))
  const words = all.filter((word) => word !== at && word !== unsure && word !== doubt)
  const evidence: Evidence = doubt === '??' ? 'assumed' : doubt === '?' ? 'backflushed' : 'scanned'
  const base = {
    at: minute(at ? Number(at.slice(1)) : index),
    uncertaintyMs: unsure ? Number(unsure.slice(1)) * 60_000 : 0,
    sequence: null,
    evidence,
  }
  return { ...base, ...roleOf(words, no) }
}

type Bare<T> = T extends unknown ? Omit<T, 'at' | 'uncertaintyMs' | 'sequence' | 'evidence'> : never

function roleOf(words: readonly string[], no: (name: string) => TraceableNo): Bare<Touch> {
  const [first = '', second = '', third = '', , fifth = ''] = words
  if (first === 'clean') {
    return { role: 'barrier', on: second.startsWith('~') ? { run: second } : { traceable: no(second) } }
  }
  if (first === 'renew') return { role: 'renew', traceable: no(second), process: processOf(words[3] ?? '') }
  if (second === 'into' || second === 'out-of') {
    const role = second === 'into' ? 'install' : 'remove'
    return { role, part: no(first), unit: no(third), process: processOf(fifth), amount: null }
  }
  if (second === 'contact') {
    return {
      role: 'draw',
      traceable: no(first),
      process: processOf(third),
      edge: 'contact',
      amount: null,
      item: 0,
    }
  }
  const arrow = words.findIndex((word) => word === '>' || word === '>>')
  const left = words.slice(0, arrow)
  const right = words.slice(arrow + 1)
  const isDraw = isProcess(right[0] ?? '')
  const [name = '', amount] = isDraw ? left : right
  const common = {
    traceable: no(name),
    amount: amount === undefined ? null : BigInt(amount),
    edge: 'material' as const,
  }
  if (!isDraw)
    return { role: 'add', ...common, process: processOf(left[0] ?? ''), vessel: name.endsWith('!') }
  const feed = words[arrow] === '>>' ? 'sequential' : 'pooled'
  const overlap = right.find((word) => word.startsWith('+'))
  const overlapMs = overlap === undefined ? {} : { overlapMs: Number(overlap.slice(1)) * 60_000 }
  return {
    role: 'draw',
    ...common,
    process: processOf(right[0] ?? ''),
    feed,
    item: itemOf(name),
    ...overlapMs,
  }
}

/** Names of processes begin with a small letter or `~`, those of things with a capital. */
function isProcess(word: string): boolean {
  return /^[a-z~]/.test(word)
}

/** Lots of one item share their first letter. */
function itemOf(name: string): number {
  return name.charCodeAt(0)
}

function processOf(key: string): ProcessRef {
  return { kind: key.startsWith('~') ? 'run' : 'atomic', key }
}

function numberOf(traceables: Map<string, TraceableNo>, name: string): TraceableNo {
  const bare = name.replace('!', '')
  const no = traceables.get(bare) ?? traceables.size + 1
  traceables.set(bare, no)
  return no
}
