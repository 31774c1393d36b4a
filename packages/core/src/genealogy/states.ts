import { millisecondsOf } from '../base/instant.ts'
import type { ChangeBook } from './change-book.ts'
import type { NodeNo } from './engine.ts'
import { anyDoubt, type Boundary, remember, stretchesInDoubt } from './order-tail.ts'
import type { TouchRow, TraceableTail } from './rows.ts'
import { inOrder, orderKey } from './touch-rows.ts'
import type { Evidence } from './touch.ts'

/** A state met while a whole timeline is worked out. */
interface Stretch extends Boundary {
  readonly state: NodeNo
  makerKeys: readonly string[]
}

/** The tail of a traceable that is known by name alone: one state, from before anything known. */
export function tailOfFirst(first: NodeNo): TraceableTail {
  return {
    lastKey: '',
    markKey: '',
    reach: 0,
    boundaryReach: 0,
    fuzzy: false,
    boundaryFuzzy: false,
    first,
    state: first,
    makers: [],
    makerKeys: [],
    begunAt: null,
    born: false,
    birthKeys: [],
    balance: '0',
    barrier: false,
  }
}

/** Whether a touch changes the course of a traceable's timeline, rather than only drawing from it. */
export function marksTraceable(row: TouchRow): boolean {
  return row.does !== 'draw' && row.does !== 'part'
}

/**
 * Places one touch at the end of its traceable's timeline. O(1). `drawnInto` answers whether the traceable was ever drawn
 * into that process: then an `add` from it is no birth, for a process never has the same state on both sides.
 */
export function placeOnTraceable(
  tail: TraceableTail,
  row: TouchRow,
  book: ChangeBook,
  drawnInto: (row: TouchRow) => boolean,
): void {
  const before = tail.state
  const key = orderKey(row)
  switch (row.does) {
    case 'draw':
    case 'part':
      row.state = tail.state
      if (row.edge !== 'contact') weigh(tail, row.amount === null ? null : -row.amount)
      break
    case 'barrier':
      tail.barrier = true
      tail.balance = '0'
      break
    case 'add':
      addTo(tail, row, book, drawnInto)
      weigh(tail, row.amount)
      break
    case 'apart':
      beginOrJoin(tail, row, book, row.evidence)
      if (row.other !== null) weigh(tail, row.amount)
      break
    case 'renew':
    case 'unit':
      beginOrJoin(tail, row, book, row.evidence)
  }
  const marks = marksTraceable(row)
  remember(tail, row, key, { marks, bounds: tail.state !== before, mayBlur: !marks })
}

function addTo(
  tail: TraceableTail,
  row: TouchRow,
  book: ChangeBook,
  drawnInto: (row: TouchRow) => boolean,
): void {
  const moment = momentOf(row)
  const isFirst = !tail.born
  // Nothing can have been drawn between two additions at one moment: they make one state.
  const isSameMoment = tail.begunAt === moment && !tail.barrier
  const state = isFirst && !row.vessel ? tail.first : isSameMoment ? tail.state : undefined
  tail.born = true
  if (state !== undefined && !(state === tail.first && drawnInto(row)))
    return addToState(tail, row, state, moment)
  const isEmpty = tail.balance !== null && BigInt(tail.balance) <= 0n
  beginOrJoin(tail, row, book, tail.barrier ? null : isEmpty ? 'assumed' : row.evidence)
  tail.begunAt = row.begins ? moment : tail.begunAt
}

/** The moment of a touch, as a tail remembers when its state began. */
export function momentOf(row: TouchRow): string {
  return `${row.at} ${row.sequence}`
}

/** One more process that a state comes from: the present one, or the first, whose birth it is. */
function addToState(tail: TraceableTail, row: TouchRow, state: NodeNo, moment: string): void {
  Object.assign(row, { state, begins: false, prior: null, heel: null, step: null })
  if (state === tail.first && !row.run && row.processKey !== null)
    tail.birthKeys = [...tail.birthKeys, row.processKey]
  tail.barrier = false
  if (state !== tail.state) return
  tail.begunAt = moment
  addMaker(tail, row)
}

function addMaker(tail: TraceableTail, row: TouchRow): void {
  if (row.process !== null) tail.makers = [...tail.makers, row.process]
  if (row.processKey !== null) tail.makerKeys = [...tail.makerKeys, row.processKey]
}

