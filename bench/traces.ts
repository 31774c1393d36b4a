import { type Instant, instantOf } from '@lotline/core/base/instant'
import type { Direction, GraphEdge, GraphNode, TraceQuery } from '@lotline/core/genealogy/engine'
import { MemoryEngine } from '@lotline/core/genealogy/memory-engine'
import { type Figures, median, timed } from './figures.ts'
import { graphologyPeer, type Peer, postgresPeer, sqlitePeer } from './peers.ts'
import type { BenchDatabase } from './running.ts'
import { type SizedGraph, sizedGraph } from './sized-graph.ts'

const rootsMeasured = 40
/** Every program runs the same traces so often before it is measured: code and caches are then as in daily use. */
const warmRounds = 60
const measuredRounds = 10
const firstEventMs = Date.parse('2020-01-01T00:00:00Z')

/** The engine as the server holds it: every attribute of every edge, not bare adjacency. Bytes are those of its columns. */
export function loadEngine(graph: SizedGraph): { engine: MemoryEngine; loadMs: number; bytesAnEdge: number } {
  const engine = new MemoryEngine()
  const loadMs = timed(() => engine.load(nodesOf(graph), edgesOf(graph), graph.events - 1))
  return { engine, loadMs, bytesAnEdge: engine.graph.byteLength / graph.edges }
}

function* nodesOf(graph: SizedGraph): Iterable<GraphNode> {
  for (let no = 1; no <= graph.nodes; no++) {
    const isProcess = graph.isProcess[no] === 1
    const position = graph.position[no] ?? 0
    yield {
      no,
      kind: isProcess ? 'process' : 'state',
      traceable: isProcess ? null : no,
      from: instantAt(position),
      position,
    }
  }
}

function* edgesOf(graph: SizedGraph): Iterable<GraphEdge> {
  const same = { kind: 'material', evidence: 'scanned', until: null, retractedAt: null } as const
  for (let index = 0; index < graph.edges; index++) {
    const source = graph.source[index] ?? 0
    const target = graph.target[index] ?? 0
    const event = graph.position[graph.isProcess[source] === 1 ? source : target] ?? 0
    const amount = 1000n + BigInt(index % 500)
    yield {
      no: index + 1,
      source,
      target,
      amount,
      happenedAt: instantAt(event),
      event,
      addedAt: event,
      ...same,
    }
  }
}

/** Each event of the plant ten seconds after the one before it. */
function instantAt(position: number): Instant {
  return instantOf(firstEventMs + position * 10_000)
}

/** Lots of the second level forward (they reach some 1,400 nodes), finished goods backward. */
function rootsOf(graph: SizedGraph, direction: Direction): number[] {
  const level = graph.levels[direction === 'forward' ? 1 : 3] ?? new Int32Array(0)
  const step = level.length / rootsMeasured
  return Array.from({ length: rootsMeasured }, (_, index) => level[Math.floor(step * (index + 0.5))] ?? 1)
}

interface Measured {
  readonly milliseconds: number
  readonly reached: number
}

function measureEngine(engine: MemoryEngine, roots: readonly number[], direction: Direction): Measured {
  const query = (root: number): TraceQuery => ({ from: [root], direction })
  for (let round = 0; round < warmRounds; round++) for (const root of roots) engine.traceNow(query(root))
  const times: number[] = []
  let reached = 0
  for (let round = 0; round < measuredRounds; round++) {
    for (const root of roots) {
      times.push(timed(() => (reached += engine.traceNow(query(root)).nodes.length)))
    }
  }
  return { milliseconds: median(times), reached: reached / times.length }
}

async function measurePeer(peer: Peer, roots: readonly number[], direction: Direction): Promise<Measured> {
  for (let round = 0; round < warmRounds; round++) for (const root of roots) await peer[direction](root)
  const times: number[] = []
  let reached = 0
  for (let round = 0; round < measuredRounds; round++) {
    for (const root of roots) {
      const from = performance.now()
      reached += await peer[direction](root)
      times.push(performance.now() - from)
    }
  }
  return { milliseconds: median(times), reached: reached / times.length }
}

