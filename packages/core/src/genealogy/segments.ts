import { assert } from '../base/assert.ts'
import { millisecondsOf } from '../base/instant.ts'
import type { ChangeBook } from './change-book.ts'
import type { NodeNo } from './engine.ts'
import { noOrder, remember } from './order-tail.ts'
import type { Link, Loaded, OtherEnd, Overlap, RunTail, TouchRow } from './rows.ts'
import { orderKey } from './touch-rows.ts'

/** The tail of a run that nothing has gone into yet. */
export function tailOfNewRun(): RunTail {
  return {
    ...noOrder(),
    open: false,
    opener: null,
    mix: null,
    make: null,
    made: false,
    orphaned: false,
    orphan: null,
    carryState: null,
    carryFrom: null,
    loaded: [],
    overlaps: undefined,
    barrier: false,
    ambiguous: false,
  }
}

/** Whether a touch changes the course of a run, rather than only leaving it. */
export function marksRun(row: TouchRow): boolean {
  return row.does === 'draw' || row.does === 'barrier'
}

/** Where the nodes of a run come from: new ones at the tail; those of before when the whole timeline is worked out. */
export interface SegmentNodes {
  process(row: TouchRow): NodeNo
  /** What a lot that is no longer loaded still comes out of, for as long as it overlaps the next. */
  overlap(lot: TouchRow): NodeNo
  workInProcess(row: TouchRow, from: NodeNo): NodeNo
}

/** Nodes for touches at the tail of a run: always new. */
export function newSegmentNodes(book: ChangeBook): SegmentNodes {
  return {
    process: (row) => book.newProcess(row.processKey ?? '', row.at),
    overlap: (lot) => book.newProcess(lot.processKey ?? '', lot.at),
    workInProcess: (row) => book.newState(null, row.at, row.processKey),
  }
}

/** Whether the touch opens a segment: the first one, an input after outputs, anything after a barrier. */
export function opensSegment(tail: Pick<RunTail, 'open' | 'made' | 'barrier'>, row: TouchRow): boolean {
  return row.does !== 'barrier' && (!tail.open || tail.barrier || (tail.made && row.does === 'draw'))
}

/**
 * Places one touch at the end of its run. O(lots loaded) at a segment's first output, else O(1).
 *
 * A segment has up to two processes: `mix` takes what is pooled, `make` takes what is loaded one lot after another. What
 * is pooled reaches `make` through a hidden state, and that state alone goes over into the next segment: so a reel never
 * follows the paste it was used with. What a segment starts with is joined at its first output, since only then it is known
 * which lots were still loaded.
 */
export function placeOnRun(tail: RunTail, row: TouchRow, book: ChangeBook, nodes: SegmentNodes): void {
  const opens = opensSegment(tail, row)
  const bounds = (opens || row.does === 'barrier') && tail.open
  row.links = null
  if (row.does === 'barrier') tail.barrier = true
  else if (opens) openSegment(tail, row)
  if (row.does === 'draw') row.process = takeIn(tail, row, nodes)
  else if (row.does !== 'barrier') row.process = giveOut(tail, row, book, nodes)
  remember(tail, row, orderKey(row), { marks: marksRun(row) || opens, bounds, mayBlur: !marksRun(row) })
}

function openSegment(tail: RunTail, row: TouchRow): void {
  tail.orphan = !tail.barrier && tail.made && tail.orphaned ? tail.make : null
  if (tail.barrier) {
    tail.loaded = []
    tail.carryState = null
    tail.carryFrom = null
    tail.overlaps = undefined
  }
  tail.loaded = tail.loaded.map(([item, at, event, ordinal]) => [item, at, event, ordinal, false])
  tail.open = true
  tail.opener = [row.event, row.ordinal]
  tail.mix = null
  tail.make = null
  tail.made = false
  tail.orphaned = false
  tail.barrier = false
}

