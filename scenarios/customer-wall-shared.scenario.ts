import { expect } from 'vitest'
import { browse, signedIn } from './browse.ts'
import { story, type StoryPlant } from './story.ts'

const kg = (value: string) => ({ quantity: { value } })
const customer = [{ role: 'customer' }]

/** What a person is told in every way there is to ask about a thing, as text; and that each way was answered. */
async function toldOf(plant: StoryPlant, code: string, cookie: string): Promise<string> {
  const { matches } = await plant.client.search(code)
  const id = matches.find((match) => match.code === code)?.id ?? ''
  const asked = [
    `/v1/trace?id=${code}&direction=both`,
    `/v1/answers?id=${code}`,
    `/v1/search?text=${code}`,
    `/v1/traceables/${id}`,
    '/v1/stock',
    '/v1/orders',
  ]
  const told = []
  for (const path of asked) {
    const { status, body } = await browse(plant, path, undefined, cookie)
    expect(status, path).toBe(200)
    told.push({ path, body })
  }
  for (const route of ['/v1/trace', '/v1/answers']) {
    const lines = await fetch(`${plant.url}${route}?id=${code}`, {
      headers: { cookie, accept: 'application/x-ndjson', origin: plant.url },
    })
    expect(lines.status, route).toBe(200)
    const text = await lines.text()
    expect(text.trimEnd().split('\n').length).toBeGreaterThan(2)
    told.push({ path: `${route} in lines`, text })
  }
  return JSON.stringify(told)
}

/** The plant's own glue, and a kit made of it, each shipped to two customers in part. */
async function sharedLots(plant: StoryPlant): Promise<void> {
  await plant.define({
    items: { GLUE: { unit: 'kg' }, KIT: { unit: 'kg' } },
    customers: ['ALFA', 'BETA'],
    suppliers: ['MILL'],
    places: ['STORE'],
  })
  await plant.do({
    ...{ verb: 'receive', item: 'GLUE', lot: 'GLUE-1', supplier: 'MILL', place: 'STORE' },
    ...{ ...kg('9731'), names: [{ scheme: 'alias', value: 'BETA-PART-7' }] },
  })
  const process = 'blend-for-BETA'
  await plant.do({ verb: 'consume', process, what: 'GLUE-1', ...kg('417'), from: 'STORE' })
  await plant.do({ verb: 'produce', process, item: 'KIT', lot: 'KIT-1', ...kg('389'), place: 'STORE' })
  for (const [customer, amount] of [
    ['ALFA', '11'],
    ['BETA', '23'],
  ] as const) {
    const contents = ['GLUE-1', 'KIT-1'].map((what) => ({ what, ...kg(amount) }))
    await plant.do({ verb: 'ship', shipment: `${customer}-SHP`, customer, contents })
  }
}

story('[H3] of a lot shipped to two customers, each learns the own share alone', async (plant) => {
  await sharedLots(plant)
  const alfa = await signedIn(plant, 'alma', customer, 'ALFA')
  const told = await toldOf(plant, 'GLUE-1', alfa)
  expect(told).toContain('KIT-1')
  expect(told).toContain('"ALFA-SHP"')
  expect(told).toContain('"11"')
  // Nor what there was of it, what went into the kit, or what somebody else got; not by sums or shares either.
  expect(told).not.toMatch(/BETA|MILL|STORE|"?(9731|9314|417|389|23|34|9280|355|0\.0\d+)"/)
  const quality = await signedIn(plant, 'quentin', [{ role: 'quality' }])
  const whole = await toldOf(plant, 'GLUE-1', quality)
  for (const text of ['BETA-SHP', 'BETA-PART-7', 'blend-for-BETA', '"417"', '"389"', 'MILL'])
    expect(whole).toContain(text)
})

story(
  '[H3] a shipment that was taken back is told to nobody else, and the past is not told',
  async (plant) => {
    await sharedLots(plant)
    const { position } = await plant.client.trace(['GLUE-1'])
    const { events } = await plant.client.ask<{ events: { type: string; id: string; body: object }[] }>({
      method: 'GET',
      path: '/v1/events',
    })
    const shipped = events.findLast(({ type }) => type === 'Shipped')
    await plant.do({ verb: 'correct', event: shipped?.id ?? '', reason: 'it never left' })
    const alfa = await signedIn(plant, 'alma', customer, 'ALFA')
    for (const past of [`asKnownOn=${position}`, 'happenedTo=2026-01-01T00:00:00Z'])
      for (const route of ['/v1/answers', '/v1/trace']) {
        const { status, body } = await browse(plant, `${route}?id=GLUE-1&${past}`, undefined, alfa)
        expect({ status, code: body['code'] }).toEqual({ status: 403, code: 'past_not_told' })
      }
    expect(await toldOf(plant, 'GLUE-1', alfa)).not.toMatch(/BETA/)
  },
)

