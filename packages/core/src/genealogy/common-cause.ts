import { adjusted, type Counts, fisherEnriched, type OddsRatio, oddsRatioOf } from './fisher.ts'

/** What a unit has behind it, by number: ancestors and circumstances of any kind, each once. */
export type Factors = ReadonlySet<number>

/** A factor that failing units have in common, against good ones. */
export interface Cause extends Counts {
  readonly factor: number
  /** Factors that exactly the same units have: no count can tell them apart. */
  readonly same: readonly number[]
  readonly odds: OddsRatio
  /** Fisher's exact chance, one-sided; then adjusted for the number of tests. */
  readonly chance: number
  readonly bonferroni: number
  readonly falseDiscovery: number
  /** A stronger cause without which this one is no longer more common among failing units than chance allows. */
  readonly explainedBy: number | undefined
}

export interface CommonCauses {
  /** The likeliest first. */
  readonly causes: readonly Cause[]
  /** How many were tested: what the adjusted chances are adjusted for. */
  readonly tested: number
}

/** A cause is worth showing as one only below this adjusted chance. */
export const significance = 0.05
/** Causes that others may be explained by. */
const explainersMax = 3

/**
 * Ranks what failing units have in common by how unlikely it is that good units have it so much less. Tested is whatever at
 * least two units have and not all: a choice that does not look at who failed, so the chances stay honest.
 * O(units * factors of a unit).
 */
export function commonCauses(failing: readonly Factors[], good: readonly Factors[]): CommonCauses {
  const all = counted(failing, good)
  const totals = { failing: failing.length, good: good.length }
  const units = failing.length + good.length
  const groups = new Map<string, { factors: number[]; with: Tally }>()
  for (const [factor, tally] of all) {
    const having = tally.failing + tally.good
    if (having < 2 || having === units) continue
    const key = `${tally.failing} ${tally.good} ${tally.signature}`
    const group = groups.get(key)
    if (group) group.factors.push(factor)
    else groups.set(key, { factors: [factor], with: tally })
  }
  const rows = [...groups.values()].map(({ factors, with: { failing: failingWith, good: goodWith } }) => {
    const counts = { failingWith, goodWith, ...totals }
    return { factors, counts, chance: fisherEnriched(counts) }
  })
  const { bonferroni, falseDiscovery } = adjusted(rows.map(({ chance }) => chance))
  const ranked = rows
    .map((row, index) => ({
      ...row,
      bonferroni: bonferroni[index] ?? 1,
      falseDiscovery: falseDiscovery[index] ?? 1,
    }))
    .filter(({ counts }) => counts.failingWith > 0)
    .sort((a, b) => a.chance - b.chance || (a.factors[0] ?? 0) - (b.factors[0] ?? 0))
  const explained = explanations(
    ranked.filter((row) => row.bonferroni <= significance).map((row) => row.factors[0] ?? 0),
    failing,
    good,
  )
  const causes = ranked.map(({ factors, counts, ...chances }): Cause => {
    const [factor = 0, ...same] = factors
    return {
      factor,
      same,
      ...counts,
      odds: oddsRatioOf(counts),
      ...chances,
      explainedBy: explained.get(factor),
    }
  })
  return { causes, tested: rows.length }
}

interface Tally {
  failing: number
  good: number
  /** The same for two factors only when the same units have them, but for a chance of one in 2^52. */
  signature: number
}

function counted(failing: readonly Factors[], good: readonly Factors[]): Map<number, Tally> {
  const tallies = new Map<number, Tally>()
  const add = (factors: Factors, unit: number, side: 'failing' | 'good'): void => {
    const mark = markOf(unit)
    for (const factor of factors) {
      const tally = tallies.get(factor) ?? { failing: 0, good: 0, signature: 0 }
      tallies.set(factor, tally)
      tally[side] += 1
      tally.signature = (tally.signature + mark) % 4_503_599_627_370_496
    }
  }
  failing.forEach((factors, index) => add(factors, index, 'failing'))
  good.forEach((factors, index) => add(factors, failing.length + index, 'good'))
  return tallies
}

/** A number of 52 bits that looks like chance, the same for each run. */
function markOf(unit: number): number {
  const mixed = (seed: number) => {
    let bits = Math.imul((unit + 1) ^ seed, 0x9e3779b1)
    bits = Math.imul(bits ^ (bits >>> 15), 0x85ebca77)
    return (bits ^ (bits >>> 13)) >>> 0
  }
  return (mixed(0x51ed270b) % 1_048_576) * 4_294_967_296 + mixed(0x2545f491)
}

/**
 * What the strongest causes explain: of the units that have none of those before, those with the cause are left out, and a
 * factor that is then no more common among failing units than chance allows had only come along with it.
 */
function explanations(
  strong: readonly number[],
  failing: readonly Factors[],
  good: readonly Factors[],
): ReadonlyMap<number, number> {
  const explained = new Map<number, number>()
  let [failingLeft, goodLeft] = [failing, good]
  const found = new Set<number>()
  for (const cause of strong) {
    if (explained.has(cause) || found.size === explainersMax) continue
    found.add(cause)
    const without = (factors: Factors) => !factors.has(cause)
    failingLeft = failingLeft.filter(without)
    goodLeft = goodLeft.filter(without)
    const left = counted(failingLeft, goodLeft)
    for (const other of strong) {
      if (found.has(other) || explained.has(other)) continue
      const { failing: failingWith = 0, good: goodWith = 0 } = left.get(other) ?? {}
      const counts = { failingWith, goodWith, failing: failingLeft.length, good: goodLeft.length }
      const isLeft = fisherEnriched(counts) * strong.length <= significance
      if (!isLeft) explained.set(other, cause)
    }
  }
  return explained
}
