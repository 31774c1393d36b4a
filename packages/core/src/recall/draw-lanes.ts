import { type Amount, decimalOf, plainDecimal } from '../base/quantity.ts'
import { drawnMax, fold, type Likeness, unfold } from '../genealogy/fold.ts'
import { evidences, rings } from '../genealogy/touch.ts'
import { type LaneName, laneNames, type LaneNode } from './lanes-shape.ts'
import type { QuantityText } from './shapes.ts'

/** An amount that can be added to others of its unit. */
export interface Measured {
  readonly amount: Amount
  readonly unit: string
  readonly scale: number
}

/** What is drawn before anything is folded. */
export interface LaneThing {
  readonly key: string
  /** Number of a traceable; null for a step, shipment or customer. */
  readonly id: string | null
  readonly lane: LaneName
  readonly label: string
  readonly kind: string
  readonly item: string | null
  readonly quantity: Measured | null
  /** Index into `rings`. */
  readonly ring: number
  readonly status: string | null
  readonly held: boolean
  readonly gap: boolean
  readonly root: boolean
}

/** One recorded fact between two things, by their indexes. */
export interface LaneFact {
  readonly from: number
  readonly to: number
  /** Facts of one number are the same one, met once for each thing that came of it. */
  readonly fact: number
  readonly quantity: Measured | null
  /** Index into `evidences`. */
  readonly evidence: number
}

/** A line of the drawing, with the facts it stands for, each once. */
export interface LaneLine<Fact extends LaneFact> {
  readonly from: string
  readonly to: string
  readonly quantity: QuantityText | null
  readonly evidence: (typeof evidences)[number]
  readonly count: number
  readonly facts: readonly Fact[]
}

export interface DrawnLanes<Fact extends LaneFact> {
  readonly lanes: { name: LaneName; count: number }[]
  readonly nodes: LaneNode[]
  readonly lines: LaneLine<Fact>[]
  /** The indexes of the things in each box, in order. */
  readonly inside: ReadonlyMap<string, readonly number[]>
  readonly opened: string[]
}

/** Traceables named in a box at most; `count` is of all. */
const membersMax = 2_000
/** Boxes opened at once at most: each adds fifty, and 250 are drawn. */
export const openedMax = 4
const opening = 50

/**
 * Folds what there is to draw into at most 250 boxes and sums up what each holds and what each line stands for. Roots, gaps
 * and what is held never share a box with others. O((things + facts) * rounds).
 */
export function drawLanes<Fact extends LaneFact>(
  things: readonly LaneThing[],
  facts: readonly Fact[],
  open: readonly string[] = [],
): DrawnLanes<Fact> {
  const links = {
    from: Int32Array.from(facts, (fact) => fact.from),
    to: Int32Array.from(facts, (fact) => fact.to),
  }
  const wanted = open.slice(0, openedMax)
  const boxes = fold(links, likenesses(things), drawnMax - opening * wanted.length)
  const indexes = new Map(things.map((thing, index) => [thing.key, index]))
  const asked = wanted.filter((key) => indexes.has(key))
  const shown = unfold(
    boxes,
    asked.map((key) => indexes.get(key) ?? 0),
    opening,
  )
  const groups = new Map<number, number[]>()
  shown.forEach((box, index) => {
    const group = groups.get(box)
    if (group) group.push(index)
    else groups.set(box, [index])
  })
  const keys = new Map([...groups].map(([box, [first = 0]]) => [box, things[first]?.key ?? '']))
  const nodes = [...groups.values()].map((group) => boxOf(group.map((index) => things[index] ?? never())))
  return {
    lanes: laneNames.map((name) => ({ name, count: countIn(nodes, name) })),
    nodes,
    lines: linesOf(facts, (thing) => keys.get(shown[thing] ?? -1) ?? ''),
    inside: new Map([...groups].map(([box, group]) => [keys.get(box) ?? '', group])),
    opened: asked,
  }
}

