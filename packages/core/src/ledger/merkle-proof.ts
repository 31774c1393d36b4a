import { emptyRoot, type Hash, joinHashes, largestPower, type LeafRange, sameHash } from './merkle-tree.ts'

/**
 * The ranges whose roots, in order, are the audit path of a leaf in a tree of `size` leaves (RFC 6962, 2.1.1). O(log n).
 */
export function inclusionPath(index: number, size: number): readonly LeafRange[] {
  const path: LeafRange[] = []
  let [from, to] = [0, size]
  while (to - from > 1) {
    const middle = from + splitOf(to - from)
    const isLeft = index < middle
    path.push(isLeft ? { from: middle, to } : { from, to: middle })
    ;[from, to] = isLeft ? [from, middle] : [middle, to]
  }
  return path.reverse()
}

/**
 * The ranges whose roots, in order, prove that a tree of `size` leaves begins with the tree of its first `old` leaves
 * (RFC 6962, 2.1.2). Empty when there is nothing to prove. O(log n).
 */
export function consistencyPath(old: number, size: number): readonly LeafRange[] {
  if (old === 0 || old === size) return []
  const path: LeafRange[] = []
  let [from, to] = [0, size]
  while (to !== old) {
    const middle = from + splitOf(to - from)
    const isLeft = old <= middle
    path.push(isLeft ? { from: middle, to } : { from, to: middle })
    ;[from, to] = isLeft ? [from, middle] : [middle, to]
  }
  // Whoever checks has the old root itself, where the old tree is one complete subtree on the left edge.
  if (from !== 0) path.push({ from, to })
  return path.reverse()
}

/** The largest power of two that is less than `size`: where RFC 6962 splits. */
function splitOf(size: number): number {
  const power = largestPower(size)
  return power === size ? size / 2 : power
}

/** A claim that a leaf is in a tree. */
export interface InclusionProof {
  readonly index: number
  readonly size: number
  readonly leaf: Hash
  readonly root: Hash
  readonly path: readonly Hash[]
}

/** Whether the path leads from the leaf to the root (RFC 9162, 2.1.3.2). */
export function provesInclusion({ index, size, leaf, root, path }: InclusionProof): boolean {
  if (!isCount(index) || !isCount(size) || index >= size) return false
  let [at, last, hash] = [index, size - 1, leaf]
  for (const sibling of path) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      hash = joinHashes(sibling, hash)
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)]
    } else hash = joinHashes(hash, sibling)
    ;[at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
  }
  return last === 0 && sameHash(hash, root)
}

/** A claim that a tree begins with an older one. */
export interface ConsistencyProof {
  readonly old: { readonly size: number; readonly root: Hash }
  readonly now: { readonly size: number; readonly root: Hash }
  readonly path: readonly Hash[]
}

/** Whether the path shows that the tree of now has the old one as its beginning (RFC 9162, 2.1.4.2). */
export function provesConsistency({ old, now, path }: ConsistencyProof): boolean {
  if (!isCount(old.size) || !isCount(now.size) || old.size > now.size) return false
  if (old.size === now.size) return path.length === 0 && sameHash(old.root, now.root)
  if (old.size === 0) return path.length === 0 && sameHash(old.root, emptyRoot)
  const [first, ...rest] = largestPower(old.size) === old.size ? [old.root, ...path] : path
  if (!first) return false
  let [at, last] = [old.size - 1, now.size - 1]
  while (at % 2 === 1) [at, last] = [(at - 1) / 2, Math.floor(last / 2)]
  let [before, after] = [first, first]
  for (const hash of rest) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      ;[before, after] = [joinHashes(hash, before), joinHashes(hash, after)]
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)]
    } else after = joinHashes(after, hash)
    ;[at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
  }
  return last === 0 && sameHash(before, old.root) && sameHash(after, now.root)
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}
