/** At most so many boxes are drawn; more cannot be read. */
export const drawnMax = 250
/** Fewer alike stay apart: three of a kind are a pattern, two are a comparison. */
const foldMin = 3

/** A thing to draw. What is told apart by `alike` never shares a box, what is told apart by `kin` only when there is room. */
export interface Foldable {
  readonly key: string
  /** Everything that must agree: lane, item, kind, state, ring. Unique for what must never be lost in a fold. */
  readonly alike: string
  /** The coarser likeness that is used when there are too many boxes. */
  readonly kin: string
}

/**
 * Gives each thing the box it is drawn in: its own, or one shared with three or more that are alike and linked to the same
 * boxes. Where that leaves more than `max`, what is alike shares a box whatever its links, and at last all kin do.
 * Partition refinement: O(rounds * (things + links)), with as many rounds as the drawing is deep.
 */
export function folded(
  things: readonly Foldable[],
  links: readonly (readonly [from: string, to: string])[],
  max = drawnMax,
): ReadonlyMap<string, string> {
  const steps = [
    () => apartWhenFew(refined(things, links), foldMin),
    () => new Map(things.map(({ key, alike }) => [key, alike])),
    () => new Map(things.map(({ key, kin }) => [key, kin])),
  ]
  let boxes: ReadonlyMap<string, string> = new Map()
  for (const step of steps) {
    boxes = step()
    if (new Set(boxes.values()).size <= max) break
  }
  return boxes
}

/** Begins with all that is alike in one group, and splits groups until their members are linked to the same groups. */
function refined(
  things: readonly Foldable[],
  links: readonly (readonly [string, string])[],
): Map<string, string> {
  let groups = new Map(things.map(({ key, alike }) => [key, alike]))
  for (let count = -1; ;) {
    const numbers = new Map([...new Set(groups.values())].map((group, at) => [group, at]))
    if (numbers.size === count) return groups
    count = numbers.size
    const numberOf = (key: string): number => numbers.get(groups.get(key) ?? '') ?? -1
    const around = new Map<string, Set<string>>(things.map(({ key }) => [key, new Set()]))
    for (const [from, to] of links) {
      around.get(from)?.add(`>${numberOf(to)}`)
      around.get(to)?.add(`<${numberOf(from)}`)
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
