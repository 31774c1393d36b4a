import { expect } from 'vitest'
import type { Command } from '@lotline/core/catalogue'
import { type StoryPlant, story } from './story.ts'

/** A small store to go wrong in: 100 kg of BAR-1, an expired lot, a held one. */
async function store(plant: StoryPlant): Promise<void> {
  await plant.define({
    items: { BAR: { unit: 'kg' } },
    suppliers: ['MILL'],
    customers: ['ACME'],
    places: ['STORE'],
  })
  const receive = (lot: string, more: object = {}) => {
    const command: Command = {
      verb: 'receive',
      item: 'BAR',
      quantity: { value: '100' },
      place: 'STORE',
      supplier: 'MILL',
      lot,
      ...more,
    }
    return plant.do(command)
  }
  await receive('BAR-1')
  await receive('OLD-7', { expiresOn: '2026-01-01' })
  await receive('HELD-9')
  await plant.do({ verb: 'hold', what: ['HELD-9'], reasonCode: 'crack', reason: 'cracks found' })
}

const receipt = { verb: 'receive', item: 'BAR', quantity: { value: '1' }, place: 'STORE', supplier: 'MILL' }
const use = (what: unknown, value: string, more: object = {}) => ({
  verb: 'consume',
  process: 'p-1',
  what,
  quantity: { value },
  ...more,
})

/** What is sent, the code it is refused with, the status, and what the words must name. */
const matrix: readonly (readonly [
  name: string,
  command: unknown,
  code: string,
  status: number,
  names: string,
])[] = [
  ['unknown item', { ...receipt, item: 'BARR' }, 'item_unknown', 404, 'BARR'],
  ['unknown lot', use('BAR-X', '1'), 'lot_unknown', 404, 'BAR-X'],
  ['unknown place', { ...receipt, place: 'MOON' }, 'place_unknown', 404, 'MOON'],
  ['unknown supplier', { ...receipt, supplier: 'NOBODY' }, 'party_unknown', 404, 'NOBODY'],
  ['wrong unit', { ...receipt, quantity: { value: '1', unit: 'l' } }, 'unit_unknown', 422, 'kg'],
  ['zero', { ...receipt, quantity: { value: '0' } }, 'quantity_not_positive', 422, 'zero'],
  ['negative', { ...receipt, quantity: { value: '-5' } }, 'quantity_malformed', 422, '-5'],
  ['40 digits', { ...receipt, quantity: { value: '1'.repeat(40) } }, 'quantity_malformed', 422, '1111'],
  ['exponent', { ...receipt, quantity: { value: '1e3' } }, 'quantity_malformed', 422, '1e3'],
  ['comma', { ...receipt, quantity: { value: '1,5' } }, 'quantity_malformed', 422, '1,5'],
  ['quantity as a number', { ...receipt, quantity: 5 }, 'command_malformed', 422, 'quantity'],
  ['too precise', { ...receipt, quantity: { value: '0.00001' } }, 'quantity_too_precise', 422, '3'],
  ['look-alike code', { ...receipt, lot: 'BAR-01' }, 'lot_looks_alike', 409, 'BAR-1'],
  ['invisible character', { ...receipt, lot: 'BAR\u200b-2' }, 'code_malformed', 422, '200b'],
  ['more than there is', use('BAR-1', '100.001'), 'not_enough', 409, '100'],
  ['held lot', use('HELD-9', '1'), 'lot_on_hold', 409, 'HELD-9'],
  ['expired lot', use('OLD-7', '1'), 'lot_expired', 409, 'OLD-7'],
  [
    'merge with itself',
    {
      verb: 'merge',
      what: [{ what: 'BAR-1' }, { what: 'BAR-1' }],
      into: { code: 'BAR-1', item: 'BAR', place: 'STORE' },
    },
    'merged_with_itself',
    409,
    'BAR-1',
  ],
  ['clock ahead', { ...receipt, happenedAt: '2999-01-01T00:00:00Z' }, 'clock_ahead', 422, '2999'],
  ['no time', { ...receipt, happenedAt: 'yesterday' }, 'time_malformed', 422, 'yesterday'],
  ['misspelt verb', { verb: 'recieve' }, 'verb_unknown', 422, 'recieve'],
  ['unknown field', { ...receipt, quantitty: '5' }, 'command_malformed', 422, 'quantitty'],
  ['missing field', { verb: 'receive', item: 'BAR' }, 'command_malformed', 422, 'place'],
  ['no command', 'receive', 'verb_unknown', 422, 'verb'],
]

story('[C4 I1 B1] Bad input is refused in words, and nothing is stored but the attempt', async (plant) => {
  await store(plant)
  const before = await plant.position()
  const seen: string[] = []
  for (const [name, command, code, status, names] of matrix) {
    const refusal = await plant.refused(command)
    seen.push(`${name}: ${refusal.code} ${refusal.status} ${JSON.stringify(refusal).includes(names)}`)
    expect
      .soft(`${name}: ${refusal.code} ${refusal.status} ${JSON.stringify(refusal).includes(names)}`)
      .toBe(`${name}: ${code} ${status} true`)
  }
  expect(await plant.position()).toBe(before)
  const attempts = await plant.client.list<{ code: string }>('attempts', { code: 'lot_on_hold' })
  expect(attempts.rows).toHaveLength(1)
  expect(seen).toHaveLength(matrix.length)
})

