/** At most so many boxes are drawn; more cannot be read. */
export const drawnMax = 250
/** So many are taken in at a glance: folding goes on to here where a coarser likeness allows it. */
export const glanceMax = 40
/** Fewer alike stay apart: three of a kind are a pattern, two are a comparison. */
const foldMin = 3

/** One degree of likeness: things of one number are alike. */
export interface Likeness {
  readonly by: Int32Array
  /** Which links must agree too: both ways, only where things lead to, or none. */
  readonly links: 'both' | 'right' | 'none'
}

/** Links between things, by their indexes: the n-th goes from `from[n]` to `to[n]`. */
export interface FoldLinks {
  readonly from: Int32Array
  readonly to: Int32Array
}

/**
 * Gives each thing the number of the box it is drawn in: its own, or one shared with three or more that are alike and linked
 * to the same boxes. `ways` go from the finest likeness to the coarsest. The first that a glance takes in is taken; else
 * the one of fewest boxes among those that look at links; else the first of the others that can be drawn; else the last.
 *
 * Partition refinement (Paige and Tarjan's idea, by rounds): O(rounds * (things + links)), with as many rounds as the
 * drawing is deep, and an end as soon as a way has more boxes than can be drawn. Two sets of links are told apart by 53 bits
 * of hash; a collision would fold two boxes whose links differ, and never two that are unlike.
 */
export function fold(links: FoldLinks, ways: readonly Likeness[], max = drawnMax): Int32Array {
  const sides = sidesOf(links, ways[0]?.by.length ?? 0)
  let best: Folded | undefined
  for (const way of ways.filter(({ links }) => links !== 'none')) {
    const found = refined(way, sides, max)
    if (found.count <= Math.min(max, glanceMax)) return found.boxes
    if (found.count <= max && (!best || found.count < best.count)) best = found
  }
  if (best) return best.boxes
  let last: Folded = { boxes: new Int32Array(0), count: 0 }
  for (const way of ways.filter(({ links }) => links === 'none')) {
    last = renumbered(way.by)
    if (last.count <= max) return last.boxes
  }
  return last.boxes
}

interface Folded {
  readonly boxes: Int32Array
  readonly count: number
}

/** What each thing is linked to, one thing after the other: those of thing n from `offsets[n]` to `offsets[n + 1]`. */
interface Side {
  readonly offsets: Int32Array
  readonly others: Int32Array
}

function sidesOf({ from, to }: FoldLinks, count: number): { right: Side; left: Side } {
  return { right: sideOf(from, to, count), left: sideOf(to, from, count) }
}

function sideOf(at: Int32Array, others: Int32Array, count: number): Side {
  const offsets = new Int32Array(count + 2)
  for (const thing of at) offsets[thing + 2] = (offsets[thing + 2] ?? 0) + 1
  for (let thing = 0; thing <= count; thing++)
    offsets[thing + 1] = (offsets[thing + 1] ?? 0) + (offsets[thing] ?? 0)
  const placed = new Int32Array(others.length)
  at.forEach((thing, index) => {
    const slot = offsets[thing + 1] ?? 0
    offsets[thing + 1] = slot + 1
    placed[slot] = others[index] ?? 0
  })
  return { offsets, others: placed }
}

/** Begins with all that is alike in one group, and splits groups until their members are linked to the same groups. */
function refined(way: Likeness, sides: { right: Side; left: Side }, max: number): Folded {
  let groups = renumbered(way.by)
  for (let before = -1; groups.count !== before && groups.count <= max;) {
    before = groups.count
    groups = split(groups, way.links === 'both' ? [sides.right, sides.left] : [sides.right])
  }
  return apartWhenFew(groups)
}

/** One round: members of a group stay together when they are linked to the same groups. */
function split({ boxes, count }: Folded, sides: readonly Side[]): Folded {
  const next = new Int32Array(boxes.length)
  const seen = new Int32Array(count).fill(-1)
  const numbers = new Map<number, number>()
  const ownOf: number[] = []
  boxes.forEach((own, thing) => {
    let [high, low] = [0, 0]
    sides.forEach(({ offsets, others }, side) => {
      const stamp = thing * 2 + side
      for (let slot = offsets[thing] ?? 0; slot < (offsets[thing + 1] ?? 0); slot++) {
        const other = boxes[others[slot] ?? 0] ?? 0
        if (seen[other] === stamp) continue
        seen[other] = stamp
        const word = other * 2 + side
        high = (high + mixed(word, 0x9e3779b9)) | 0
        low = (low + mixed(word, 0x85ebca6b)) | 0
      }
    })
    high = mixed(high ^ own, 0xc2b2ae35)
    let key = (high >>> 0) * 2_097_152 + (low >>> 11)
    let number = numbers.get(key)
    while (number !== undefined && ownOf[number] !== own) number = numbers.get((key += 1))
    if (number === undefined) {
      number = ownOf.length
      ownOf.push(own)
      numbers.set(key, number)
    }
    next[thing] = number
  })
  return { boxes: next, count: ownOf.length }
}

function mixed(value: number, seed: number): number {
  let bits = Math.imul(value ^ seed, 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}

function renumbered(by: Int32Array): Folded {
  const numbers = new Map<number, number>()
  const boxes = by.map((own) => {
    const known = numbers.get(own) ?? numbers.size
    numbers.set(own, known)
    return known
  })
  return { boxes, count: numbers.size }
}

function apartWhenFew({ boxes, count }: Folded): Folded {
  const sizes = new Int32Array(count)
  for (const box of boxes) sizes[box] = (sizes[box] ?? 0) + 1
  const numbers = new Int32Array(count).fill(-1)
  let next = 0
  const apart = boxes.map((box) => {
    if ((sizes[box] ?? 0) < foldMin) return next++
    if (numbers[box] === -1) numbers[box] = next++
    return numbers[box] ?? 0
  })
  return { boxes: apart, count: next }
}

/**
 * Opens boxes in place: of each box asked for, by its first thing, the first `opening` members get boxes of their own, and
 * the others stay together. What is opened may be opened further by the first of the others. O(things) for each opening.
 */
export function unfold(boxes: Int32Array, firsts: readonly number[], opening = 50): Int32Array {
  const opened = boxes.slice()
  let next = opened.reduce((most, box) => Math.max(most, box + 1), 0)
  for (const first of firsts) {
    const box = opened[first]
    if (box === undefined || opened.indexOf(box) !== first) continue
    let left = opening
    for (let thing = first; thing < opened.length && left > 0; thing++) {
      if (opened[thing] !== box) continue
      opened[thing] = next++
      left -= 1
    }
  }
  return opened
}