/** Traces of the engine beside PostgreSQL, SQLite and graphology on one generated plant; memory an edge; growth with size. */
export async function measureTraces(
  figures: Figures,
  database: BenchDatabase,
  quick: boolean,
): Promise<void> {
  const traceables = quick ? 100_000 : 1_000_000
  const graph = sizedGraph(traceables)
  const { engine, loadMs, bytesAnEdge } = loadEngine(graph)
  figures.add('graph.nodes', graph.nodes, 'nodes')
  figures.add('graph.edges', graph.edges, 'edges')
  figures.add('engine.load', graph.edges / (loadMs / 1000), 'edges/s')
  figures.add('engine.memory-per-edge', bytesAnEdge, 'bytes', { atMost: 40 })
  const own = {
    forward: measureEngine(engine, rootsOf(graph, 'forward'), 'forward'),
    backward: measureEngine(engine, rootsOf(graph, 'backward'), 'backward'),
  }
  for (const direction of ['forward', 'backward'] as const) {
    figures.add(`trace.${direction}.lotline`, own[direction].milliseconds, 'ms')
    figures.add(`trace.${direction}.reached`, own[direction].reached, 'nodes')
  }
  await beside(figures, { graph, own, database })
  growth(figures, { graph, engine, quick })
}

async function beside(
  figures: Figures,
  is: { graph: SizedGraph; own: { forward: Measured; backward: Measured }; database: BenchDatabase },
): Promise<void> {
  const best = { forward: Infinity, backward: Infinity }
  await is.database.create('traces')
  const makers = [
    async () => postgresPeer(await is.database.connect('traces'), is.graph),
    () => sqlitePeer(is.graph),
    () => graphologyPeer(is.graph),
  ]
  for (const make of makers) {
    const peer = await make()
    if (typeof peer === 'string') {
      process.stdout.write(`  SQLite was not measured: ${peer.split('\n')[0]}\n`)
      continue
    }
    for (const direction of ['forward', 'backward'] as const) {
      const measured = await measurePeer(peer, rootsOf(is.graph, direction), direction)
      if (Math.abs(measured.reached - is.own[direction].reached) > 1e-9) {
        throw new Error(
          `${peer.name} reaches ${measured.reached} nodes ${direction}, Lotline ${is.own[direction].reached}`,
        )
      }
      figures.add(`trace.${direction}.${peer.name}`, measured.milliseconds, 'ms')
      best[direction] = Math.min(best[direction], measured.milliseconds)
    }
    await peer.close()
  }
  for (const direction of ['forward', 'backward'] as const) {
    const ratio = best[direction] / is.own[direction].milliseconds
    figures.add(`trace.${direction}.best-peer-to-lotline`, ratio, 'times', { atLeast: 20 })
  }
}

/** Time for one reached edge on a tenth of the plant and on the whole: it should not grow with the plant. */
function growth(figures: Figures, is: { graph: SizedGraph; engine: MemoryEngine; quick: boolean }): void {
  const small = sizedGraph(is.quick ? 10_000 : 100_000)
  const perNode = (graph: SizedGraph, engine: MemoryEngine) => {
    const roots = rootsOf(graph, 'forward')
    const rounds = Array.from({ length: 9 }, () => measureEngine(engine, roots, 'forward'))
    const { reached } = measureEngine(engine, roots, 'forward')
    return median(rounds.map((round) => round.milliseconds)) / reached
  }
  const { engine } = loadEngine(small)
  const little = perNode(small, engine)
  const large = perNode(is.graph, is.engine)
  figures.add('trace.per-reached-node.small-plant', little * 1e6, 'ns')
  figures.add('trace.per-reached-node.large-plant', large * 1e6, 'ns')
  figures.add('trace.per-reached-node.large-to-small', large / little, 'times', { atMost: 2 })
}
