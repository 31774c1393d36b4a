import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type CivilDate, instantOf } from '@lotline/core/base/instant'
import type { Command } from '@lotline/core/catalogue'
import type { GraphChange } from '@lotline/core/genealogy/engine'
import type { GraphState } from '@lotline/core/genealogy/graph-state'
import { MemoryEngine } from '@lotline/core/genealogy/memory-engine'
import { ensureOrganisation } from '../database/organisation.ts'
import { testDatabase } from '../database/testing.ts'
import { foodPlant } from '../demo/food-plant.ts'
import { GraphThreads } from '../genealogy/graph-threads.ts'
import { readSnapshot, type SnapshotMark, writeSnapshot } from '../genealogy/snapshot-file.ts'
import { ThreadedEngine } from '../genealogy/threaded-engine.ts'
import type { Capture } from '../ledger/capture.ts'
import { openPlant, type Plant } from './plant.ts'

function captureOf(command: Command): Capture<Command> {
  const print = createHash('sha256').update(JSON.stringify(command)).digest('hex')
  const who = { actor: 'kit', sentBy: 'kit', receivedAt: instantOf(Date.now()) }
  return { command, verb: command.verb, key: command.key ?? '', print, ...who }
}

/** A plant with an engine for each time its graph was made, and words for what it noted. */
async function kitchen(options: { file?: string } = {}) {
  const database = await testDatabase()
  const organisation = await ensureOrganisation(database.pool, 'kitchen', 'Kitchen')
  const threads = new GraphThreads(1)
  const engines: { engine: ThreadedEngine; from: GraphState | undefined }[] = []
  const notes: string[] = []
  const memory = { isFull: false }
  const snapshot = options.file === undefined ? undefined : { file: options.file, threads }
  const open = () =>
    openPlant({
      ...{ database, organisation, snapshot },
      engine: (from) => {
        if (memory.isFull) throw new Error('no memory left')
        const engine = new ThreadedEngine(threads, (error) => notes.push(String(error)), from)
        engines.push({ engine, from })
        return engine
      },
      note: (message) => notes.push(message),
    })
  const close = async () => {
    await threads.close()
    await database.close()
  }
  return { ...{ database, organisation, engines, notes, memory, threads, open, close } }
}

const commands = foodPlant('2026-11-20' as CivilDate).script.commands.map(captureOf)

async function fill(plant: Plant, from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += 100)
    await plant.writer.record(commands.slice(at, Math.min(at + 100, to)), 'each')
}

function graphOf(plant: Plant, viewer: number | null = null) {
  return plant.ask(async ({ engine, position }) => {
    const nodes = Int32Array.from({ length: 5_000 }, (_, index) => index + 1)
    const then = await engine.edgesAmong(nodes, Math.floor(position / 2))
    return { position, then, nodes: await engine.nodes(nodes), edges: await engine.edgesAmong(nodes) }
  }, viewer)
}

test('[C1 C7] a graph that is loaded whole at a start is the one that grew with the captures', async () => {
  const { engines, open, close } = await kitchen()
  const plant = await open()
  try {
    await fill(plant, 0, 600)
    const grown = await graphOf(plant)
    expect(grown.edges.length).toBeGreaterThan(100)
    await plant.reload(async () => undefined)
    expect(await graphOf(plant)).toEqual(grown)
    expect(engines.length).toBe(2)
    // Loaded whole, all of it is sealed; grown, so small a graph never is.
    const sealed = engines.map(({ engine }) => engine.graph.sealed('forward').others.length)
    expect(sealed).toEqual([0, engines[1]?.engine.graph.edgeCount])
    await fill(plant, 600, 620)
    expect((await graphOf(plant)).position).toBeGreaterThan(grown.position)
    expect(await plant.checkGraph(10)).toBeUndefined()
  } finally {
    await plant.close()
    await close()
  }
})

