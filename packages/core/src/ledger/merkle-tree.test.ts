import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { leafHash } from './envelope.ts'
import { consistencyPath, inclusionPath, provesConsistency, provesInclusion } from './merkle-proof.ts'
import {
  type Completed,
  emptyRoot,
  GrowingTree,
  type Hash,
  joinHashes,
  type LeafRange,
  rootOf,
  subtreesOf,
} from './merkle-tree.ts'

const leafOf = (text: string): Hash => hexToBytes(leafHash(hexToBytes(text)))
const leaves = (count: number, first = 0): Hash[] =>
  Array.from({ length: count }, (_, at) => sha256(Uint8Array.of((first + at) & 255, (first + at) >> 8)))

/** The definition of RFC 6962, 2.1, word for word: the oracle. */
function definedRoot(list: readonly Hash[]): Hash {
  if (list.length === 0) return emptyRoot
  if (list.length === 1) return list[0]!
  let split = 1
  while (split * 2 < list.length) split *= 2
  return joinHashes(definedRoot(list.slice(0, split)), definedRoot(list.slice(split)))
}

const growing = (list: readonly Hash[]): GrowingTree => {
  const tree = new GrowingTree()
  for (const leaf of list) tree.append(leaf)
  return tree
}
const pathOf = (ranges: readonly LeafRange[], list: readonly Hash[]): Hash[] =>
  ranges.map(({ from, to }) => definedRoot(list.slice(from, to)))

test('[F1] the roots are those that the logs of certificate transparency were tested with', () => {
  const inputs = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ]
  const roots = [
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ]
  const tree = new GrowingTree()
  expect(bytesToHex(tree.root())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  const given = inputs.map((input) => {
    tree.append(leafOf(input))
    return bytesToHex(tree.root())
  })
  expect(given).toEqual(roots)
})

test('[F1] a growing tree has the root of the definition at every size, and can go on from its peaks', () => {
  const list = leaves(70)
  const tree = new GrowingTree()
  const subtrees = new Map<string, Completed>()
  list.forEach((leaf, at) => {
    for (const each of tree.append(leaf)) subtrees.set(`${each.level}/${each.index}`, each)
    expect(tree.root(), `size ${at + 1}`).toEqual(definedRoot(list.slice(0, at + 1)))
    const peaks = subtreesOf({ from: 0, to: at + 1 }).map(({ level, index }) =>
      level === 0 ? list[index]! : subtrees.get(`${level}/${index}`)!.hash,
    )
    expect(rootOf(peaks)).toEqual(tree.root())
    const again = new GrowingTree(at + 1, peaks)
    again.append(sha256(Uint8Array.of(7)))
    expect(again.root()).toEqual(definedRoot([...list.slice(0, at + 1), sha256(Uint8Array.of(7))]))
  })
  for (const { level, index, hash } of subtrees.values())
    expect(hash).toEqual(definedRoot(list.slice(index * 2 ** level, (index + 1) * 2 ** level)))
})

test('[F1] every leaf of every tree up to 40 is proven, and no wrong leaf, place, size or path is', () => {
  for (let size = 1; size <= 40; size++) {
    const list = leaves(size)
    const root = growing(list).root()
    for (let index = 0; index < size; index++) {
      const proof = { index, size, leaf: list[index]!, root, path: pathOf(inclusionPath(index, size), list) }
      expect(provesInclusion(proof), `${index} of ${size}`).toBe(true)
      expect(provesInclusion({ ...proof, leaf: emptyRoot })).toBe(false)
      expect(provesInclusion({ ...proof, root: emptyRoot })).toBe(false)
      expect(provesInclusion({ ...proof, path: [...proof.path, emptyRoot] })).toBe(false)
      if (size > 1) {
        expect(provesInclusion({ ...proof, index: (index + 1) % size })).toBe(false)
        expect(provesInclusion({ ...proof, path: proof.path.slice(1) })).toBe(false)
      }
    }
  }
  expect(provesInclusion({ index: 0, size: 0, leaf: emptyRoot, root: emptyRoot, path: [] })).toBe(false)
})

test('[F1] every tree up to 40 proves each of its beginnings, and no changed one', () => {
  for (let size = 0; size <= 40; size++) {
    const list = leaves(size)
    const now = { size, root: growing(list).root() }
    for (let old = 0; old <= size; old++) {
      const path = pathOf(consistencyPath(old, size), list)
      const proof = { old: { size: old, root: growing(list.slice(0, old)).root() }, now, path }
      expect(provesConsistency(proof), `${old} of ${size}`).toBe(true)
      expect(provesConsistency({ ...proof, old: { ...proof.old, root: leaves(1, 900)[0]! } })).toBe(false)
      expect(provesConsistency({ ...proof, path: [...path, emptyRoot] })).toBe(false)
      if (old > 0)
        expect(provesConsistency({ ...proof, now: { size, root: leaves(1, 901)[0]! } })).toBe(false)
      if (path.length > 0) expect(provesConsistency({ ...proof, path: path.slice(1) })).toBe(false)
    }
  }
  expect(
    provesConsistency({ old: { size: 2, root: emptyRoot }, now: { size: 1, root: emptyRoot }, path: [] }),
  ).toBe(false)
})

test('[F1] one changed, moved or missing leaf among thousands changes the root', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 3_000 }), fc.nat(), fc.nat(), (size, one, other) => {
      const list = leaves(size)
      const [a, b] = [one % size, other % size]
      const root = growing(list).root()
      const changed = list.with(a, sha256(Uint8Array.of(1, 2, 3)))
      expect(growing(changed).root()).not.toEqual(root)
      expect(growing(list.toSpliced(a, 1)).root()).not.toEqual(root)
      if (a !== b) expect(growing(list.with(a, list[b]!).with(b, list[a]!)).root()).not.toEqual(root)
      const path = pathOf(inclusionPath(b, size), list)
      expect(provesInclusion({ index: b, size, leaf: list[b]!, root, path })).toBe(true)
      if (a !== b)
        expect(provesInclusion({ index: b, size, leaf: list[b]!, root: growing(changed).root(), path })).toBe(
          false,
        )
    }),
    { numRuns: 25 },
  )
})

test('[F1] sizes beyond what 32 bits hold keep their shape', () => {
  const size = 2 ** 40 + 3
  expect(subtreesOf({ from: 0, to: size })).toEqual([
    { level: 40, index: 0 },
    { level: 1, index: 2 ** 39 },
    { level: 0, index: 2 ** 40 + 2 },
  ])
  expect(inclusionPath(2 ** 40 + 2, size)).toEqual([
    { from: 2 ** 40, to: 2 ** 40 + 2 },
    { from: 0, to: 2 ** 40 },
  ])
  expect(consistencyPath(2 ** 40, size)).toEqual([{ from: 2 ** 40, to: size }])
})