/** Material of two customers meets in one tank, which is the plant's. */
async function commonTank(plant: StoryPlant): Promise<void> {
  await plant.define({ customers: ['ALFA', 'BETA'], suppliers: ['FARM'], places: ['HALL'] })
  for (const owner of ['ALFA', 'BETA'])
    for (const code of [`${owner}-MILK`, `${owner}-CUP`])
      await plant.do({
        ...{ verb: 'define', thing: 'item', code, name: code, tracking: 'lot', unit: 'kg', owner },
      })
  for (const owner of ['ALFA', 'BETA'])
    await plant.do({
      ...{ verb: 'receive', item: `${owner}-MILK`, lot: `${owner}-M-1`, supplier: 'FARM' },
      ...{ ...kg('100'), place: 'HALL' },
    })
  const tank = { verb: 'load', vessel: 'TANK-BETA', place: 'HALL' } as const
  await plant.do({ ...tank, newVessel: true, what: 'BETA-M-1' })
  await plant.do({ ...tank, what: 'ALFA-M-1' })
  const draw = { verb: 'draw', vessel: 'TANK-BETA', place: 'HALL', ...kg('50') } as const
  await plant.do({ ...draw, item: 'ALFA-CUP', lot: 'ALFA-C-1' })
  await plant.do({ ...draw, item: 'BETA-CUP', lot: 'BETA-C-1' })
}

story(
  '[H3] what is theirs beyond a common tank stays, and nothing tells what lies between',
  async (plant) => {
    await commonTank(plant)
    await plant.do({
      ...{ verb: 'hold', what: ['BETA-M-1'], reasonCode: 'odour', reason: 'BETA smelled it', cascade: true },
    })
    const alfa = await signedIn(plant, 'alma', customer, 'ALFA')
    const { body } = await browse(plant, '/v1/trace?id=ALFA-M-1', undefined, alfa)
    expect(body['nodes']).toMatchObject([
      { code: 'ALFA-M-1', depth: 0, held: false },
      // Held because of what it came to hold; by whose complaint, and in which words, is not theirs.
      { code: 'ALFA-C-1', depth: 3, held: true },
    ])
    expect(body).toMatchObject({ edges: [], within: 'visible' })
    const { matches } = await plant.client.search('ALFA-C-1')
    const record = await browse(plant, `/v1/traceables/${matches[0]?.id}`, undefined, alfa)
    expect(record.body['holds']).toMatchObject([{ reasonCode: 'odour', reason: null }])
    for (const code of ['ALFA-M-1', 'ALFA-C-1'])
      expect((await toldOf(plant, code, alfa)).replaceAll('smelled', 'BETA')).not.toMatch(/BETA|TANK/)
  },
)

story('[H3 C4] a hole in the making of what is theirs makes their answer less than whole', async (plant) => {
  await plant.define({ customers: ['ALFA'], places: ['HALL'] })
  for (const code of ['OAT', 'BAR'])
    await plant.do({
      ...{ verb: 'define', thing: 'item', code, name: code, tracking: 'lot', unit: 'kg', owner: 'ALFA' },
    })
  const lines = [{ item: 'OAT', quantity: { value: '1' } }]
  await plant.do({ verb: 'define', thing: 'bom', item: 'BAR', version: '1', lines })
  await plant.do({ verb: 'produce', process: 'p-1', item: 'BAR', lot: 'BAR-1', ...kg('4'), place: 'HALL' })
  const alfa = await signedIn(plant, 'alma', customer, 'ALFA')
  const { body } = await browse(plant, '/v1/trace?id=BAR-1&direction=backward', undefined, alfa)
  expect(body).toMatchObject({ complete: false, reasons: ['gaps'] })
  expect(body['gaps']).toMatchObject([
    { kind: 'input-not-recorded', detail: 'input not recorded', code: 'BAR-1' },
  ])
})
