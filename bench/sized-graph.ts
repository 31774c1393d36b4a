/** A generated plant as plain columns: what every program under measurement is loaded with. Node numbers from 1. */
export interface SizedGraph {
  readonly nodes: number
  /** 1 for a process, 0 for a state, by node number. */
  readonly isProcess: Uint8Array
  readonly edges: number
  readonly source: Int32Array
  readonly target: Int32Array
  /** First and last state number of each level: bought lots, made lots, sub-assemblies, finished. */
  readonly levels: readonly { readonly first: number; readonly last: number }[]
}

// Shares of a plant's traceables by level, and the inputs of a process; chosen so that a million traceables have 5.7
// million edges and a made lot reaches some 1,400 things, as in the plants the design was measured on.
const levelShares = [0.03, 0.09, 0.22, 0.66]
const inputsPerProcess = 12
const outputsPerProcess = 2.5
/** Inputs are taken from what was made lately: this share of the level before. */
const windowShare = 0.002

/**
 * Generates a plant of about `traceables` states with its processes. Deterministic. O(edges) time and memory.
 */
export function sizedGraph(traceables: number, seed = 7): SizedGraph {
  const random = mulberry(seed)
  const levels = levelsOf(traceables)
  const states = levels.at(-1)?.last ?? 0
  const processCount = levels.slice(1).reduce((sum, level) => sum + Math.ceil(sizeOf(level) / outputsPerProcess), 0)
  const edges = processCount * inputsPerProcess + (states - sizeOf(levels[0]))
  const source = new Int32Array(edges)
  const target = new Int32Array(edges)
  const isProcess = new Uint8Array(states + processCount + 1).fill(1, states + 1)
  let process = states
  let edge = 0
  for (let depth = 1; depth < levels.length; depth++) {
    const [above, here] = [levels[depth - 1], levels[depth]]
    if (!above || !here) continue
    const count = Math.ceil(sizeOf(here) / outputsPerProcess)
    const window = Math.max(40, Math.floor(sizeOf(above) * windowShare))
    let output = here.first
    for (let turn = 0; turn < count; turn++) {
      process++
      const middle = above.first + Math.floor((turn / count) * sizeOf(above))
      for (let input = 0; input < inputsPerProcess; input++) {
        source[edge] = clamp(middle + Math.floor((random() - 0.5) * window), above.first, above.last)
        target[edge++] = process
      }
      const last = Math.min(here.last, here.first + Math.floor((turn + 1) * outputsPerProcess) - 1)
      for (; output <= (turn === count - 1 ? here.last : last); output++) {
        source[edge] = process
        target[edge++] = output
      }
    }
  }
  const used = { source: source.subarray(0, edge), target: target.subarray(0, edge) }
  return { nodes: states + processCount, isProcess, edges: edge, ...used, levels }
}

function levelsOf(traceables: number): { first: number; last: number }[] {
  let first = 1
  return levelShares.map((share) => {
    const level = { first, last: first + Math.round(traceables * share) - 1 }
    first = level.last + 1
    return level
  })
}

function sizeOf(level: { first: number; last: number } | undefined): number {
  return level ? level.last - level.first + 1 : 0
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
