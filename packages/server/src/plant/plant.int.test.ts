import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { type CivilDate, instantOf } from '@lotline/core/base/instant'
import type { Command } from '@lotline/core/catalogue'
import type { GraphEdge, GraphNode, Position } from '@lotline/core/genealogy/engine'
import { MemoryEngine } from '@lotline/core/genealogy/memory-engine'
import { ensureOrganisation } from '../database/organisation.ts'
import { testDatabase } from '../database/testing.ts'
import { foodPlant } from '../demo/food-plant.ts'
import type { Capture } from '../ledger/capture.ts'
import { openPlant } from './plant.ts'

/** Remembers where it was loaded whole. */
class WatchedEngine extends MemoryEngine {
  readonly loadedAt: Position[] = []

  override load(nodes: Iterable<GraphNode>, edges: Iterable<GraphEdge>, position: Position): void {
    this.loadedAt.push(position)
    super.load(nodes, edges, position)
  }
}

function captureOf(command: Command): Capture<Command> {
  const print = createHash('sha256').update(JSON.stringify(command)).digest('hex')
  const who = { actor: 'kit', sentBy: 'kit', receivedAt: instantOf(Date.now()) }
  return { command, verb: command.verb, key: command.key ?? '', print, ...who }
}

test('[C1 C7] a graph that is loaded whole at a start is the one that grew with the captures', async () => {
  const database = await testDatabase()
  const organisation = await ensureOrganisation(database.pool, 'kitchen', 'Kitchen')
  const engines: WatchedEngine[] = []
  const engine = () => {
    const made = new WatchedEngine()
    engines.push(made)
    return made
  }
  const plant = await openPlant({ database, organisation, engine })
  try {
    const commands = foodPlant('2026-11-20' as CivilDate).script.commands.map(captureOf)
    for (let at = 0; at < 600; at += 100) await plant.writer.record(commands.slice(at, at + 100), 'each')
    const graph = () =>
      plant.ask(async (snapshot) => {
        const nodes = Int32Array.from({ length: 5_000 }, (_, index) => index + 1)
        const { position } = snapshot
        const then = await snapshot.engine.edgesAmong(nodes, Math.floor(position / 2))
        return {
          ...{ position, then, nodes: await snapshot.engine.nodes(nodes) },
          edges: await snapshot.engine.edgesAmong(nodes),
        }
      })
    const grown = await graph()
    expect(grown.edges.length).toBeGreaterThan(100)
    await plant.reload()
    expect(await graph()).toEqual(grown)
    expect(engines.map((each) => each.loadedAt)).toEqual([[], [grown.position]])
    await plant.writer.record(commands.slice(600, 620), 'each')
    expect((await graph()).position).toBeGreaterThan(grown.position)
  } finally {
    await plant.close()
    await database.close()
  }
})
