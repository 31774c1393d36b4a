import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { readTraceSearch } from '../office/trace/trace-query.ts'
import { readAddress, writeAddress } from '../shared/address.ts'
import { floorRoutes } from './floor-routes.ts'
import { PageFault } from './page-fault.tsx'
import { root } from './root-route.ts'

const office = createRoute({
  getParentRoute: () => root,
  id: 'office',
  component: lazyRouteComponent(() => import('./shell.tsx'), 'Shell'),
})

const home = createRoute({
  getParentRoute: () => office,
  path: '/',
  component: lazyRouteComponent(() => import('../office/home/home-page.tsx'), 'HomePage'),
})

const trace = createRoute({
  getParentRoute: () => office,
  path: '/trace',
  validateSearch: readTraceSearch,
  component: lazyRouteComponent(() => import('../office/trace/trace-page.tsx'), 'TracePage'),
})

const seal = createRoute({
  getParentRoute: () => office,
  path: '/seal',
  component: lazyRouteComponent(() => import('../office/seal/seal-page.tsx'), 'SealPage'),
})

const people = createRoute({
  getParentRoute: () => office,
  path: '/people',
  component: lazyRouteComponent(() => import('../office/people/people-page.tsx'), 'PeoplePage'),
})

const keys = createRoute({
  getParentRoute: () => office,
  path: '/keys',
  component: lazyRouteComponent(() => import('../office/keys/keys-page.tsx'), 'KeysPage'),
})

const account = createRoute({
  getParentRoute: () => office,
  path: '/account',
  component: lazyRouteComponent(() => import('../access/account-page.tsx'), 'AccountPage'),
})

const welcome = createRoute({
  getParentRoute: () => office,
  path: '/welcome',
  component: lazyRouteComponent(() => import('../access/welcome-page.tsx'), 'WelcomePage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    office.addChildren([home, trace, people, keys, account, seal, welcome]),
    floorRoutes,
  ]),
  parseSearch: readAddress,
  stringifySearch: writeAddress,
  defaultErrorComponent: PageFault,
  defaultPreload: 'intent',
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
