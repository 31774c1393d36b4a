import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stockTable } from '@lotline/core/ledger/tables'
import { ensureOrganisation, type Organisation } from '../database/organisation.ts'
import { withClient } from '../database/own-connection.ts'
import { PostgresView } from '../database/table-store.ts'
import { testDatabase, type TestDatabase } from '../database/testing.ts'
import { reading } from '../database/transaction.ts'
import type { Committed } from './capture.ts'
import { type ToyCommand, toyCapture, toyRules, utcDate } from './toy-rules.testing.ts'
import { Writer } from './writer.ts'

let database: TestDatabase
let made = 0
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

async function plant(): Promise<{
  organisation: Organisation
  writer: Writer<ToyCommand>
  commits: Committed[]
  onHand(lot: number): Promise<bigint>
}> {
  const organisation = await ensureOrganisation(database.pool, `plant-${++made}`, 'Plant')
  const commits: Committed[] = []
  const writer = newWriter(organisation, commits)
  return { organisation, writer, commits, onHand: (lot) => onHandOf(organisation.org, lot) }
}

function newWriter(organisation: Organisation, commits: Committed[] = []): Writer<ToyCommand> {
  return new Writer({
    pool: database.pool,
    organisation,
    rules: toyRules,
    dateOf: utcDate,
    committed: (what) => commits.push(what),
  })
}

function onHandOf(org: number, lot: number): Promise<bigint> {
  return reading(database.pool, org, async (reader) => {
    const view = new PostgresView()
    for (;;) {
      try {
        return view.get(stockTable, [lot, 'place', 1])?.onHand ?? 0n
      } catch {
        await view.load(reader)
      }
    }
  })
}

async function countRows(org: number, table: string): Promise<number> {
  return reading(database.pool, org, async (reader) => {
    const [row] = await reader.query<{ n: string }>(`select count(*) as n from ${table}`)
    return Number(row?.n)
  })
}

describe('one capture', () => {
  test('[B18] is stored once, chained, and answered with its position', async () => {
    const { organisation, writer, commits, onHand } = await plant()
    const [first] = await writer.record([toyCapture('put', 1, 50)], 'each')
    const [second] = await writer.record([toyCapture('take', 1, 20)], 'each')
    expect(first).toMatchObject({ outcome: 'accepted', replay: false, event: { position: 0 } })
    expect(second).toMatchObject({ outcome: 'accepted', event: { position: 1 } })
    expect(await onHand(1)).toBe(30n)
    expect(commits.map(({ from, changes }) => [from, changes[0]?.nodes[0]?.no])).toEqual([
      [0, 1],
      [1, 2],
    ])
    expect(await countRows(organisation.org, 'ledger_leaf')).toBe(2)
  })

  test('[B18] with a key used before gets the first answer again, refusals too', async () => {
    const { organisation, writer } = await plant()
    const put = toyCapture('put', 1, 5)
    const take = toyCapture('take', 1, 6)
    const [accepted] = await writer.record([put], 'each')
    const [refused] = await writer.record([take], 'each')
    await writer.record([toyCapture('put', 1, 100)], 'each')
    const again = await writer.record([put, take], 'each')
    expect(again[0]).toEqual({ ...accepted, replay: true })
    expect(refused).toMatchObject({ outcome: 'refused', refusal: { code: 'not_enough' } })
    expect(again[1]).toEqual({ ...refused, replay: true })
    expect(await countRows(organisation.org, 'event_bytes')).toBe(2)
    expect(await countRows(organisation.org, 'attempt')).toBe(1)
  })

  test('[B18] with a key used before and other content is refused', async () => {
    const { writer, onHand } = await plant()
    await writer.record([toyCapture('put', 1, 5, 'same-key-1')], 'each')
    const [other] = await writer.record([toyCapture('put', 1, 7, 'same-key-1')], 'each')
    expect(other).toMatchObject({ outcome: 'refused', replay: false, refusal: { code: 'key_reused' } })
    expect(await onHand(1)).toBe(5n)
  })

  test('[F1] that our own code fails on is a fault, and the others of its batch are recorded', async () => {
    const { writer, onHand } = await plant()
    const calls = [toyCapture('put', 1, 1), toyCapture('break', 2, 1), toyCapture('put', 1, 1)].map(
      (capture) =>
        writer.record([capture], 'each').then(
          ([outcome]) => outcome?.outcome,
          (error: Error) => error.message,
        ),
    )
    expect(await Promise.all(calls)).toEqual(['accepted', 'a fault of our own', 'accepted'])
    expect(await onHand(1)).toBe(2n)
    expect(await onHand(2)).toBe(0n)
  })

  test('[F1] that the database refuses does not take others with it', async () => {
    const { writer, onHand } = await plant()
    // Beyond a 64-bit integer: only the database notices.
    const calls = [toyCapture('put', 1, 1), toyCapture('put', 2 ** 70, 1), toyCapture('put', 1, 1)]
    calls.push(toyCapture('put', 3, 2 ** 70))
    const answers = calls.map((capture) =>
      writer.record([capture], 'each').then(
        () => 'recorded',
        () => 'fault',
      ),
    )
    expect(await Promise.all(answers)).toEqual(['recorded', 'fault', 'recorded', 'fault'])
    expect(await onHand(1)).toBe(2n)
  })
})

