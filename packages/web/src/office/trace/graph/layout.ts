import { ordered, type Layered } from './barycentre.ts'
import { columnsOf, type DrawnEdge, type DrawnNode } from './columns.ts'
import { placed } from './heights.ts'

export const boxWidth = 152
export const stepWidth = 92
export const boxHeight = 46
const boxMargin = 14
const bendHeight = 18
const columnGap = 66
const edge = 20

export interface Point {
  readonly x: number
  readonly y: number
}

export interface PlacedLane {
  readonly lane: number
  readonly x: number
  readonly width: number
}

/** Where everything is drawn, in pixels. Boxes by their left and middle; links as the points they bend through. */
export interface Layout {
  readonly width: number
  readonly height: number
  readonly boxes: ReadonlyMap<string, Point & { readonly column: number; readonly width: number }>
  /** One for each edge given, in order; empty for an edge whose ends are not drawn. */
  readonly links: readonly (readonly Point[])[]
  readonly lanes: readonly PlacedLane[]
}

/**
 * Layered drawing in fixed lanes: columns, then an order with few crossings by barycentre, then heights close to the
 * neighbours'. A link over several columns bends through a free place in each. The same input gives the same drawing.
 */
export function layoutOf(nodes: readonly DrawnNode[], edges: readonly DrawnEdge[]): Layout {
  const columns = columnsOf(nodes, edges)
  const chains = edges.map((one, index) => chainOf(one, index, columns))
  const drawing = layered(nodes, columns, chains)
  const order = ordered(drawing)
  const middles = middlesOf(order, drawing, columns)
  const tracks = tracksOf(nodes, columns, order.length)
  const track = (column: number): Track => tracks[column] ?? { x: edge, end: edge + boxWidth }
  const shift = edge + boxHeight / 2 - Math.min(boxHeight, ...middles.values())
  const at = (vertex: string): number => (middles.get(vertex) ?? 0) + shift
  const boxes = new Map(
    nodes.map(({ key, width }) => {
      const column = columns.get(key) ?? 0
      return [key, { x: track(column).x, width: width ?? boxWidth, y: at(key), column }]
    }),
  )
  const lowest = Math.max(0, ...[...middles.values()].map((middle) => middle + shift))
  return {
    width: track(Math.max(0, order.length - 1)).end + edge,
    height: lowest + boxHeight / 2 + edge,
    boxes,
    links: chains.map((chain) => pointsOf(chain, at, { columns, track, boxes })),
    lanes: lanesOf(nodes, columns, track),
  }
}

/** A link as a chain of vertices from left to right, with a bend in every column between; `back` when it runs right to left. */
interface Chain {
  readonly vertices: readonly string[]
  readonly firstColumn: number
  readonly back: boolean
}

function chainOf({ from, to }: DrawnEdge, index: number, columns: ReadonlyMap<string, number>): Chain {
  const [start, end] = [columns.get(from), columns.get(to)]
  if (start === undefined || end === undefined) return { vertices: [], firstColumn: 0, back: false }
  const back = end < start
  const [left, right] = back ? [end, start] : [start, end]
  const bends = Array.from(
    { length: Math.max(0, right - left - 1) },
    (_, step) => `bend ${index} ${left + step + 1}`,
  )
  const vertices = [back ? to : from, ...bends, back ? from : to]
  return { vertices, firstColumn: left, back }
}

function layered(
  nodes: readonly DrawnNode[],
  columns: ReadonlyMap<string, number>,
  chains: readonly Chain[],
): Layered {
  const count = Math.max(0, ...columns.values()) + 1
  const lists: string[][] = Array.from({ length: nodes.length === 0 ? 0 : count }, () => [])
  for (const { key } of nodes) lists[columns.get(key) ?? 0]?.push(key)
  const left = new Map<string, string[]>()
  const right = new Map<string, string[]>()
  for (const { vertices, firstColumn } of chains) {
    for (const [step, vertex] of vertices.entries()) {
      if (step > 0 && step < vertices.length - 1) lists[firstColumn + step]?.push(vertex)
      const next = vertices[step + 1]
      if (next === undefined || vertices.length < 2 || columns.get(vertex) === columns.get(next)) continue
      append(right, vertex, next)
      append(left, next, vertex)
    }
  }
  return { columns: lists, left, right }
}

