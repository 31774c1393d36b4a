import { expect, test } from 'vitest'
import type { GraphEdge } from '../genealogy/engine.ts'
import { minute } from '../genealogy/notation.testing.ts'
import { laneLinks, stepsAmong } from './lane-links.ts'

/** `A > p`: things in capitals, processes small. `w...` is order work with a name, `H...` a supplier's lot. */
function drawn(text: string): string {
  const names: string[] = []
  const no = (name: string) => {
    if (!names.includes(name)) names.push(name)
    return names.indexOf(name) + 1
  }
  const edges = text.split('|').map((rule, index): GraphEdge => {
    const [source = '', target = '', doubt] = rule.trim().split(/\s*>\s*|\s+(?=\?)/)
    return {
      ...{ no: index + 1, source: no(source), target: no(target), kind: 'material' },
      ...{ evidence: doubt ? 'prorated' : 'scanned', amount: null, happenedAt: minute(0), until: null },
      ...{ event: 0, addedAt: 0, retractedAt: null },
    }
  })
  const nameOf = (node: number) => names[node - 1] ?? ''
  const bare = (node: number) => nameOf(node).replace(/\.\d$/, '')
  const nodes = {
    thingOf: (node: number) => (/^[A-Z]/.test(nameOf(node)) ? no(bare(node)) : undefined),
    isNamed: (node: number) => nameOf(node).startsWith('w'),
    isSupplierLot: (thing: number) => nameOf(thing).startsWith('H'),
  }
  const links = laneLinks(edges, nodes, stepsAmong(edges, nodes))
  return links
    .map(({ from, to, evidence }) => `${nameOf(from)}>${nameOf(to)}${evidence > 3 ? '?' : ''}`)
    .sort()
    .join(' ')
}

test('[C1] named work stands between what went in and what came out; a receipt does not', () => {
  expect(drawn('H > wpo | wpo > R | R > w1 | w1 > U1 | w1 > U2')).toBe('H>R R>w1 w1>U1 w1>U2')
  expect(drawn('A > split | split > B | split > C')).toBe('A>B A>C')
})

test('[C1] work that a thing came out of again leads from its parts to it', () => {
  expect(drawn('U > w1 | A > w1 | w1 > U.1')).toBe('A>w1 w1>U.1')
  expect(drawn('U > w1 | w1 > U.1')).toBe('')
})

test('[C1] what a run carries on leads from step to step, and without a name it is passed through', () => {
  expect(drawn('A > w1 | w1 > carried | carried > w2 | w2 > B')).toBe('A>w1 w1>w2 w2>B')
  expect(drawn('A > p1 | p1 > carried | carried > p2 | p2 > B')).toBe('A>B')
})

test('[C5] a way is only as sure as its weakest edge', () => {
  expect(drawn('A > p | p > B ?')).toBe('A>B?')
})

test('[C1] many to many without a name get a box, so that lines do not hide everything', () => {
  const many = (count: number, edge: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => edge(at))
  const text = [...many(9, (at) => `A${at} > mix`), ...many(9, (at) => `mix > B${at}`)].join(' | ')
  expect(drawn(text).split(' ')).toHaveLength(18)
  const few = [...many(2, (at) => `A${at} > mix`), ...many(2, (at) => `mix > B${at}`)].join(' | ')
  expect(drawn(few).split(' ')).toHaveLength(4)
})