describe('an all-or-nothing call', () => {
  test('[B18] stores nothing but the attempt when one of it is refused', async () => {
    const { organisation, writer, onHand } = await plant()
    const call = [toyCapture('put', 1, 5), toyCapture('take', 2, 1), toyCapture('put', 1, 5)]
    const outcomes = await writer.record(call, 'all')
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['withheld', 'refused', 'withheld'])
    expect(await onHand(1)).toBe(0n)
    expect(await countRows(organisation.org, 'capture_key')).toBe(0)
    expect(await countRows(organisation.org, 'attempt')).toBe(1)
  })

  test('[B18] takes back what it had written when its last capture is refused, and then goes on', async () => {
    const { organisation, writer, onHand } = await plant()
    const puts = Array.from({ length: 3_000 }, () => toyCapture('put', 1, 1))
    const outcomes = await writer.record([...puts, toyCapture('take', 2, 1)], 'all')
    expect(outcomes.filter(({ outcome }) => outcome === 'withheld')).toHaveLength(3_000)
    expect(await onHand(1)).toBe(0n)
    expect(await countRows(organisation.org, 'event_bytes')).toBe(0)
    expect(await countRows(organisation.org, 'capture_key')).toBe(0)
    expect(await countRows(organisation.org, 'attempt')).toBe(1)
    expect((await writer.record(puts, 'all')).every(({ outcome }) => outcome === 'accepted')).toBe(true)
    expect(await onHand(1)).toBe(3_000n)
  })

  test('[B18] of 10,000 captures that build on each other is one commit', async () => {
    const { writer, commits, onHand } = await plant()
    const call = Array.from({ length: 10_000 }, (_, at) =>
      toyCapture(at % 2 ? 'take' : 'put', 1 + (at % 7), at % 2 ? 0 : 3),
    )
    const outcomes = await writer.record(call, 'all')
    expect(outcomes.every(({ outcome }) => outcome === 'accepted')).toBe(true)
    expect(commits).toHaveLength(1)
    expect(await onHand(1)).toBe(2145n)
  })
})

describe('many clients at once', () => {
  test('[B18] sixteen clients and two writers: every accepted capture once, never below zero', async () => {
    const { organisation, writer, onHand } = await plant()
    const second = newWriter(organisation)
    await writer.record([toyCapture('put', 1, 300)], 'each')
    const client = async (at: number): Promise<number> => {
      let taken = 0
      for (let turn = 0; turn < 25; turn++) {
        const [outcome] = await (at % 2 ? writer : second).record([toyCapture('take', 1, 1)], 'each')
        if (outcome?.outcome === 'accepted') taken++
      }
      return taken
    }
    const taken = await Promise.all(Array.from({ length: 16 }, (_, at) => client(at)))
    expect(taken.reduce((sum, each) => sum + each)).toBe(300)
    expect(await onHand(1)).toBe(0n)
    expect(await countRows(organisation.org, 'event_bytes')).toBe(301)
  })

  test('[B18] twins of one key over two writers are stored once', async () => {
    const { organisation, writer, onHand } = await plant()
    const second = newWriter(organisation)
    const capture = toyCapture('put', 1, 8)
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) => (at % 2 ? writer : second).record([capture], 'each')),
    )
    const flat = answers.flat()
    expect(flat.filter((each) => each.outcome === 'accepted' && !each.replay)).toHaveLength(1)
    expect(flat.every((each) => each.outcome === 'accepted' && each.event.position === 0)).toBe(true)
    expect(await onHand(1)).toBe(8n)
  })

  test('[B18] connections killed under load lose nothing and double nothing', async () => {
    const { organisation, writer, onHand } = await plant()
    let killing = true
    const killer = withClient({ ...database.admin, database: 'postgres' }, async (client) => {
      while (killing) {
        await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
          database.name,
        ])
        await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 150))
      }
    })
    const client = async (): Promise<number> => {
      let recorded = 0
      for (let turn = 0; turn < 40; turn++) {
        const [outcome] = await writer.record([toyCapture('put', 1, 1)], 'each')
        if (outcome?.outcome === 'accepted' && !outcome.replay) recorded++
      }
      return recorded
    }
    const recorded = await Promise.all(Array.from({ length: 8 }, client))
    killing = false
    await killer
    expect(recorded.reduce((sum, each) => sum + each)).toBe(320)
    expect(await onHand(1)).toBe(320n)
    expect(await countRows(organisation.org, 'capture_key')).toBe(320)
  })
})