function append(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

/** Heights by sweeping to the right, to the left, and to the mean of both sides at last. */
function middlesOf(
  order: readonly string[][],
  { left, right }: Layered,
  columns: ReadonlyMap<string, number>,
): Map<string, number> {
  const heightOf = (vertex: string): number => (columns.has(vertex) ? boxHeight + boxMargin : bendHeight)
  const middles = new Map<string, number>()
  for (const column of order) {
    const start = placed(column.map((vertex) => ({ middle: 0, height: heightOf(vertex) })))
    for (const [at, vertex] of column.entries()) middles.set(vertex, start[at] ?? 0)
  }
  const both = (vertex: string): string[] => [...(left.get(vertex) ?? []), ...(right.get(vertex) ?? [])]
  const rounds = [left, right, left, right].map((side) => (vertex: string) => side.get(vertex) ?? [])
  for (const [round, neighbours] of [...rounds, both, both].entries()) {
    for (const column of round % 2 === 0 ? order : order.toReversed()) {
      const wishes = column.map((vertex) => {
        const known = neighbours(vertex).map((one) => middles.get(one) ?? 0)
        const mean = known.reduce((sum, middle) => sum + middle, 0) / Math.max(1, known.length)
        return { middle: known.length > 0 ? mean : (middles.get(vertex) ?? 0), height: heightOf(vertex) }
      })
      for (const [at, middle] of placed(wishes).entries()) middles.set(column[at] ?? '', middle)
    }
  }
  return middles
}

interface Track {
  readonly x: number
  readonly end: number
}

/** A column is as wide as its widest box. */
function tracksOf(nodes: readonly DrawnNode[], columns: ReadonlyMap<string, number>, count: number): Track[] {
  const widths = new Map<number, number>()
  for (const { key, width = boxWidth } of nodes) {
    const column = columns.get(key) ?? 0
    widths.set(column, Math.max(widths.get(column) ?? 0, width))
  }
  let x = edge
  return Array.from({ length: count }, (_, column) => {
    const start = x
    const end = start + (widths.get(column) ?? boxWidth)
    x = end + columnGap
    return { x: start, end }
  })
}

interface Placing {
  readonly columns: ReadonlyMap<string, number>
  readonly track: (column: number) => Track
  readonly boxes: Layout['boxes']
}

function pointsOf(chain: Chain, at: (vertex: string) => number, { track, boxes }: Placing): Point[] {
  const { vertices, firstColumn, back } = chain
  const points = vertices.flatMap((vertex, step) => {
    const { x, end } = track(firstColumn + step)
    const y = at(vertex)
    const box = boxes.get(vertex)
    if (box) return [{ x: step === 0 ? x + box.width : x, y }]
    return [
      { x, y },
      { x: end, y },
    ]
  })
  return back ? points.toReversed() : points
}

function lanesOf(
  nodes: readonly DrawnNode[],
  columns: ReadonlyMap<string, number>,
  track: Placing['track'],
): PlacedLane[] {
  const spans = new Map<number, { first: number; last: number }>()
  for (const { key, lane } of nodes) {
    const column = columns.get(key) ?? 0
    const span = spans.get(lane) ?? { first: column, last: column }
    spans.set(lane, { first: Math.min(span.first, column), last: Math.max(span.last, column) })
  }
  return [...spans]
    .toSorted(([a], [b]) => a - b)
    .map(([lane, { first, last }]) => ({
      lane,
      x: track(first).x - columnGap / 2,
      width: track(last).end - track(first).x + columnGap,
    }))
}
