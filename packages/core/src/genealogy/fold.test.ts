import fc from 'fast-check'
import { expect, it } from 'vitest'
import { drawnMax, fold, type Likeness, unfold } from './fold.ts'

const letters = (names: readonly string[]) => Int32Array.from(names, (name) => name.charCodeAt(0))

/** `a1 a2 > b1`: things by their letter, linked each to each; boxes as text. */
function drawing(text: string, max?: number): string {
  const names = [...new Set(text.match(/\w+/g))]
  const links = text.split('|').flatMap((rule) => {
    const [left = '', right = ''] = rule.split('>').map((side) => side.trim())
    return left
      .split(' ')
      .flatMap((from) => right.split(' ').map((to) => [names.indexOf(from), names.indexOf(to)] as const))
  })
  const by = letters(names)
  const ways: Likeness[] = [
    { by, links: 'both' },
    { by, links: 'right' },
    { by, links: 'none' },
    { by: new Int32Array(names.length), links: 'none' },
  ]
  return asText(names, fold(pairs(links), ways, max))
}

function pairs(links: readonly (readonly [number, number])[]) {
  return { from: Int32Array.from(links, ([from]) => from), to: Int32Array.from(links, ([, to]) => to) }
}

function asText(names: readonly string[], boxes: Int32Array): string {
  const groups = new Map<number, string[]>()
  boxes.forEach((box, at) => groups.set(box, [...(groups.get(box) ?? []), names[at] ?? '']))
  return [...groups.values()].map((members) => members.join('+')).join(' ')
}

it('[C1] three or more that are alike and linked to the same share a box', () => {
  expect(drawing('p > u1 u2 u3 | u1 u2 u3 > s')).toBe('p u1+u2+u3 s')
})

it('[C1] two stay apart, and so do those that went elsewhere', () => {
  expect(drawing('p > u1 u2')).toBe('p u1 u2')
  expect(drawing('p > u1 u2 u3 u4 u5 u6 | u1 u2 u3 > s | u4 u5 u6 > t')).toBe('p u1+u2+u3 u4+u5+u6 s t')
})

it('[C1] units that each have their own step fold together with their steps', () => {
  expect(drawing('m > p1 p2 p3 | p1 > u1 | p2 > u2 | p3 > u3')).toBe('m p1+p2+p3 u1+u2+u3')
})

it('[C1] too many boxes fold further, whatever their links', () => {
  expect(drawing('a > b1 b2 | b1 > c1 | b2 > c2', 3)).toBe('a b1+b2 c1+c2')
  expect(drawing('a > b1 b2 | b1 > c1 | b2 > c2', 1)).toBe('a+b1+b2+c1+c2')
})

it('[C1] more than a glance takes in folds by a coarser likeness, as long as links agree', () => {
  const orders = Array.from({ length: 60 }, (_, at) => at)
  const names = ['lot', ...orders.flatMap((no) => [`order ${no}`, `unit ${no}`])]
  const links = pairs(orders.flatMap((no) => [[0, 1 + no * 2] as const, [1 + no * 2, 2 + no * 2] as const]))
  const kinds = letters(names)
  const each = Int32Array.from(names, (name, at) => (name.startsWith('order') ? 1000 + at : 1))
  const ways: Likeness[] = [
    { by: each, links: 'both' },
    { by: kinds, links: 'both' },
  ]
  expect(new Set(fold(links, ways)).size).toBe(3)
})

it('[C1] folds exactly what has the same links, on random drawings', () => {
  const pair = fc.tuple(fc.nat(30), fc.nat(30))
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 40 }), fc.integer({ min: 1, max: 4 }), (links, kinds) => {
      const by = Int32Array.from({ length: 31 }, (_, at) => at % kinds)
      const found = fold(pairs(links), [{ by, links: 'both' }])
      expect(asText([...by.keys()].map(String), found)).toBe(
        asText([...by.keys()].map(String), bruteForce(by, links)),
      )
    }),
    { numRuns: 200, seed: 20260108 },
  )
})

/** Splits groups by the whole text of their links until nothing changes. */
function bruteForce(by: Int32Array, links: readonly (readonly [number, number])[]): Int32Array {
  let names = [...by].map(String)
  for (let round = 0; round < by.length; round++) {
    const around = names.map((own, thing) => [
      own,
      ...new Set(
        links
          .flatMap(([from, to]) => [
            ...(from === thing ? [`>${names[to]}`] : []),
            ...(to === thing ? [`<${names[from]}`] : []),
          ])
          .sort(),
      ),
    ])
    const known = [...new Set(around.map((words) => words.join(' ')))]
    names = around.map((words) => String(known.indexOf(words.join(' '))))
  }
  const size = (name: string) => names.filter((other) => other === name).length
  const boxes = names.map((name, thing) => (size(name) < 3 ? `own ${thing}` : name))
  return Int32Array.from(boxes, (box) => boxes.indexOf(box))
}

it('[C1] there are never more boxes than can be read, and what is unlike in the coarsest way stays apart', () => {
  const pair = fc.tuple(fc.nat(400), fc.nat(400))
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 500 }), (links) => {
      const things = Array.from({ length: 401 }, (_, at) => at)
      const kin = Int32Array.from(things, (at) => at % 7)
      const found = fold(pairs(links), [
        { by: Int32Array.from(things, (at) => at % 300), links: 'both' },
        { by: kin, links: 'none' },
      ])
      expect(new Set(found).size).toBeLessThanOrEqual(drawnMax)
      const inside = new Map<number, Set<number>>()
      found.forEach((box, at) => inside.set(box, (inside.get(box) ?? new Set()).add(at % 7)))
      for (const kinds of inside.values()) expect(kinds.size).toBe(1)
    }),
    { numRuns: 30, seed: 20260109 },
  )
})

it('[C1] a box opens in place, fifty at a time, and goes on from the first of the others', () => {
  const boxes = Int32Array.from({ length: 9 }, (_, at) => (at === 0 ? 0 : 1))
  const names = [...boxes.keys()].map(String)
  expect(asText(names, unfold(boxes, [1], 3))).toBe('0 1 2 3 4+5+6+7+8')
  expect(asText(names, unfold(boxes, [1, 4], 3))).toBe('0 1 2 3 4 5 6 7+8')
  expect(asText(names, unfold(boxes, [2], 3))).toBe('0 1+2+3+4+5+6+7+8')
})
