/** One vertex of a column that is to be placed: where it would like to be, and how high it is with its margin. */
export interface Wish {
  readonly middle: number
  readonly height: number
}

/**
 * The middles closest to what each vertex wishes (least squares) that keep the order and let none overlap. It is isotonic
 * regression: neighbours that would overlap are pooled and share the mean of their wishes. O(vertices).
 */
export function placed(wishes: readonly Wish[]): number[] {
  const offsets: number[] = []
  let offset = 0
  for (const [at, { height }] of wishes.entries()) {
    if (at > 0) offset += ((wishes[at - 1]?.height ?? 0) + height) / 2
    offsets.push(offset)
  }
  const pools: { sum: number; count: number }[] = []
  for (const [at, { middle }] of wishes.entries()) {
    pools.push({ sum: middle - (offsets[at] ?? 0), count: 1 })
    for (let last = pools.at(-1), before = pools.at(-2); last && before;) {
      if (before.sum / before.count <= last.sum / last.count) break
      before.sum += last.sum
      before.count += last.count
      pools.pop()
      last = pools.at(-1)
      before = pools.at(-2)
    }
  }
  return pools
    .flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count))
    .map((base, at) => base + (offsets[at] ?? 0))
}
