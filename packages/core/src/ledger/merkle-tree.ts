import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { assert } from '../base/assert.ts'

/** SHA-256 of a leaf or of a subtree: 32 bytes. */
export type Hash = Uint8Array

/** Makes the hash of a node from those of its children. The server gives a quicker one with the same results. */
export type JoinHashes = (left: Hash, right: Hash) => Hash

/** The node hash of RFC 6962 section 2.1: SHA-256(0x01 || left || right). */
export const joinHashes: JoinHashes = (left, right) => sha256(concatBytes(nodePrefix, left, right))

const nodePrefix = Uint8Array.of(1)

/** The root of the empty tree. */
export const emptyRoot: Hash = sha256(new Uint8Array())

/** Leaves from `from` on, up to and without `to`. */
export interface LeafRange {
  readonly from: number
  readonly to: number
}

/** A complete subtree: the 2^level leaves from index * 2^level on. */
export interface Subtree {
  readonly level: number
  readonly index: number
}

/**
 * The complete subtrees a range consists of, largest first. The range must begin at a multiple of its first subtree's size,
 * as every range that RFC 6962 splits off does. O(log n).
 */
export function subtreesOf(range: LeafRange): readonly Subtree[] {
  const parts: Subtree[] = []
  let { from } = range
  for (let size = largestPower(range.to - from); size >= 1; size /= 2) {
    if (range.to - from < size) continue
    assert(from % size === 0, 'a range of the tree begins where its subtrees do')
    parts.push({ level: Math.log2(size), index: from / size })
    from += size
  }
  return parts
}

/** The hash over a range from those of its complete subtrees (`subtreesOf`), in the same order. */
export function rootOf(parts: readonly Hash[], join: JoinHashes = joinHashes): Hash {
  return (
    parts.reduceRight<Hash | undefined>((right, left) => (right ? join(left, right) : left), undefined) ??
    emptyRoot
  )
}

/** The largest power of two that is not greater; 0 for 0. Sizes pass 2^31, so there are no bit operations. */
export function largestPower(size: number): number {
  if (size < 1) return 0
  let power = 1
  while (power * 2 <= size) power *= 2
  return power
}

/** A subtree that an added leaf has completed. */
export interface Completed extends Subtree {
  readonly hash: Hash
}

/**
 * A tree that grows leaf by leaf and remembers only the roots of its complete subtrees (a compact range): O(log n) memory,
 * O(1) hashes for a leaf on average, O(log n) for a root.
 */
export class GrowingTree {
  readonly #join: JoinHashes
  readonly #peaks: Completed[]
  #size: number

  /** Goes on from `size` leaves, given the hashes of `subtreesOf({ from: 0, to: size })`. */
  constructor(size = 0, peaks: readonly Hash[] = [], join: JoinHashes = joinHashes) {
    const subtrees = subtreesOf({ from: 0, to: size })
    assert(subtrees.length === peaks.length, 'one hash for each complete subtree')
    this.#size = size
    this.#join = join
    this.#peaks = subtrees.map((subtree, at) => ({ ...subtree, hash: peaks[at] ?? emptyRoot }))
  }

  get size(): number {
    return this.#size
  }

  /** Adds a leaf and gives the subtrees of two and more leaves that it completed, smallest first. */
  append(leaf: Hash): readonly Completed[] {
    const completed: Completed[] = []
    let node: Completed = { level: 0, index: this.#size, hash: leaf }
    let left = this.#peaks.at(-1)
    while (left && left.level === node.level) {
      this.#peaks.pop()
      node = { level: node.level + 1, index: left.index / 2, hash: this.#join(left.hash, node.hash) }
      completed.push(node)
      left = this.#peaks.at(-1)
    }
    this.#peaks.push(node)
    this.#size++
    return completed
  }

  /** The roots of its complete subtrees, largest first: from them it can go on later. */
  peaks(): readonly Completed[] {
    return [...this.#peaks]
  }

  /** The root of the tree as it stands. */
  root(): Hash {
    return rootOf(
      this.#peaks.map((peak) => peak.hash),
      this.#join,
    )
  }
}

/** Whether two hashes are the same. */
export function sameHash(a: Hash, b: Hash): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}