test('[C1 C7] a start takes the snapshot where it stands for this ledger, and the rest from the feed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lotline-snapshot-'))
  const file = join(folder, 'graph', 'columns')
  const { database, organisation, engines, notes, open, close } = await kitchen({ file })
  try {
    const first = await open()
    await fill(first, 0, 400)
    const savedAt = await first.saveGraph()
    expect(savedAt).toBe(first.graphPosition())
    await fill(first, 400, 520)
    const grown = await graphOf(first)
    await first.close()

    const second = await open()
    expect(engines.at(-1)?.from?.numbers.position).toBe(savedAt)
    expect(await graphOf(second)).toEqual(grown)
    await second.close()

    const whole = readFileSync(file)
    const kept = readSnapshot(file)
    const mark = 'mark' in kept ? kept.mark : { org: organisation.org, position: -1, leaf: '' }
    const refusals: [string, () => Buffer | Promise<Buffer>][] = [
      ['its checksum is wrong', () => changed(whole, whole.length - 500)],
      ['it is cut short', () => whole.subarray(0, whole.length - 4_000)],
      [
        'another version of the program',
        () => Buffer.from(whole.toString('latin1').replace('"format":1', '"format":0'), 'latin1'),
      ],
      ['it is of another ledger', () => markedAs(file, { org: organisation.org, position: 3 })],
      ['it is of another organisation', () => markedAs(file, { org: organisation.org + 1, position: 3 })],
      // As when an older backup was put back.
      ['the ledger has no position 1000000', () => markedAs(file, { org: organisation.org, position: 1e6 })],
      ['does not follow on it', () => emptyOf(file, mark)],
    ]
    for (const [why, content] of refusals) {
      writeFileSync(file, await content())
      const again = await open()
      expect(engines.at(-1)?.from).toBeUndefined()
      expect(notes.at(-1)).toContain(why)
      expect(existsSync(file)).toBe(false)
      expect(await graphOf(again)).toEqual(grown)
      await again.close()
    }
    expect(database.name).toContain('test_')
  } finally {
    await close()
    rmSync(folder, { recursive: true })
  }
})

function changed(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

/** A whole and valid file of an empty graph, marked so, with a leaf hash that no event has. */
function markedAs(file: string, mark: { org: number; position: number }): Buffer {
  return emptyOf(file, { ...mark, leaf: '00'.repeat(32) })
}

function emptyOf(file: string, mark: SnapshotMark): Buffer {
  writeSnapshot(file, mark, new MemoryEngine().graph.picture())
  return readFileSync(file)
}

test('[C1 C12] a wrong column is found by comparing with the tables, alarmed, and made anew', async () => {
  const { engines, notes, open, close } = await kitchen()
  const plant = await open()
  try {
    await fill(plant, 0, 400)
    await plant.reload(async () => undefined)
    expect(await plant.checkGraph(20)).toBeUndefined()
    const right = await graphOf(plant)
    const { others } = engines.at(-1)?.engine.graph.sealed('backward') ?? { others: new Int32Array(0) }
    others.fill(1)
    expect(await plant.checkGraph(200)).toMatchObject({ direction: 'backward', what: 'trace' })
    expect(notes.at(-1)).toContain('differ')
    expect(plant.graphDoubt()).toEqual({ differences: 1, isMending: false })
    expect(await graphOf(plant)).toEqual(right)
    expect(await plant.checkGraph(20)).toBeUndefined()
  } finally {
    await plant.close()
    await close()
  }
})

test('[C1 K1] a rebuild of the tables leaves no snapshot of the graph as it was', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lotline-snapshot-'))
  const file = join(folder, 'columns')
  const { open, close } = await kitchen({ file })
  const plant = await open()
  try {
    await fill(plant, 0, 200)
    await plant.saveGraph()
    expect(existsSync(file)).toBe(true)
    const during = await plant.reload(async () => ({
      kept: existsSync(file),
      saved: await plant.saveGraph(),
    }))
    expect(during).toEqual({ kept: false, saved: undefined })
    expect(await plant.saveGraph()).toBe(plant.graphPosition())
  } finally {
    await plant.close()
    await close()
    rmSync(folder, { recursive: true })
  }
})

