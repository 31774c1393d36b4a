import { millisecondsOf } from '../base/instant.ts'
import type { ChangeBook } from './change-book.ts'
import type { NodeNo } from './engine.ts'
import { anyDoubt, type Boundary, noOrder, remember, stretchesInDoubt } from './order-tail.ts'
import type { TouchRow, TraceableTail } from './rows.ts'
import { inOrder, orderKey } from './touch-rows.ts'
import type { Evidence } from './touch.ts'

/** A state met while a whole timeline is worked out. */
interface Stretch extends Boundary {
  readonly state: NodeNo
  makerKey: string | null
}

/** The tail of a traceable that is known by name alone: one state, from before anything known. */
export function tailOfFirst(first: NodeNo): TraceableTail {
  return {
    ...noOrder(),
    first,
    state: first,
    maker: null,
    makerKey: null,
    born: false,
    birthKey: null,
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
  remember(tail, row, key, { marks: marksTraceable(row), bounds: tail.state !== before })
}

function addTo(
  tail: TraceableTail,
  row: TouchRow,
  book: ChangeBook,
  drawnInto: (row: TouchRow) => boolean,
): void {
  const isBirth = !tail.born && !row.vessel && !drawnInto(row)
  tail.born = true
  if (!isBirth) {
    const isEmpty = tail.balance !== null && BigInt(tail.balance) <= 0n
    return beginOrJoin(tail, row, book, tail.barrier ? null : isEmpty ? 'assumed' : row.evidence)
  }
  Object.assign(row, { state: tail.first, begins: false, prior: null, heel: null, step: null })
  if (!row.run) tail.birthKey = row.processKey
  if (tail.state === tail.first) {
    tail.maker = row.process
    tail.makerKey = row.processKey
  }
  tail.barrier = false
}

/**
 * A touch by the very process that made the present state tells nothing new of its origin, and joins it: a lot completed
 * in ten steps from the same inputs is one state. Anything else begins a state.
 */
function beginOrJoin(tail: TraceableTail, row: TouchRow, book: ChangeBook, heel: Evidence | null): void {
  const joins = tail.maker !== null && tail.maker === row.process && !tail.barrier
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
    tail.maker = row.process
    tail.makerKey = row.processKey
  }
  row.state = tail.state
  tail.barrier = false
}

const stepNames: { readonly [does: string]: string } = { add: 'heel', renew: 'renew', unit: 'install' }

function weigh(tail: TraceableTail, change: bigint | null): void {
  tail.balance = tail.balance === null || change === null ? null : String(BigInt(tail.balance) + change)
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
  const stretches: Stretch[] = [{ state: tail.first, makerKey: null, at: 0, uncertaintyMs: 0 }]
  const drawnFrom = new Map<TouchRow, number>()
  Object.assign(tail, tailOfFirst(tail.first))
  for (const row of ordered) {
    row.otherStates = null
    placeOnTraceable(tail, row, book, drawnInto)
    const last = stretches.at(-1)
    if (last && last.state === tail.state) last.makerKey = tail.makerKey
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
  while (own > 0 && stretches[own]?.makerKey === row.processKey) own -= 1
  return own
}

function doubtStates(stretches: readonly Stretch[], row: TouchRow, own: number): void {
  const others = stretchesInDoubt(stretches.slice(1), row, own)
    .map((index) => stretches[index])
    .filter((stretch) => stretch !== undefined && stretch.makerKey !== row.processKey)
    .map((stretch) => stretch?.state ?? 0)
  if (others.length > 0) row.otherStates = others
}

function isDraw(row: TouchRow): boolean {
  return row.does === 'draw' || row.does === 'part'
}

function stretchOf(tail: TraceableTail, row: TouchRow): Stretch {
  return {
    state: tail.state,
    makerKey: tail.makerKey,
    at: millisecondsOf(row.at),
    uncertaintyMs: row.uncertaintyMs,
  }
}