story('[I1] A key stands for one content, and a repeated call is answered alike', async (plant) => {
  await plant.define({ items: { BAR: { unit: 'kg' } }, suppliers: ['MILL'], places: ['STORE'] })
  const command: Command = {
    verb: 'receive',
    item: 'BAR',
    quantity: { value: '1' },
    place: 'STORE',
    supplier: 'MILL',
    lot: 'L-1',
  }
  const first = await plant.client.capture(command, 'key-0000001')
  const again = await plant.client.capture(command, 'key-0000001')
  expect(again).toEqual({ ...first, replayed: true })
  const other = await plant.refused({ ...command, quantity: { value: '2' } }, 'key-0000001')
  expect(other).toMatchObject({ code: 'key_reused', status: 422 })

  const held: Command = { verb: 'scrap', what: 'L-1', quantity: { value: '5' }, reason: 'dropped' }
  const mixed = await plant.client.captureMany([
    { ...command, lot: 'L-2', key: 'key-0000002' },
    { ...held, key: 'key-0000003' },
  ])
  expect(mixed).toMatchObject({
    accepted: 1,
    refused: 1,
    results: [{ ok: true }, { ok: false, problem: { code: 'not_enough' } }],
  })
  const together = await plant.client.captureMany(
    [
      { ...command, lot: 'L-3', key: 'key-0000004' },
      { ...held, key: 'key-0000005' },
    ],
    'all-or-nothing',
  )
  expect(together).toMatchObject({ accepted: 0, refused: 1, withheld: 1 })
  expect((await plant.client.search('L-3')).matches).toEqual([])
  const keyless = await plant.client.captureMany([{ ...command, lot: 'L-4' }])
  expect(keyless).toMatchObject({ refused: 1, results: [{ problem: { code: 'key_missing' } }] })
})

story(
  '[I1] A body that is no good JSON, too large or of another kind is refused before anything is asked',
  async (plant) => {
    const send = async (body: string, mediaType = 'application/json') => {
      const response = await fetch(`${plant.url}/v1/captures`, {
        method: 'POST',
        headers: { 'content-type': mediaType, authorization: `Bearer ${plant.token}` },
        body,
      })
      const { code, fix } = JSON.parse(await response.text())
      return [response.status, code, typeof fix]
    }
    expect(await send('{"verb":')).toEqual([400, 'json_malformed', 'string'])
    expect(await send('{"verb":"receive","verb":"ship"}')).toEqual([400, 'json_malformed', 'string'])
    expect(await send('{"__proto__":{"x":1}}')).toEqual([400, 'json_malformed', 'string'])
    expect(await send('['.repeat(100_000))).toEqual([400, 'json_malformed', 'string'])
    expect(await send('{"verb":"receive","reason":"a\\u0000b"}')).toEqual([400, 'text_unstorable', 'string'])
    expect(await send('<a/>', 'application/xml')).toEqual([415, 'media_type_unknown', 'string'])
    expect(await send(`"${'x'.repeat(17 * 1_048_576)}"`)).toEqual([413, 'body_too_large', 'string'])
    expect(await plant.position()).toBe(-1)
  },
)

story('[H1 F1] Nobody gets in without the token, and a foreign page never writes', async (plant) => {
  const status = async (path: string, headers: Record<string, string>, method = 'GET') => {
    const response = await fetch(`${plant.url}${path}`, { method, headers })
    return [response.status, response.status < 400 ? null : JSON.parse(await response.text()).code]
  }
  expect(await status('/v1/items', {})).toEqual([401, 'token_missing'])
  expect(await status('/v1/items', { authorization: 'Bearer wrong' })).toEqual([401, 'token_wrong'])
  expect(await status('/health/live', {})).toEqual([200, null])
  expect(await status('/v1/nothing', {})).toEqual([404, 'path_unknown'])
  const foreign = { authorization: `Bearer ${plant.token}`, origin: 'https://evil.example' }
  expect(await status('/v1/rebuild', foreign, 'POST')).toEqual([403, 'foreign_page'])
  const session = await plant.client.ask({ method: 'GET', path: '/v1/session' })
  expect(session).toMatchObject({ demo: false })
  expect(await status('/v1/traceables/99', { authorization: `Bearer ${plant.token}` })).toEqual([
    404,
    'not_found',
  ])
  expect(await status('/v1/items?cursor=abc', { authorization: `Bearer ${plant.token}` })).toEqual([
    400,
    'cursor_malformed',
  ])
  expect(await status('/v1/items?colour=red', { authorization: `Bearer ${plant.token}` })).toEqual([
    400,
    'request_malformed',
  ])
  expect(await status('/v1/answers', { authorization: `Bearer ${plant.token}` })).toEqual([422, 'id_missing'])
  expect(
    await status('/v1/answers?id=x&happenedFrom=noon', { authorization: `Bearer ${plant.token}` }),
  ).toEqual([422, 'when_malformed'])
  expect(await status('/v1/conditions', { authorization: `Bearer ${plant.token}` })).toEqual([
    422,
    'condition_missing',
  ])
  expect(await status('/v1/conditions?tool=T&from=noon', { authorization: `Bearer ${plant.token}` })).toEqual(
    [422, 'span_malformed'],
  )
})
