import { Type } from 'typebox'
import { Exposure, exposureOrders } from '@lotline/core/recall/exposure-shape'
import { type Endpoint, endpoint } from '../endpoint/endpoint.ts'
import type { Plant } from '../plant/plant.ts'
import { exposurePage, plantExposure, type PlantExposure } from './exposure.ts'

/** What every bought lot would touch. */
export function exposureRoutes(plantOf: () => Plant): readonly Endpoint[] {
  // Pages of one list must come from one run; a run stands until the ledger goes on.
  let last:
    { readonly plant: Plant; readonly run: Promise<PlantExposure>; readonly position: number } | undefined
  return [
    endpoint({
      action: 'read',
      resource: 'genealogy',
      tag: 'Recall and trace',
      method: 'GET',
      path: '/v1/exposure',
      summary:
        'For every bought lot: how many units, customers and how much value it would touch; the most exposed first',
      about:
        'Every lot of the plant is followed to its end in one run, which later pages and questions share until the ledger goes on.',
      query: Type.Object(
        {
          sort: Type.Optional(
            Type.Enum(exposureOrders, { description: 'units (default), customers or value' }),
          ),
          limit: Type.Optional(
            Type.Integer({ minimum: 1, maximum: 10_000, description: 'Rows of a page; 100' }),
          ),
          cursor: Type.Optional(
            Type.String({ maxLength: 100, description: '`nextCursor` of the page before' }),
          ),
        },
        { additionalProperties: false },
      ),
      gives: Exposure,
      handle: ({ query }) => {
        const plant = plantOf()
        return plant.ask(async (snapshot) => {
          if (last?.plant !== plant || last.position !== snapshot.position || snapshot.behind) {
            const run = plantExposure(snapshot)
            last = { plant, run, position: snapshot.position }
            run.catch(() => (last = undefined))
          }
          return exposurePage(snapshot, await last.run, query)
        })
      },
    }),
  ]
}
