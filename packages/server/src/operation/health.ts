import { Type } from 'typebox'
import { type Endpoint, endpoint } from '../endpoint/endpoint.ts'
import type { Plant } from '../plant/plant.ts'

const shared = { method: 'GET', action: 'know', resource: 'product', tag: 'Running it' } as const

/** Whether the program runs, and whether it can do its work. */
export function healthRoutes(plantOf: () => Plant): readonly Endpoint[] {
  return [
    endpoint({
      ...shared,
      path: '/health/live',
      summary: 'The program runs',
      gives: Type.Object({ status: Type.String() }),
      handle: async () => ({ status: 200, json: { status: 'live' } }),
    }),
    endpoint({
      ...shared,
      path: '/health/ready',
      summary: 'Database and graph answer; 503 where they do not',
      gives: Type.Object({
        status: Type.String({ description: 'ready, behind, or degraded while the graph is made anew' }),
        position: Type.Integer(),
        graphPosition: Type.Integer(),
        graphDifferences: Type.Integer({
          description:
            'How often since the start the graph was found to differ from the tables, and was made anew',
        }),
      }),
      handle: async () => readiness(plantOf()),
    }),
  ]
}

async function readiness(plant: Plant) {
  try {
    const graphPosition = plant.graphPosition()
    const { position, behind } = await plant.ask(async (snapshot) => snapshot)
    const { differences, isMending } = plant.graphDoubt()
    // Degraded answers are right: the tables give them, more slowly.
    const status = isMending ? 'degraded' : behind ? 'behind' : 'ready'
    const json = { status, position, graphPosition, graphDifferences: differences }
    return { status: behind ? 503 : 200, json }
  } catch (error) {
    // Why it is not there stands in the log; a stranger only learns that it is not.
    return { status: 503, json: { status: error instanceof Error ? 'no database' : 'not ready' } }
  }
}