function takeIn(tail: RunTail, row: TouchRow, nodes: SegmentNodes): NodeNo {
  if (!row.sequential) return (tail.mix ??= nodes.process(row))
  const item = row.item ?? 0
  // Lots loaded at one and the same moment lie side by side; a later one takes the place of those before.
  const isReplaced = (lot: Loaded) => lot[0] === item && lot[1] !== row.at
  const stays = tail.loaded.filter((lot) => !isReplaced(lot))
  overlap(tail, row, tail.loaded.filter(isReplaced))
  tail.loaded = [...stays, [item, row.at, row.event, row.ordinal, true]]
  return (tail.make ??= nodes.process(row))
}

/** What is replaced may still come out for a while; what was replaced longer ago than that no longer does. */
function overlap(tail: RunTail, row: TouchRow, replaced: readonly Loaded[]): void {
  const at = millisecondsOf(row.at)
  const going = (tail.overlaps ?? []).filter(([until]) => until >= at)
  const until = at + row.uncertaintyMs + (row.overlapMs ?? 0)
  if (row.overlapMs !== null)
    going.push(...replaced.map(([, , event, ordinal]): Overlap => [until, event, ordinal, null]))
  tail.overlaps = going.length > 0 ? going : undefined
}

/** An output within the overlap may hold the lot before: by a process of their own, so that nothing else loaded then does. */
function holdOverlapping(tail: RunTail, row: TouchRow, book: ChangeBook, nodes: SegmentNodes): void {
  if (!tail.overlaps) return
  const earliest = millisecondsOf(row.at) - row.uncertaintyMs
  const ends: OtherEnd[] = []
  tail.overlaps = tail.overlaps.map((one): Overlap => {
    const [until, event, ordinal, known] = one
    if (earliest > until) return one
    const [lot] = known === null ? book.rowsAt([[event, ordinal]]) : []
    const process = known ?? (lot ? nodes.overlap(lot) : null)
    if (process === null) return one
    if (lot) lot.otherProcesses = [...(lot.otherProcesses ?? []), [process, 'overlap']]
    ends.push([process, 'overlap'])
    return [until, event, ordinal, process]
  })
  if (ends.length > 0) row.otherProcesses = [...(row.otherProcesses ?? []), ...ends]
}

function giveOut(tail: RunTail, row: TouchRow, book: ChangeBook, nodes: SegmentNodes): NodeNo {
  if (!tail.made) {
    joinSegment(tail, row, book, nodes)
    tail.made = true
  }
  holdOverlapping(tail, row, book, nodes)
  const out = tail.make ?? tail.mix
  assert(out !== null, 'a segment with outputs has a process')
  return out
}

/**
 * Joins what a segment starts with to it, and settles what it leaves behind. The links belong to the touch that opened the
 * segment. Within a segment they are as sure as its inputs; from one segment into the next they are `prorated`.
 */
export function joinSegment(tail: RunTail, row: TouchRow, book: ChangeBook, nodes: SegmentNodes): void {
  const links: Link[] = []
  const stillLoaded = tail.loaded.filter((lot) => !lot[4])
  for (const lot of book.rowsAt(stillLoaded.map(([, , event, ordinal]) => [event, ordinal]))) {
    const make = (tail.make ??= nodes.process(row))
    lot.otherProcesses = [...(lot.otherProcesses ?? []), [make, 'loaded']]
  }
  if (tail.carryFrom !== null) {
    tail.carryState = nodes.workInProcess(row, tail.carryFrom)
    links.push([tail.carryFrom, tail.carryState, 'prorated'])
    tail.carryFrom = null
  }
  tail.orphaned = tail.mix === null && tail.make === null && tail.carryState === null
  if (tail.mix === null) tail.make ??= nodes.process(row)
  const into = tail.mix ?? tail.make
  if (tail.carryState !== null && into !== null) links.push([tail.carryState, into, 'prorated'])
  if (tail.mix !== null && tail.make !== null) {
    tail.carryState = nodes.workInProcess(row, tail.mix)
    links.push([tail.mix, tail.carryState, 'declared'], [tail.carryState, tail.make, 'declared'])
  } else if (tail.mix !== null) {
    tail.carryFrom = tail.mix
    tail.carryState = null
  }
  const [opener] = tail.opener ? book.rowsAt([tail.opener]) : []
  if (opener && links.length > 0) opener.links = links
}
