import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ensureOrganisation } from '../database/organisation.ts'
import { withClient } from '../database/own-connection.ts'
import { testDatabase, type TestDatabase } from '../database/testing.ts'
import type { Rules } from './capture.ts'
import { rebuild } from './rebuild.ts'
import { type ToyCommand, toyCapture, toyRules, utcDate } from './toy-rules.testing.ts'
import { Writer } from './writer.ts'

let database: TestDatabase
let made = 0
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

async function plant() {
  const organisation = await ensureOrganisation(database.pool, `memory-${++made}`, 'Plant')
  const writer = (rules: Rules<ToyCommand> = toyRules) =>
    new Writer({ pool: database.pool, organisation, rules, dateOf: utcDate })
  return { organisation, writer }
}

/** Changes a row behind the program's back, without the head knowing. */
function edit(org: number, text: string): Promise<void> {
  return withClient(database.admin, async (client) => {
    await client.query(`set app.org = '${org}'`)
    await client.query(text)
  })
}

const take = (lot: number, amount: number) => toyCapture('take', lot, amount)
const put = (lot: number, amount: number) => toyCapture('put', lot, amount)

describe('what a writer knows from one batch to the next', () => {
  test('[B18] is used: rows are not read again while nobody else writes', async () => {
    const { organisation, writer } = await plant()
    const ours = writer()
    await ours.record([put(1, 10)], 'each')
    await edit(organisation.org, 'update stock set on_hand = 1000 where traceable = 1')
    const [outcome] = await ours.record([take(1, 11)], 'each')
    expect(outcome).toMatchObject({ outcome: 'refused' })
  })

  test('[B18] is dropped when another program has written', async () => {
    const { writer } = await plant()
    const [ours, theirs] = [writer(), writer()]
    await ours.record([put(1, 10)], 'each')
    await theirs.record([take(1, 10)], 'each')
    const [outcome] = await ours.record([take(1, 1)], 'each')
    expect(outcome).toMatchObject({ outcome: 'refused', refusal: { code: 'not_enough' } })
    await ours.record([put(1, 3)], 'each')
    const [last] = await theirs.record([take(1, 3)], 'each')
    expect(last).toMatchObject({ outcome: 'accepted' })
  })

  test('[B18] is dropped when the tables were made anew', async () => {
    const { organisation, writer } = await plant()
    await writer().record([put(1, 10)], 'each')
    await edit(organisation.org, 'update stock set on_hand = 2 where traceable = 1')
    const ours = writer()
    await ours.record([put(2, 1)], 'each')
    const [before] = await ours.record([take(1, 5)], 'each')
    expect(before).toMatchObject({ outcome: 'refused' })
    await rebuild(database.pool, organisation.org, toyRules)
    const [after] = await ours.record([take(1, 5)], 'each')
    expect(after).toMatchObject({ outcome: 'accepted' })
  })

  test('[B18] has nothing of a call that was refused as a whole, nor of a batch that failed', async () => {
    const { writer } = await plant()
    const ours = writer()
    await ours.record([put(1, 10)], 'each')
    const outcomes = await ours.record([take(1, 10), take(1, 1)], 'all')
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['withheld', 'refused'])
    // The database refuses the number of a lot that is no whole number: the batch of both is lost, then each is tried alone.
    const mixed = await Promise.allSettled([
      ours.record([take(1, 4)], 'each'),
      ours.record([toyCapture('put', 1.5, 4)], 'each'),
    ])
    expect(mixed.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    const [rest] = await ours.record([take(1, 6)], 'each')
    expect(rest).toMatchObject({ outcome: 'accepted' })
    const [more] = await ours.record([take(1, 1)], 'each')
    expect(more).toMatchObject({ outcome: 'refused' })
  })
})