/** From what must agree in everything to what leaves few enough boxes in any plant. */
function likenesses(things: readonly LaneThing[]): Likeness[] {
  const numbered = (wordsOf: (thing: LaneThing) => readonly (string | number | boolean | null)[]) => {
    const numbers = new Map<string, number>()
    return Int32Array.from(things, (thing) => {
      const words = wordsOf(thing).join('|')
      const number = numbers.get(words) ?? numbers.size
      numbers.set(words, number)
      return number
    })
  }
  const isNamed = ({ kind }: LaneThing) => kind === 'process' || kind === 'shipment' || kind === 'customer'
  const own = (thing: LaneThing) => (thing.root || thing.gap ? thing.key : '')
  const must = ({ root, gap, held }: LaneThing) => [root, gap, held]
  const state = (thing: LaneThing) => [
    thing.lane,
    thing.kind,
    thing.item,
    thing.status,
    thing.ring,
    ...must(thing),
    own(thing),
  ]
  const alike = numbered((thing) => [...state(thing), isNamed(thing) ? thing.label : ''])
  const unnamed = numbered((thing) => [...state(thing), thing.kind === 'customer' ? thing.label : ''])
  return [
    { by: alike, links: 'both' },
    { by: unnamed, links: 'both' },
    { by: unnamed, links: 'right' },
    { by: unnamed, links: 'none' },
    { by: numbered((thing) => [thing.lane, thing.kind, own(thing), ...must(thing)]), links: 'none' },
    { by: numbered((thing) => [thing.lane, ...must(thing)]), links: 'none' },
  ]
}

/** The worst comes last, and is what a fold shows. */
const badness = ['released', 'returned', 'pending', 'void', 'expected', 'rejected', 'scrapped']

function boxOf(members: readonly LaneThing[]): LaneNode {
  const first = members[0] ?? never()
  const statuses = new Set(members.map(({ status }) => status))
  const items = new Set(members.map(({ item }) => item))
  const kinds = new Set(members.map(({ kind }) => kind))
  return {
    key: first.key,
    lane: first.lane,
    label: members.length === 1 ? first.label : rangeOf(members),
    kind: kinds.size === 1 ? first.kind : 'traceable',
    item: items.size === 1 ? first.item : null,
    count: members.length,
    quantity: sumOf(members),
    ring: rings[members.reduce((weakest, { ring }) => Math.max(weakest, ring), 0)] ?? 'cannot-exclude',
    status: [...statuses].sort((a, b) => badness.indexOf(a ?? '') - badness.indexOf(b ?? '')).at(-1) ?? null,
    held: members.some(({ held }) => held),
    gap: members.some(({ gap }) => gap),
    root: members.some(({ root }) => root),
    members: members.slice(0, membersMax).flatMap(({ id }) => id ?? []),
  }
}

function rangeOf(members: readonly LaneThing[]): string {
  const { compare } = new Intl.Collator('en', { numeric: true })
  let low = members[0]?.label ?? ''
  let high = low
  for (const { label } of members) {
    if (compare(label, low) < 0) low = label
    if (compare(label, high) > 0) high = label
  }
  return low === high ? low : `${low} … ${high}`
}

/** Lines between boxes: what went along all the facts they stand for, each fact once. */
function linesOf<Fact extends LaneFact>(
  facts: readonly Fact[],
  keyOf: (thing: number) => string,
): LaneLine<Fact>[] {
  const lines = new Map<string, { from: string; to: string; count: number; facts: Map<number, Fact> }>()
  for (const fact of facts) {
    const [from, to] = [keyOf(fact.from), keyOf(fact.to)]
    if (from === to) continue
    const key = `${from}\n${to}`
    const line = lines.get(key) ?? { from, to, count: 0, facts: new Map() }
    lines.set(key, line)
    line.count += 1
    line.facts.set(fact.fact, fact)
  }
  return [...lines.values()].map(({ from, to, count, facts: own }) => {
    const each = [...own.values()]
    const weakest = each.reduce((most, { evidence }) => Math.max(most, evidence), 0)
    const evidence = evidences[weakest] ?? 'candidate'
    return { from, to, quantity: sumOf(each), evidence, count, facts: each }
  })
}

/** Quantities of different units, or where one is not recorded, have no sum. */
function sumOf(all: readonly { readonly quantity: Measured | null }[]): QuantityText | null {
  const unit = all[0]?.quantity?.unit
  if (unit === undefined) return null
  const byScale = new Map<number, Amount>()
  for (const { quantity } of all) {
    if (quantity === null || quantity.unit !== unit) return null
    byScale.set(quantity.scale, (byScale.get(quantity.scale) ?? 0n) + quantity.amount)
  }
  const scale = Math.max(...byScale.keys())
  let sum = 0n
  for (const [own, amount] of byScale) sum += amount * 10n ** BigInt(scale - own)
  return { value: plainDecimal(decimalOf(sum, scale)), unit }
}

/** How many things stand in a lane; steps are on the way, not in it. */
function countIn(nodes: readonly LaneNode[], lane: LaneName): number {
  return nodes
    .filter((node) => node.lane === lane && node.kind !== 'process')
    .reduce((sum, { count }) => sum + count, 0)
}

function never(): never {
  throw new Error('a box has at least one member')
}
