/** At most so many boxes are drawn; more cannot be read. */
export const drawnMax = 250
/** So many are taken in at a glance: folding goes on to here where what is alike but differently named can share a box. */
const glanceMax = 40
/** Fewer alike stay apart: three of a kind are a pattern, two are a comparison. */
const foldMin = 3

/** A thing to draw, by three degrees of likeness. What must never be lost in a fold is unlike anything in all of them. */
export interface Foldable {
  readonly key: string
  /** Everything that must agree: lane, item, kind, state, ring, and the name of a step. */
  readonly alike: string
  /** The same whatever it is named: all runs of an operation, all shipments. */
  readonly unnamed: string
  /** The coarsest likeness, for when nothing else leaves few enough boxes. */
  readonly kin: string
}

type Links = readonly (readonly [from: string, to: string])[]

/**
 * Gives each thing the box it is drawn in: its own, or one shared with three or more that are alike and linked to the same
 * boxes. Where that is more than a glance takes in, names no longer tell steps and shipments apart, then only what things
 * lead to does; where it is more than can be drawn, links no longer do, and at last all kin share a box.
 * Partition refinement: O(rounds * (things + links)), with as many rounds as the drawing is deep.
 */
export function folded(
  things: readonly Foldable[],
  links: Links,
  max = drawnMax,
): ReadonlyMap<string, string> {
  const ways = [
    () => apartWhenFew(refined(things, links, { by: 'alike', side: 'both' }), foldMin),
    () => apartWhenFew(refined(things, links, { by: 'unnamed', side: 'both' }), foldMin),
    () => apartWhenFew(refined(things, links, { by: 'unnamed', side: 'right' }), foldMin),
  ]
  let best: ReadonlyMap<string, string> | undefined
  for (const way of ways) {
    const found = way()
    if (boxCount(found) <= Math.min(max, glanceMax)) return found
    if (boxCount(found) < (best ? boxCount(best) : max + 1)) best = found
  }
  if (best) return best
  const byState = new Map(things.map(({ key, unnamed }) => [key, unnamed]))
  if (boxCount(byState) <= max) return byState
  return new Map(things.map(({ key, kin }) => [key, kin]))
}

function boxCount(boxes: ReadonlyMap<string, string>): number {
  return new Set(boxes.values()).size
}

/** Begins with all that is alike in one group, and splits groups until their members are linked to the same groups. */
function refined(
  things: readonly Foldable[],
  links: Links,
  { by, side }: { by: 'alike' | 'unnamed'; side: 'both' | 'right' },
): Map<string, string> {
  let groups = new Map(things.map((thing) => [thing.key, thing[by]]))
  for (let count = -1; ;) {
    const numbers = new Map([...new Set(groups.values())].map((group, at) => [group, at]))
    if (numbers.size === count) return groups
    count = numbers.size
    const numberOf = (key: string): number => numbers.get(groups.get(key) ?? '') ?? -1
    const around = new Map<string, Set<string>>(things.map(({ key }) => [key, new Set()]))
    for (const [from, to] of links) {
      around.get(from)?.add(`>${numberOf(to)}`)
      if (side === 'both') around.get(to)?.add(`<${numberOf(from)}`)
    }
    groups = new Map(
      things.map(({ key }) => [key, `${numberOf(key)}:${[...(around.get(key) ?? [])].toSorted().join(' ')}`]),
    )
  }
}

function apartWhenFew(groups: ReadonlyMap<string, string>, least: number): Map<string, string> {
  const sizes = new Map<string, number>()
  for (const group of groups.values()) sizes.set(group, (sizes.get(group) ?? 0) + 1)
  return new Map(
    [...groups].map(([key, group]) => [key, (sizes.get(group) ?? 0) < least ? `own ${key}` : group]),
  )
}
