/** A drawing in columns: `columns[c]` lists the vertices of a column from top to bottom; links join neighbouring columns. */
export interface Layered {
  readonly columns: readonly (readonly string[])[]
  /** Links by vertex, to the column on the left and on the right. */
  readonly left: ReadonlyMap<string, readonly string[]>
  readonly right: ReadonlyMap<string, readonly string[]>
}

const sweeps = 12

/**
 * Orders every column so that few links cross: each vertex goes to the mean place of its neighbours, sweeping to and fro,
 * and the best order seen is kept. Deterministic: equal means keep the order they had. O(sweeps * (vertices + links) * log).
 */
export function ordered(drawing: Layered): string[][] {
  let columns = drawing.columns.map((column) => [...column])
  let best = columns
  let fewest = crossings(columns, drawing.right)
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep++) {
    columns = swept(columns, sweep % 2 === 0 ? drawing.left : drawing.right, sweep % 2 === 0)
    const count = crossings(columns, drawing.right)
    if (count < fewest) {
      fewest = count
      best = columns
    }
  }
  return best
}

function swept(columns: readonly string[][], neighbours: Layered['left'], rightward: boolean): string[][] {
  const result = columns.map((column) => [...column])
  const places = new Map<string, number>()
  const order = [...result.keys()]
  for (const index of rightward ? order : order.toReversed()) {
    const column = result[index] ?? []
    const means = new Map(
      column.map((vertex, at) => [vertex, meanPlace(neighbours.get(vertex), places) ?? at]),
    )
    const sorted = column.toSorted((a, b) => (means.get(a) ?? 0) - (means.get(b) ?? 0))
    result[index] = sorted
    for (const [at, vertex] of sorted.entries()) places.set(vertex, at)
  }
  return result
}

function meanPlace(
  neighbours: readonly string[] | undefined,
  places: ReadonlyMap<string, number>,
): number | undefined {
  const known = (neighbours ?? []).flatMap((one) => places.get(one) ?? [])
  return known.length === 0 ? undefined : known.reduce((sum, place) => sum + place, 0) / known.length
}

/** Number of pairs of links that cross, over all gaps between columns. O(links * log) by counting inversions. */
export function crossings(columns: readonly (readonly string[])[], right: Layered['right']): number {
  let total = 0
  for (let index = 0; index + 1 < columns.length; index++) {
    const places = new Map((columns[index + 1] ?? []).map((vertex, at) => [vertex, at]))
    const ends = (columns[index] ?? []).flatMap((vertex) =>
      (right.get(vertex) ?? []).flatMap((one) => places.get(one) ?? []).toSorted((a, b) => a - b),
    )
    total += inversions(ends, columns[index + 1]?.length ?? 0)
  }
  return total
}

/** Pairs out of order, counted with a binary indexed tree over the places. */
function inversions(values: readonly number[], size: number): number {
  const tree = new Int32Array(size + 1)
  let [seen, total] = [0, 0]
  for (const value of values) {
    let notGreater = 0
    for (let at = value + 1; at > 0; at -= at & -at) notGreater += tree[at] ?? 0
    total += seen - notGreater
    for (let at = value + 1; at <= size; at += at & -at) tree[at] = (tree[at] ?? 0) + 1
    seen++
  }
  return total
}
