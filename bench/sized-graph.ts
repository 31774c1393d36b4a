/** A generated plant as plain columns: what every program under measurement is loaded with. Node numbers from 1. */
export interface SizedGraph {
  readonly nodes: number
  /** 1 for a process, 0 for a state, by node number. */
  readonly isProcess: Uint8Array
  /** Position of the event that made a node: a bought lot has one of its own, a process one with its inputs and outputs. */
  readonly position: Int32Array
  readonly events: number
  readonly edges: number
  readonly source: Int32Array
  readonly target: Int32Array
  /** The states of each level: bought lots, made lots, sub-assemblies, finished. */
  readonly levels: readonly Int32Array[]
}

// Shares of a plant's traceables by level, and the inputs of a process; chosen so that a million traceables have 5.7
// million edges and a made lot reaches some 1,400 things, as in the plants the design was measured on.
const levelShares = [0.03, 0.09, 0.22, 0.66]
const inputsPerProcess = 12
const outputsPerProcess = 2.5
/** Inputs are taken from what was made lately: this share of the level before. */
const windowShare = 0.002

/**
 * Generates a plant of about `traceables` states with its processes, numbered as a ledger numbers them: a process before
 * what it makes, after what it takes. Deterministic. O(edges) time and memory.
 */
export function sizedGraph(traceables: number, seed = 7): SizedGraph {
  const random = mulberry(seed)
  const sizes = levelShares.map((share) => Math.round(traceables * share))
  const states = sizes.reduce((sum, size) => sum + size, 0)
  const processes = sizes.slice(1).reduce((sum, size) => sum + Math.ceil(size / outputsPerProcess), 0)
  const edges = processes * inputsPerProcess + states - (sizes[0] ?? 0)
  const source = new Int32Array(edges)
  const target = new Int32Array(edges)
  const isProcess = new Uint8Array(states + processes + 1)
  const levels = [Int32Array.from({ length: sizes[0] ?? 0 }, (_, index) => index + 1)]
  const position = new Int32Array(states + processes + 1)
  let event = 0
  for (const lot of levels[0] ?? []) position[lot] = event++
  let node = sizes[0] ?? 0
  let edge = 0
  for (const size of sizes.slice(1)) {
    const above = levels.at(-1) ?? new Int32Array(0)
    const here = new Int32Array(size)
    const count = Math.ceil(size / outputsPerProcess)
    const window = Math.max(40, Math.floor(above.length * windowShare))
    let made = 0
    for (let turn = 0; turn < count; turn++) {
      const process = ++node
      isProcess[process] = 1
      position[process] = event
      const middle = Math.floor((turn / count) * above.length)
      for (let input = 0; input < inputsPerProcess; input++) {
        const index = clamp(middle + Math.floor((random() - 0.5) * window), 0, above.length - 1)
        source[edge] = above[index] ?? 1
        target[edge++] = process
      }
      const upTo = turn === count - 1 ? size : Math.min(size, Math.floor((turn + 1) * outputsPerProcess))
      for (; made < upTo; made++) {
        here[made] = ++node
        position[node] = event
        source[edge] = process
        target[edge++] = node
      }
      event++
    }
    levels.push(here)
  }
  return { nodes: node, isProcess, position, events: event, edges: edge, source, target, levels }
}

function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value
}

function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
