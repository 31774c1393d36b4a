import { captureRoutes } from '../capture/routes.ts'
import { documentRoutes } from '../documents/routes.ts'
import type { Endpoint } from '../endpoint/endpoint.ts'
import { healthRoutes } from '../operation/health.ts'
import { importRoutes } from '../imports/routes.ts'
import { integrityRoutes } from '../operation/integrity.ts'
import { type SessionPlan, sessionRoutes } from '../operation/session.ts'
import type { Plant } from '../plant/plant.ts'
import { recallRoutes } from '../recall/routes.ts'
import { historyRoutes } from '../records/history.ts'
import { listRoutes } from '../records/lists.ts'
import { searchRoutes } from '../records/search-routes.ts'

export interface RoutePlan extends SessionPlan {
  /** Uploaded files lie here. */
  readonly folder: string
}

/** Every route of the API. */
export function allRoutes(plantOf: () => Plant, plan: RoutePlan): readonly Endpoint[] {
  return [
    ...captureRoutes(plantOf),
    ...recallRoutes(plantOf),
    ...searchRoutes(plantOf),
    ...historyRoutes(plantOf),
    ...listRoutes(plantOf),
    ...documentRoutes(plan.folder),
    ...importRoutes(plantOf, plan.folder),
    ...integrityRoutes(plantOf),
    ...sessionRoutes(plantOf, plan),
    ...healthRoutes(plantOf),
  ]
}
