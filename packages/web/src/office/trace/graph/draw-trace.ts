import { evidences, rings, type Evidence, type Ring } from '@lotline/core/genealogy/touch'
import type { LaneEdge, LaneNode, Lanes, Quantity } from '#shared/answer-shapes.ts'
import { sumDecimals } from '#shared/decimals.ts'
import { drawnMax, folded } from './fold.ts'
import { laneNames, type PartLink, partsOf, type TraceSet } from './trace-parts.ts'

/**
 * The picture of a trace: fixed lanes from supplier to customer, what is alike folded into one box with its range, count
 * and quantity. Roots, gaps and what is held are never lost in a fold of others. At most `max` boxes.
 */
export function drawTrace(set: TraceSet, max = drawnMax): Lanes {
  const { things, links } = partsOf(set)
  const boxOf = folded(
    [...things.values()].map(foldable),
    links.map(({ from, to }) => [from, to] as const),
    max,
  )
  const groups = grouped([...things.values()], ({ key }) => boxOf.get(key) ?? key)
  const keys = new Map(
    [...groups.values()].flatMap((members) =>
      members.map(({ key }) => [key, members[0]?.key ?? key] as const),
    ),
  )
  const nodes = [...groups.values()].map(boxOfAll)
  return {
    lanes: laneNames.map((name) => ({ name, count: countIn(nodes, name) })),
    nodes,
    edges: edgesBetween(links, keys),
  }
}

function foldable(node: LaneNode) {
  const { key, lane, label, kind, item, status, held, gap, root, ring } = node
  const own = root || gap ? key : ''
  const unnamed = [lane, kind, item, kind === 'customer' ? label : '', status, held, ring, own].join('|')
  const alike = kind === 'process' || kind === 'shipment' ? `${unnamed}|${label}` : unnamed
  return { key, alike, unnamed, kin: own === '' ? [lane, kind, held].join('|') : unnamed }
}

function boxOfAll(members: readonly LaneNode[]): LaneNode {
  const first = members[0]
  if (!first || members.length === 1) return first ?? never()
  const labels = members
    .map(({ label }) => label)
    .toSorted(new Intl.Collator('en', { numeric: true }).compare)
  const items = new Set(members.map(({ item }) => item))
  const names = new Set(labels)
  return {
    ...first,
    label: names.size === 1 ? (labels[0] ?? '') : `${labels[0]} … ${labels.at(-1)}`,
    item: items.size === 1 ? first.item : null,
    count: members.length,
    quantity: sumOf(members.map(({ quantity }) => quantity)),
    ring: weakestRing(members.map(({ ring }) => ring)),
    members: members.flatMap((one) => one.members),
  }
}

/** Links between boxes: what went along all the facts they stand for, each fact once. */
function edgesBetween(links: readonly PartLink[], keys: ReadonlyMap<string, string>): LaneEdge[] {
  const groups = grouped(links, ({ from, to }) => `${keys.get(from)} ${keys.get(to)}`)
  return [...groups.values()].flatMap((facts) => {
    const [from, to] = [keys.get(facts[0]?.from ?? ''), keys.get(facts[0]?.to ?? '')]
    if (from === undefined || to === undefined || from === to) return []
    const sources = new Set(facts.map((fact) => fact.from))
    const targets = new Set(facts.map((fact) => fact.to))
    return [
      {
        from,
        to,
        quantity: sumOf(once(facts).map(({ quantity }) => quantity)),
        shared: facts.some(({ shared }) => shared),
        shareOfSource:
          sources.size === 1 ? shareSum(once(facts).map(({ shareOfSource }) => shareOfSource)) : null,
        shareOfTarget:
          targets.size === 1 ? shareSum(once(facts).map(({ shareOfTarget }) => shareOfTarget)) : null,
        evidence: weakestEvidence(facts.map(({ evidence }) => evidence)),
        count: facts.length,
      },
    ]
  })
}

/** What went into a step that many things came out of is one fact, told once for each of them. */
function once(facts: readonly PartLink[]): readonly PartLink[] {
  return [
    ...new Map(
      facts.map((link, at) => [link.shared ? `${link.from} ${link.fact}` : String(at), link]),
    ).values(),
  ]
}

/** Quantities of different units, or where one is not recorded, have no sum. */
function sumOf(quantities: readonly (Quantity | null)[]): Quantity | null {
  const known = quantities.flatMap((quantity) => quantity ?? [])
  const unit = known[0]?.unit
  if (unit === undefined || known.length < quantities.length || known.some((one) => one.unit !== unit))
    return null
  return { value: sumDecimals(known.map(({ value }) => value)), unit }
}

function shareSum(shares: readonly (string | null)[]): string | null {
  const known = shares.flatMap((share) => share ?? [])
  const sum = known.length === shares.length ? sumDecimals(known) : null
  return sum !== null && Number(sum) <= 1 ? sum : null
}

function weakestRing(found: readonly Ring[]): Ring {
  return rings.findLast((ring) => found.includes(ring)) ?? 'proven'
}

function weakestEvidence(found: readonly Evidence[]): Evidence {
  return evidences.findLast((evidence) => found.includes(evidence)) ?? 'declared'
}

/** How many things stand in a lane; steps are on the way, not in it. */
function countIn(nodes: readonly LaneNode[], lane: string): number {
  return nodes
    .filter((node) => node.lane === lane && node.kind !== 'process')
    .reduce((sum, { count }) => sum + count, 0)
}

function grouped<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of list) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return groups
}

function never(): never {
  throw new Error('a group has at least one member')
}
