import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { readTraceSearch } from '../office/trace/trace-query.ts'
import { readAddress, writeAddress } from '../shared/address.ts'
import { MissingPage } from './missing-page.tsx'
import { PageFault } from './page-fault.tsx'
import { Shell } from './shell.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: MissingPage })

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('../office/home/home-page.tsx'), 'HomePage'),
})

const trace = createRoute({
  getParentRoute: () => root,
  path: '/trace',
  validateSearch: readTraceSearch,
  component: lazyRouteComponent(() => import('../office/trace/trace-page.tsx'), 'TracePage'),
})

const people = createRoute({
  getParentRoute: () => root,
  path: '/people',
  component: lazyRouteComponent(() => import('../office/people/people-page.tsx'), 'PeoplePage'),
})

const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  component: lazyRouteComponent(() => import('../access/account-page.tsx'), 'AccountPage'),
})

const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  component: lazyRouteComponent(() => import('../access/welcome-page.tsx'), 'WelcomePage'),
})

export const router = createRouter({
  routeTree: root.addChildren([home, trace, people, account, welcome]),
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
