import { createRoute, lazyRouteComponent, type RouteComponent } from '@tanstack/react-router'
import { root } from './root-route.ts'

/** The floor is a surface of its own; each of its screens is a piece that a handheld loads when it is opened. */
const floor = createRoute({
  getParentRoute: () => root,
  path: '/floor',
  component: lazyRouteComponent(() => import('./floor-root.tsx'), 'FloorRoot'),
})

/** A code that was scanned on another screen and led here. */
function searched(search: Record<string, unknown>): { scan?: string } {
  const given: unknown = search['scan']
  const scan: unknown = Array.isArray(given) ? given[0] : given
  return typeof scan === 'string' && scan !== '' ? { scan } : {}
}

function screen<const Path extends string>(path: Path, component: RouteComponent) {
  return createRoute({ getParentRoute: () => floor, path, validateSearch: searched, component })
}

export const floorRoutes = floor.addChildren([
  screen(
    '/',
    lazyRouteComponent(() => import('../floor/home/home-page.tsx'), 'FloorHome'),
  ),
  screen(
    '/more',
    lazyRouteComponent(() => import('../floor/home/more-page.tsx'), 'MorePage'),
  ),
  screen(
    '/thing/$id',
    lazyRouteComponent(() => import('../floor/home/thing-page.tsx'), 'ThingPage'),
  ),
  screen(
    '/place/$place',
    lazyRouteComponent(() => import('../floor/home/place-page.tsx'), 'PlacePage'),
  ),
  screen(
    '/receive',
    lazyRouteComponent(() => import('../floor/receiving/receive-page.tsx'), 'ReceivePage'),
  ),
  screen(
    '/return',
    lazyRouteComponent(() => import('../floor/receiving/return-page.tsx'), 'ReturnPage'),
  ),
  screen(
    '/jobs',
    lazyRouteComponent(() => import('../floor/production/jobs-page.tsx'), 'JobsPage'),
  ),
  screen(
    '/job/$order',
    lazyRouteComponent(() => import('../floor/production/job-page.tsx'), 'JobPage'),
  ),
  screen(
    '/move',
    lazyRouteComponent(() => import('../floor/warehouse/move-page.tsx'), 'MovePage'),
  ),
  screen(
    '/count',
    lazyRouteComponent(() => import('../floor/warehouse/count-page.tsx'), 'CountPage'),
  ),
  screen(
    '/split',
    lazyRouteComponent(() => import('../floor/warehouse/split-page.tsx'), 'SplitPage'),
  ),
  screen(
    '/merge',
    lazyRouteComponent(() => import('../floor/warehouse/merge-page.tsx'), 'MergePage'),
  ),
  screen(
    '/pack',
    lazyRouteComponent(() => import('../floor/warehouse/pack-page.tsx'), 'PackPage'),
  ),
  screen(
    '/ship',
    lazyRouteComponent(() => import('../floor/shipping/ship-page.tsx'), 'ShipPage'),
  ),
  screen(
    '/hold',
    lazyRouteComponent(() => import('../floor/quality/hold-page.tsx'), 'HoldPage'),
  ),
  screen(
    '/replace',
    lazyRouteComponent(() => import('../floor/assembly/replace-page.tsx'), 'ReplacePage'),
  ),
  screen(
    '/tray',
    lazyRouteComponent(() => import('../floor/tray/tray-page.tsx'), 'TrayPage'),
  ),
  screen(
    '/station',
    lazyRouteComponent(() => import('../floor/station/station-page.tsx'), 'StationPage'),
  ),
  screen(
    '/scanner',
    lazyRouteComponent(() => import('../floor/station/scanner-page.tsx'), 'ScannerPage'),
  ),
])
