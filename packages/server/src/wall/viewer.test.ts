import { expect, test } from 'vitest'
import { Fault } from '@lotline/core/base/assert'
import { type Subject, viewerOf } from '../access/policy.ts'
import type { Role } from '../access/roles.ts'
import { allRoutes } from '../http/routes.ts'
import { buildServer } from '../http/server.ts'
import type { Plant, Viewer } from '../plant/plant.ts'

const who = { kind: 'person', id: 'p', name: 'alma', printedName: 'Alma', session: 's' } as const
const person = (role: Role, party: number | null): Subject => ({
  ...who,
  party,
  grants: [{ role, site: null }],
})

test('[H3] whoever holds a role of outside and no company sees nothing, rather than everything', () => {
  expect(viewerOf(person('customer', 7))).toBe(7)
  expect(viewerOf(person('supplier', null))).toBe(0)
  expect(viewerOf({ kind: 'stranger' })).toBe(0)
  expect(viewerOf(person('quality', null))).toBeNull()
})

const nobody = () => {
  throw new Fault('not asked here')
}

test('[H3] every route that people outside may ask hands on for whom it asks', async () => {
  const viewers: (Viewer | undefined)[] = []
  const noted = async (_work: unknown, viewer?: Viewer) => {
    viewers.push(viewer)
    return {}
  }
  const plant = { ask: noted, askLines: noted } as unknown as Plant
  const routes = allRoutes(() => plant, { folder: '/nowhere', demo: undefined, sealing: nobody })
  const endpoints = routes.filter(({ action }) => action === 'read-visible')
  const app = await buildServer({
    endpoints,
    entry: { token: 'x', personOf: async () => person('customer', 7) },
  })
  for (const { method, path } of endpoints)
    await app.inject({
      method,
      url: `${path.replace(':id', '1')}${/search/.test(path) ? '?text=x' : ''}`,
      headers: { host: 'x', origin: 'http://x', cookie: 'lotline-session=s' },
      ...(method === 'POST' ? { payload: { ids: ['x'] } } : {}),
    })
  await app.close()
  expect(endpoints.length).toBeGreaterThan(6)
  expect(viewers).toEqual(endpoints.map(() => 7))
})
