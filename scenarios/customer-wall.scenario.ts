import { expect } from 'vitest'
import type { Command } from '@lotline/core/catalogue'
import { browse, signedIn } from './browse.ts'
import { story, type StoryPlant } from './story.ts'

/** One line makes for two customers, each of whom owns the material; and pallets of both stand in one place. */
async function contractPlant(plant: StoryPlant): Promise<void> {
  await plant.define({ customers: ['ALFA', 'BETA'], suppliers: ['MILL'], places: ['STORE', 'LINE'] })
  for (const [owner, prefix] of [
    ['ALFA', 'A'],
    ['BETA', 'B'],
  ] as const) {
    for (const code of [`${prefix}-RAW`, `${prefix}-MIX`])
      await plant.do({
        ...{
          verb: 'define',
          thing: 'item',
          code,
          name: `${owner} ${code}`,
          tracking: 'lot',
          unit: 'kg',
          owner,
        },
      } as Command)
    const raw = { item: `${prefix}-RAW`, lot: `${prefix}-LOT-1`, heat: `${prefix}-HEAT`, supplier: 'MILL' }
    await plant.do({ verb: 'receive', ...raw, quantity: { value: '100' }, place: 'STORE' })
    const order = `${prefix}-WO`
    await plant.do({ verb: 'open', order, kind: 'work', item: `${prefix}-MIX`, quantity: { value: '40' } })
    await plant.do({
      verb: 'consume',
      order,
      what: `${prefix}-LOT-1`,
      quantity: { value: '40' },
      from: 'STORE',
    })
    const made = { item: `${prefix}-MIX`, lot: `${prefix}-MIX-1`, quantity: { value: '40' }, place: 'LINE' }
    await plant.do({ verb: 'produce', order, ...made })
    const sold = `${prefix}-SO`
    await plant.do({
      verb: 'open',
      order: sold,
      kind: 'customer',
      party: owner,
      item: `${prefix}-MIX`,
      quantity: { value: '10' },
    } as Command)
    const contents = [{ what: `${prefix}-MIX-1`, quantity: { value: '10' } }]
    await plant.do({ verb: 'ship', shipment: `${prefix}-SHP`, customer: owner, order: sold, contents })
  }
  await plant.do({
    verb: 'hold',
    what: ['B-MIX-1'],
    reasonCode: 'odour',
    reason: 'BETA complained of an odour',
  })
}

story('[H3] a customer finds the own lots, orders and shipments, with what became of them', async (plant) => {
  await contractPlant(plant)
  const alfa = await signedIn(plant, 'alma', [{ role: 'customer' }], 'ALFA')
  const trace = await browse(plant, '/v1/trace?id=A-LOT-1', undefined, alfa)
  expect(trace.status, JSON.stringify(trace.body)).toBe(200)
  const codes = (trace.body['nodes'] as { code: string }[]).map(({ code }) => code)
  expect(codes).toEqual(['A-LOT-1', 'A-MIX-1'])
  expect(trace.body['edges']).toMatchObject([{ quantity: '40' }])
  expect(trace.body).toMatchObject({ within: 'visible', complete: true })
  const answers = await browse(plant, '/v1/answers?id=A-LOT-1', undefined, alfa)
  expect(answers.body['summary']).toMatchObject({ shipped: { shipments: 1, customers: 1 }, held: 0, gaps: 0 })
  const orders = await browse(plant, '/v1/orders', undefined, alfa)
  expect(orders.body['rows']).toMatchObject([{ code: 'A-SO', party: 'ALFA' }])
  const stock = await browse(plant, '/v1/stock', undefined, alfa)
  expect((stock.body['rows'] as { code: string }[]).map(({ code }) => code)).toEqual(
    expect.arrayContaining(['A-LOT-1', 'A-MIX-1']),
  )
  const quality = await signedIn(plant, 'quentin', [{ role: 'quality' }])
  const all = await browse(plant, '/v1/trace?id=A-LOT-1', undefined, quality)
  expect(all.body['within']).toBeUndefined()
})

story('[H3] what is another customer’s is answered like what nobody ever heard of', async (plant) => {
  await contractPlant(plant)
  const alfa = await signedIn(plant, 'alma', [{ role: 'customer' }], 'ALFA')
  const { matches } = await plant.client.search('B-MIX-1')
  const ask = async (path: string) => {
    const { status, body } = await browse(plant, path, undefined, alfa)
    return { status, body: { ...body, instance: '' } }
  }
  const foreign = matches[0]?.id ?? ''
  for (const route of ['/v1/trace?id=', '/v1/answers?id=', '/v1/search?text=']) {
    const theirs = await ask(`${route}B-MIX-1`)
    const nobodys = await ask(`${route}B-MIX-9`)
    expect(JSON.stringify(theirs).replaceAll('B-MIX-1', 'X'), route).toBe(
      JSON.stringify(nobodys).replaceAll('B-MIX-9', 'X'),
    )
  }
  const theirs = await ask(`/v1/traceables/${foreign}`)
  const nobodys = await ask('/v1/traceables/987654')
  expect(theirs.status).toBe(404)
  expect(JSON.stringify(theirs).replaceAll(foreign, 'X')).toBe(
    JSON.stringify(nobodys).replaceAll('987654', 'X'),
  )
})

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly schema: { readonly type?: string; readonly enum?: readonly string[] }
}

