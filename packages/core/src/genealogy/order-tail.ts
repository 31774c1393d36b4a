import { millisecondsOf } from '../base/instant.ts'
import type { OrderTail, TouchRow } from './rows.ts'

/** The order part of the tail of a timeline that has no touch yet. */
export function noOrder(): OrderTail {
  return { lastKey: '', markKey: '', reach: 0, boundaryReach: 0, fuzzy: false, boundaryFuzzy: false }
}

/**
 * Whether a touch can be placed by the tail alone. What changes the course of things (`marks`) must be newer than all; a
 * draw or an output only newer than the last such change. And no unsure clock may blur it with what is there.
 */
export function fitsAtTail(tail: OrderTail, row: TouchRow, key: string, marks: boolean): boolean {
  if (key <= (marks ? tail.lastKey : tail.markKey)) return false
  const [reach, fuzzy] = marks ? [tail.reach, tail.fuzzy] : [tail.boundaryReach, tail.boundaryFuzzy]
  if (reach === 0 || (!fuzzy && row.uncertaintyMs === 0)) return true
  return millisecondsOf(row.at) - row.uncertaintyMs > reach
}

/**
 * Notes a placed touch in its tail. Only draws (outputs of a run) may blur with a boundary: ten inputs scanned within two
 * seconds do not hinder each other.
 */
export function remember(
  tail: OrderTail,
  row: TouchRow,
  key: string,
  did: { marks: boolean; bounds: boolean; mayBlur: boolean },
): void {
  const reach = millisecondsOf(row.at) + row.uncertaintyMs
  const fuzzy = row.uncertaintyMs > 0
  if (key > tail.lastKey) tail.lastKey = key
  if (did.marks && key > tail.markKey) tail.markKey = key
  if (did.mayBlur) {
    if (reach > tail.reach) tail.reach = reach
    tail.fuzzy ||= fuzzy
  }
  if (!did.bounds) return
  if (reach > tail.boundaryReach) tail.boundaryReach = reach
  tail.boundaryFuzzy ||= fuzzy
}

/** A moment at which a timeline went over into something else, and how sure its clock was. */
export interface Boundary {
  readonly at: number
  readonly uncertaintyMs: number
}

/**
 * Which stretches of a timeline a touch may belong to beside its own: those it cannot be told from, because it lies within
 * the clocks' doubt of a boundary between. `boundaries[i]` lies between stretch `i` and `i + 1`. Exact clocks leave no doubt.
 */
export function stretchesInDoubt(boundaries: readonly Boundary[], row: TouchRow, own: number): number[] {
  const at = millisecondsOf(row.at)
  const doubtful = new Set<number>()
  const blurs = (index: number): boolean => {
    const boundary = boundaries[index]
    if (!boundary) return false
    const doubt = boundary.uncertaintyMs + row.uncertaintyMs
    if (doubt === 0 || Math.abs(boundary.at - at) > doubt) return false
    doubtful.add(index).add(index + 1)
    return true
  }
  for (let index = 0; index < boundaries.length; index++) blurs(index)
  doubtful.delete(own)
  return [...doubtful].sort((a, b) => a - b)
}

/** Whether any clock on this timeline leaves a doubt, so that exact timelines pay nothing for the question. */
export function anyDoubt(rows: readonly TouchRow[]): boolean {
  return rows.some((row) => row.uncertaintyMs > 0)
}