/**
 * A touch by a process that made the present state tells nothing new of its origin, and joins it: a lot completed in ten
 * steps from the same inputs is one state. Anything else begins a state.
 */
function beginOrJoin(tail: TraceableTail, row: TouchRow, book: ChangeBook, heel: Evidence | null): void {
  const joins = row.process !== null && tail.makers.includes(row.process) && !tail.barrier
  const [oldState, oldStep] = row.begins ? [row.state, row.step] : [null, null]
  row.begins = !joins
  row.prior = joins ? null : tail.state
  row.heel = joins ? null : heel
  row.step = null
  if (!joins) {
    if (heel !== null && row.does !== 'apart') {
      row.step = oldStep ?? book.newProcess(`${row.processKey}/${stepNames[row.does]}`, row.at)
    }
    tail.state = oldState ?? book.newState(row.traceable, row.at)
    Object.assign(tail, { makers: [], makerKeys: [], begunAt: null })
    addMaker(tail, row)
  }
  row.state = tail.state
  tail.barrier = false
}

const stepNames: { readonly [does: string]: string } = { add: 'heel', renew: 'renew', unit: 'install' }

function weigh(tail: TraceableTail, change: bigint | null): void {
  tail.balance = tail.balance === null || change === null ? null : String(BigInt(tail.balance) + change)
}

/** Takes a draw back out of the balance; false when the balance cannot tell, because the draw had no amount. */
export function giveBack(tail: TraceableTail, row: TouchRow): boolean {
  if (row.edge === 'contact') return true
  if (row.amount === null) return false
  weigh(tail, row.amount)
  return true
}

/**
 * Works a traceable's timeline out from all its touches, for a late fact or a voided one. Keeps the number of every state
 * whose first touch is the same. O(n log n) in its touches.
 */
export function recomputeTraceable(tail: TraceableTail, rows: readonly TouchRow[], book: ChangeBook): void {
  const ordered = inOrder(rows)
  const atomicDraws = new Set(ordered.filter((row) => !row.run && isDraw(row)).map((row) => row.processKey))
  const runDraws = new Set<string | null>()
  const drawnInto = (row: TouchRow) => (row.run ? runDraws : atomicDraws).has(row.processKey)
  const stretches: Stretch[] = [{ state: tail.first, makerKeys: [], at: 0, uncertaintyMs: 0 }]
  const drawnFrom = new Map<TouchRow, number>()
  Object.assign(tail, tailOfFirst(tail.first))
  for (const row of ordered) {
    row.otherStates = null
    placeOnTraceable(tail, row, book, drawnInto)
    const last = stretches.at(-1)
    if (last && last.state === tail.state) last.makerKeys = tail.makerKeys
    else stretches.push(stretchOf(tail, row))
    if (!isDraw(row)) continue
    if (row.run) runDraws.add(row.processKey)
    const own = beforeItsOwnOutput(stretches, row)
    row.state = stretches[own]?.state ?? tail.state
    drawnFrom.set(row, own)
  }
  if (anyDoubt(ordered)) for (const [row, own] of drawnFrom) doubtStates(stretches, row, own)
}

/** A draw into the process that made the present state, dated after it, was drawn before: from the state it made it of. */
function beforeItsOwnOutput(stretches: readonly Stretch[], row: TouchRow): number {
  let own = stretches.length - 1
  if (row.run) return own
  while (own > 0 && isMadeBy(stretches[own], row)) own -= 1
  return own
}

function isMadeBy(stretch: Stretch | undefined, row: TouchRow): boolean {
  return row.processKey !== null && stretch !== undefined && stretch.makerKeys.includes(row.processKey)
}

function doubtStates(stretches: readonly Stretch[], row: TouchRow, own: number): void {
  const others = stretchesInDoubt(stretches.slice(1), row, own)
    .map((index) => stretches[index])
    .filter((stretch) => stretch !== undefined && !isMadeBy(stretch, row))
    .map((stretch) => stretch?.state ?? 0)
  if (others.length > 0) row.otherStates = others
}

function isDraw(row: TouchRow): boolean {
  return row.does === 'draw' || row.does === 'part'
}

function stretchOf(tail: TraceableTail, row: TouchRow): Stretch {
  return {
    state: tail.state,
    makerKeys: tail.makerKeys,
    at: millisecondsOf(row.at),
    uncertaintyMs: row.uncertaintyMs,
  }
}