interface Route {
  readonly path: string
  readonly method: string
  readonly parameters: readonly Parameter[]
}

/** Every way to ask a route about a thing: each of its parameters that takes text, and its path, filled with the thing's name. */
function waysToAsk(
  path: string,
  parameters: readonly Parameter[],
  foreign: { code: string; id: string },
): string[] {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === 'sha256' ? '0'.repeat(64) : foreign.id,
  )
  const query = parameters.filter((each) => each.in === 'query')
  const text = query.filter(
    ({ name }) => !['limit', 'cursor', 'asKnownOn', 'happenedFrom', 'happenedTo'].includes(name),
  )
  const needed = query.filter(({ required }) => required).map(({ name }) => `${name}=${foreign.code}`)
  const one = text.filter(({ required }) => !required)
  return [
    `${filled}?${needed.join('&')}`,
    ...one.map(
      ({ name, schema }) =>
        `${filled}?${[...needed, `${name}=${schema.enum?.[0] ?? foreign.code}`].join('&')}`,
    ),
  ]
}

const secret = /B-(LOT|MIX|HEAT|WO|SO|SHP|RAW)|BETA|odour/

/** Asks one route about every foreign thing in every way; gives what it told that it should not have. */
async function leaksOf(
  plant: StoryPlant,
  route: Route,
  cookie: string,
  foreigners: readonly { code: string; id: string }[],
  asked: { questions: number; answered: number },
): Promise<string[]> {
  const leaks: string[] = []
  for (const foreign of foreigners) {
    for (const url of waysToAsk(route.path, route.parameters, foreign)) {
      const json = route.method === 'post' ? { ids: [foreign.code] } : undefined
      const answer = await browse(plant, url, json, cookie)
      asked.questions++
      if (answer.status === 200) asked.answered++
      // What was asked may be said back, as it is for a name that nobody ever heard of.
      const told = JSON.stringify(answer.body).replaceAll(foreign.code, '')
      if (secret.test(told) || answer.status >= 500 || answer.status === 401)
        leaks.push(`${route.method} ${url}: ${answer.status} ${told.slice(0, 300)}`)
      // Who may not use the route at all is turned away before anything is looked up.
      if (answer.status === 403) return leaks
    }
  }
  return leaks
}

const wallTitle =
  '[H3 H1] no route of the interface tells one customer anything of another, whatever it is asked'

story(wallTitle, async (plant) => {
  await contractPlant(plant)
  const people = [
    await signedIn(plant, 'alma-customer', [{ role: 'customer' }], 'ALFA'),
    await signedIn(plant, 'alma-supplier', [{ role: 'supplier' }], 'ALFA'),
  ]
  const document = await plant.client.ask<{
    paths: Record<string, Record<string, { parameters?: readonly Parameter[] }>>
  }>({ method: 'GET', path: '/openapi.json' })
  // The reference speaks of no plant, and signing in or out would end the session that asks.
  const routes = Object.entries(document.paths)
    .filter(([path]) => !/^\/(docs|openapi|metrics|health|v1\/(sign|links))/.test(path))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { parameters = [] }]) => ({ path, method, parameters })),
    )
  const codes = ['B-LOT-1', 'B-MIX-1', 'B-HEAT', 'B-WO', 'B-SO', 'B-SHP', 'B-RAW', 'BETA']
  const foreigners = await Promise.all(
    codes.map(async (code) => ({ code, id: (await plant.client.search(code)).matches[0]?.id ?? '1' })),
  )
  const leaks: string[] = []
  const asked = { questions: 0, answered: 0 }
  for (const route of routes)
    for (const cookie of people) leaks.push(...(await leaksOf(plant, route, cookie, foreigners, asked)))
  const said = { routes: routes.length, roles: people.length, foreignIds: codes.length, ...asked }
  process.stdout.write(`customer wall: ${JSON.stringify({ ...said, leaks: leaks.length })}\n`)
  expect(leaks).toEqual([])
  expect(routes.length).toBeGreaterThan(30)
  expect(asked.answered).toBeGreaterThan(30)
})
