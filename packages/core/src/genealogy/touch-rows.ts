import { unreachable } from '../base/assert.ts'
import type { Position } from './engine.ts'
import type { Does, TouchRow } from './rows.ts'
import type { ProcessRef, Touch, TraceableNo } from './touch.ts'

type Facts = Partial<Omit<TouchRow, 'at' | 'evidence'>> & { readonly does: Does }

/** The rows of an event's touches, one per timeline and part played, in order of the touches. */
export function rowsOf(event: Position, tie: string, touches: readonly Touch[]): TouchRow[] {
  const rows: TouchRow[] = []
  for (const touch of touches)
    for (const facts of factsOf(touch)) rows.push(rowOf(event, tie, rows.length, touch, facts))
  return rows
}

function rowOf(event: Position, tie: string, ordinal: number, touch: Touch, facts: Facts): TouchRow {
  return {
    event,
    ordinal,
    does: facts.does,
    traceable: facts.traceable ?? null,
    processKey: facts.processKey ?? null,
    run: facts.run ?? false,
    other: facts.other ?? null,
    edge: facts.edge ?? null,
    amount: facts.amount ?? null,
    sequential: facts.sequential ?? false,
    overlapMs: facts.overlapMs ?? null,
    item: facts.item ?? null,
    vessel: facts.vessel ?? false,
    at: touch.at,
    uncertaintyMs: touch.uncertaintyMs,
    sequence: touch.sequence,
    evidence: touch.evidence,
    tie,
    state: null,
    begins: false,
    prior: null,
    step: null,
    heel: null,
    process: null,
    until: null,
    otherStates: null,
    otherProcesses: null,
    links: null,
    edges: [],
  }
}

function factsOf(touch: Touch): readonly Facts[] {
  switch (touch.role) {
    case 'draw': {
      const { traceable, edge, amount, item } = touch
      const sequential = touch.feed === 'sequential' && touch.process.kind === 'run'
      const overlapMs = sequential && touch.overlapMs ? touch.overlapMs : null
      return [
        { does: 'draw', traceable, edge, amount, item, sequential, overlapMs, ...processOf(touch.process) },
      ]
    }
    case 'add': {
      const { traceable, edge, amount, vessel = false } = touch
      return [{ does: 'add', traceable, edge, amount, vessel, ...processOf(touch.process) }]
    }
    case 'renew':
      return [{ does: 'renew', traceable: touch.traceable, edge: 'identity', ...processOf(touch.process) }]
    case 'install': {
      const processKey = touch.process.key
      return [
        {
          does: 'part',
          traceable: touch.part,
          other: touch.unit,
          edge: 'install',
          amount: touch.amount,
          processKey,
        },
        { does: 'unit', traceable: touch.unit, edge: 'install', processKey },
      ]
    }
    case 'remove':
      return factsOfRemoval(touch.process.key, touch)
    case 'barrier':
      return [
        'run' in touch.on
          ? { does: 'barrier', processKey: touch.on.run, run: true }
          : { does: 'barrier', traceable: touch.on.traceable },
      ]
    default:
      return unreachable(touch)
  }
}

/** Each side of a removal goes through a process of its own, so that what leaves one unit implicates no other. */
function factsOfRemoval(
  key: string,
  touch: { unit: TraceableNo; part: TraceableNo; amount: TouchRow['amount'] },
): readonly Facts[] {
  const partKey = `${key}/part/${touch.part}`
  return [
    { does: 'draw', traceable: touch.unit, edge: 'contact', processKey: partKey },
    { does: 'apart', traceable: touch.unit, edge: 'identity', processKey: `${key}/unit/${touch.unit}` },
    {
      does: 'apart',
      traceable: touch.part,
      other: touch.unit,
      edge: 'identity',
      amount: touch.amount,
      processKey: partKey,
    },
  ]
}

function processOf(ref: ProcessRef): { processKey: string; run: boolean } {
  return { processKey: ref.key, run: ref.kind === 'run' }
}

/**
 * The place of a touch on its timelines as text: time, source sequence (none first), inputs before outputs, then what
 * depends on the content alone. A run is cleaned before it is loaded; a vessel is drained, cleaned, filled.
 */
export function orderKey(row: TouchRow): string {
  const sequence = row.sequence === null ? '' : String(row.sequence + 1).padStart(16, '0')
  return `${row.at} ${sequence} ${rankOf(row)} ${row.processKey ?? ''} ${row.tie} ${row.traceable ?? ''} ${row.amount ?? ''} ${row.item ?? ''} ${row.edge ?? ''} ${row.evidence}${row.overlapMs === null ? '' : ` ${row.overlapMs}`}`
}

function rankOf(row: TouchRow): number {
  if (row.does === 'barrier') return row.run ? 0 : 2
  return ranks[row.does]
}

const ranks = { draw: 1, apart: 3, part: 4, unit: 4, renew: 5, add: 6 }

/** Sorts rows as their timeline runs. O(n log n). */
export function inOrder(rows: readonly TouchRow[]): TouchRow[] {
  const keyed = rows.map((row) => ({ row, key: orderKey(row) }))
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  return keyed.map((entry) => entry.row)
}