test('[C1 H3] a graph that cannot be loaded leaves the tables to answer, the wall included, until it can', async () => {
  const { engines, memory, open, close } = await kitchen()
  const plant = await open()
  try {
    await fill(plant, 0, 600)
    const customer = await plant.ask(async ({ reader }) => {
      const [row] = await reader.query<{ no: string }>(
        `select customer as no from shipment where org_id = $1 group by customer order by count(*) desc limit 1`,
        [reader.org],
      )
      return Number(row?.no)
    })
    const seen = () => Promise.all([graphOf(plant), graphOf(plant, customer)])
    const right = await seen()
    expect(right[1].edges.length).toBeGreaterThan(0)
    expect(right[1].edges.length).toBeLessThan(right[0].edges.length)
    const made = engines.length
    memory.isFull = true
    await expect(plant.reload(async () => undefined)).rejects.toThrow('no memory left')
    expect(plant.graphDoubt()).toEqual({ differences: 0, isMending: true })
    expect(await seen()).toEqual(right)
    memory.isFull = false
    expect(await plant.checkGraph(1)).toBeUndefined()
    expect(plant.graphDoubt().isMending).toBe(false)
    expect(engines.length).toBe(made + 1)
    expect(await seen()).toEqual(right)
  } finally {
    await plant.close()
    await close()
  }
})

test('[C1 C4] a thread that dies costs time and no answer, and threads end after their last job', async () => {
  const deadly = new GraphThreads(2, new URL('data:text/javascript,process.exit(3)'))
  const failures: string[] = []
  const engine = wideEngine(deadly, (error) => failures.push(String(error)))
  const query = { from: [1], direction: 'forward' as const }
  const answers = await Promise.all([engine.trace(query), engine.trace(query), engine.trace(query)])
  for (const answer of answers) expect(answer).toEqual(engine.traceNow(query))
  expect(failures).toEqual(Array.from({ length: 3 }, () => 'Error: A thread ended before its answer.'))
  await deadly.close()

  const threads = new GraphThreads(1)
  const ask = () => threads.ask({ kind: 'trace', state: engine.graph.state(), query })
  const jobs = [ask(), ask()]
  await threads.close()
  expect((await Promise.all(jobs)).map((each) => each.nodes.length)).toEqual([120_000, 120_000])
  await expect(ask()).rejects.toThrow('closed')
})

test('[C1] another thread gives the same trace, and a small one need not wait for it', async () => {
  const { threads, close } = await kitchen()
  try {
    const engine = wideEngine(threads, (error) => expect(error).toBeUndefined())
    const query = { from: [1], direction: 'forward' as const }
    const here = engine.traceNow(query)
    expect(here.nodes.length).toBeGreaterThan(100_000)
    await engine.trace(query)
    let isDone = false
    const elsewhere = engine.trace(query).finally(() => {
      isDone = true
    })
    await engine.trace({ from: [here.nodes.at(-1) ?? 0], direction: 'forward' })
    expect(isDone).toBe(false)
    engine.apply(oneMore(engine))
    // As of the position it was asked at: the node appended meanwhile is not in it.
    expect(await elsewhere).toEqual(here)
    expect((await engine.trace(query)).nodes.length).toBe(here.nodes.length + 1)
  } finally {
    await close()
  }
})

const at = instantOf(0)
const plain = { kind: 'material', evidence: 'scanned', amount: null, happenedAt: at, until: null } as const

/** One lot, and a process that makes very many of it. */
function wideEngine(threads: GraphThreads, failed: (error: unknown) => void): ThreadedEngine {
  const engine = new ThreadedEngine(threads, failed)
  const loading = engine.graph.loading()
  const count = 120_000
  for (let no = 1; no <= count; no++)
    loading.node({ no, isState: no !== 2, traceable: no === 2 ? 0 : no, fromMs: 0, position: 0 })
  for (let no = 1; no < count; no++) {
    const ends = no === 1 ? { source: 1, target: 2 } : { source: 2, target: no + 1 }
    loading.edge({ no, amount: 1, addedAt: 0, event: 0, happenedAtMs: 0, untilMs: Number.NaN }, ends, 0)
  }
  loading.done(0)
  return engine
}

function oneMore(engine: ThreadedEngine): GraphChange {
  const no = engine.graph.nodeCount + 1
  const edge = { ...plain, no: engine.graph.edgeCount + 1, source: 2, target: no }
  return {
    position: 1,
    nodes: [{ no, kind: 'state', traceable: no, from: at, position: 1 }],
    added: [{ ...edge, event: 1, addedAt: 1, retractedAt: null }],
    retracted: [],
  }
}
