import { captureRoutes } from '../capture/routes.ts'
import { documentRoutes } from '../documents/routes.ts'
import type { Endpoint } from '../endpoint/endpoint.ts'
import { healthRoutes } from '../operation/health.ts'
import { importRoutes } from '../imports/routes.ts'
import { integrityRoutes } from '../operation/integrity.ts'
import { type Story, storyRoutes } from '../operation/stories.ts'
import { accountRoutes } from '../people/account-routes.ts'
import { auditRoutes } from '../people/audit-routes.ts'
import { keyRoutes } from '../people/key-routes.ts'
import { peopleRoutes } from '../people/people-routes.ts'
import { signInRoutes } from '../people/sign-in-routes.ts'
import type { DemoPerson } from '../demo/demo-people.ts'
import type { Plant } from '../plant/plant.ts'
import { recallRoutes } from '../recall/routes.ts'
import { floorRoutes } from '../records/floor-routes.ts'
import { historyRoutes } from '../records/history.ts'
import { listRoutes } from '../records/lists.ts'
import { searchRoutes } from '../records/search-routes.ts'
import { setupRoutes } from '../setup/routes.ts'
import { sealingRoutes } from '../sealing/routes.ts'
import type { Sealing } from '../sealing/sealing.ts'

export interface RoutePlan {
  /** Present in demo mode only: what to look at, and whom to look as. */
  readonly demo: { readonly stories: readonly Story[]; readonly people: readonly DemoPerson[] } | undefined
  /** Uploaded files lie here. */
  readonly folder: string
  readonly sealing: () => Sealing
}

/** Every route of the API. */
export function allRoutes(plantOf: () => Plant, plan: RoutePlan): readonly Endpoint[] {
  return [
    ...captureRoutes(plantOf),
    ...recallRoutes(plantOf),
    ...searchRoutes(plantOf),
    ...historyRoutes(plantOf),
    ...listRoutes(plantOf),
    ...setupRoutes(plantOf),
    ...floorRoutes(plantOf),
    ...documentRoutes(plan.folder),
    ...importRoutes(plantOf, plan.folder),
    ...integrityRoutes(plantOf, plan.folder),
    ...storyRoutes(plan.demo?.stories ?? []),
    ...signInRoutes(plantOf, { demoPeople: plan.demo?.people }),
    ...accountRoutes(plantOf),
    ...peopleRoutes(plantOf),
    ...keyRoutes(plantOf),
    ...auditRoutes(plantOf),
    ...sealingRoutes(plantOf, plan.sealing),
    ...healthRoutes(plantOf),
  ]
}
