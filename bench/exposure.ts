import type { ExposureQuery } from '@lotline/core/genealogy/engine'
import { ExposureRun } from '@lotline/core/genealogy/exposure'
import type { MemoryEngine } from '@lotline/core/genealogy/memory-engine'
import { type Figures, median, timed } from './figures.ts'

import { type SizedGraph, sizedGraph } from './sized-graph.ts'
import { loadEngine } from './traces.ts'

/** Sources of the whole plant that the aim is stated for, and its edges. */
const aim = { sources: 200_000, edges: 57_000_000, seconds: 60 }
const customers = 400
const checked = 25

/**
 * What every bought lot of a plant would touch: units, customers, value; exact, in one run. Beside it the same by one trace
 * for each lot, timed on a few of them, which must give the same counts.
 */
export function measureExposure(figures: Figures, size: 'quick' | 'usual' | 'whole'): void {
  const traceables = size === 'quick' ? 100_000 : size === 'usual' ? 1_000_000 : 10_000_000
  const graph = sizedGraph(traceables)
  const { engine } = loadEngine(graph)
  const query = questionOf(graph, size === 'whole' ? aim.sources : undefined)
  figures.add('exposure.sources', query.sources.length, 'sources')
  figures.add('exposure.edges', graph.edges, 'edges')
  let run: ExposureRun | undefined
  const prepared = timed(() => (run = new ExposureRun(engine.graph, query)))
  if (!run) return
  const own = run
  const swept = timed(() => {
    for (let batch = 0; batch < own.batches; batch++) own.run(batch)
  })
  figures.add('exposure.order', prepared / 1000, 's')
  figures.add('exposure.sweeps', swept / 1000, 's')
  const promise = size === 'whole' ? { atMost: aim.seconds } : {}
  figures.add('exposure.whole-plant', (prepared + swept) / 1000, 's', promise)
  const each = oneByOne(engine, query, own)
  figures.add('exposure.by-single-traces', (each * query.sources.length) / 1000, 's', {
    note: `reckoned from ${checked} sources`,
  })
}

/** Bought lots are the sources, every state a unit; finished ones went to a few hundred customers and have a value. */
function questionOf(graph: SizedGraph, most: number | undefined): ExposureQuery {
  const bought = graph.levels[0] ?? new Int32Array(0)
  const made = graph.levels[1] ?? new Int32Array(0)
  const lots = most === undefined ? [...bought] : [...bought, ...made].slice(0, most)
  const finished = graph.levels.at(-1) ?? new Int32Array(0)
  const units = Int32Array.from(graph.levels.flatMap((level) => [...level]))
  return {
    direction: 'forward',
    sources: lots.map((lot) => [lot]),
    counted: [
      { nodes: units, groups: Int32Array.from(units.keys()) },
      { nodes: finished, groups: finished.map((node) => node % customers) },
    ],
    weights: { nodes: finished, amounts: new Float64Array(finished.length).fill(12_500) },
  }
}

/** Milliseconds of one source by tracing it alone and counting what came. Throws where the counts differ. */
function oneByOne(engine: MemoryEngine, query: ExposureQuery, run: ExposureRun): number {
  const { sources, counted } = query
  const groupOf = new Map<number, number>()
  counted[1]?.nodes.forEach((node, at) => groupOf.set(node, counted[1]?.groups[at] ?? 0))
  const unit = new Set(counted[0]?.nodes)
  const times: number[] = []
  for (let index = 0; index < checked; index++) {
    const at = Math.floor((sources.length * (index + 0.5)) / checked)
    times.push(
      timed(() => {
        const { nodes } = engine.traceNow({ from: sources[at] ?? [], direction: 'forward' })
        const units = nodes.reduce((sum, node) => sum + (unit.has(node) ? 1 : 0), 0)
        const went = new Set([...nodes].flatMap((node) => groupOf.get(node) ?? []))
        const told = [run.result.counts[0]?.[at], run.result.counts[1]?.[at]]
        if (told[0] !== units || told[1] !== went.size)
          throw new Error(`source ${at}: ${told.join(' and ')}, by trace ${units} and ${went.size}`)
      }),
    )
  }
  return median(times)
}
