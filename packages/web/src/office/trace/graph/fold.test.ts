import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawnMax, folded } from './fold.ts'

/** `a1 a2 > b1`: things by their letter, linked each to each. */
function boxes(text: string, max?: number): string {
  const words = [...new Set(text.match(/\w+/g))]
  const things = words.map((key) => ({ key, alike: key.slice(0, 1), unnamed: key.slice(0, 1), kin: 'all' }))
  const links = text.split('|').flatMap((rule) => {
    const [left = '', right = ''] = rule.split('>').map((side) => side.trim())
    return left.split(' ').flatMap((from) => right.split(' ').map((to) => [from, to] as const))
  })
  const groups = new Map<string, string[]>()
  for (const [key, box] of folded(things, links, max)) groups.set(box, [...(groups.get(box) ?? []), key])
  return [...groups.values()].map((keys) => keys.join('+')).join(' ')
}

test('[C1] three or more that are alike and linked to the same share a box', () => {
  expect(boxes('p > u1 u2 u3 | u1 u2 u3 > s')).toBe('p u1+u2+u3 s')
})

test('[C1] two stay apart, and so do those that went elsewhere', () => {
  expect(boxes('p > u1 u2')).toBe('p u1 u2')
  expect(boxes('p > u1 u2 u3 u4 u5 u6 | u1 u2 u3 > s | u4 u5 u6 > t')).toBe('p u1+u2+u3 u4+u5+u6 s t')
})

test('[C1] units that each have their own step fold together with their steps', () => {
  expect(boxes('m > p1 p2 p3 | p1 > u1 | p2 > u2 | p3 > u3')).toBe('m p1+p2+p3 u1+u2+u3')
})

test('[C1] too many boxes fold further, whatever their links', () => {
  expect(boxes('a > b1 b2 | b1 > c1 | b2 > c2', 3)).toBe('a b1+b2 c1+c2')
  expect(boxes('a > b1 b2 | b1 > c1 | b2 > c2', 1)).toBe('a+b1+b2+c1+c2')
})

test('[C1] there are never more boxes than can be read while kin are few', () => {
  const pair = fc.tuple(fc.nat(400), fc.nat(400))
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 500 }), (pairs) => {
      const things = Array.from({ length: 401 }, (_, at) => ({
        key: `${at}`,
        alike: `${at % 300}`,
        unnamed: `${at % 290}`,
        kin: `${at % 7}`,
      }))
      const found = folded(
        things,
        pairs.map(([from, to]) => [`${from}`, `${to}`] as const),
      )
      expect(found.size).toBe(401)
      expect(new Set(found.values()).size).toBeLessThanOrEqual(drawnMax)
    }),
    { numRuns: 30 },
  )
})

test('[C1] more than a glance takes in folds steps of different orders, as long as their links agree', () => {
  const at = Array.from({ length: 60 }, (_, index) => index)
  const thing = (key: string, alike: string, unnamed: string) => ({ key, alike, unnamed, kin: 'all' })
  const things = [
    thing('lot', 'lot', 'lot'),
    ...at.flatMap((no) => [
      thing(`order ${no}`, `order ${no}`, 'order'),
      thing(`unit ${no}`, 'unit', 'unit'),
    ]),
  ]
  const links = at.flatMap((no) => [['lot', `order ${no}`] as const, [`order ${no}`, `unit ${no}`] as const])
  expect(new Set(folded(things, links).values()).size).toBe(3)
  expect(new Set(folded(things.slice(0, 21), links.slice(0, 20)).values()).size).toBe(21)
})
