import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ensureOrganisation, type Organisation } from '../database/organisation.ts'
import { withClient } from '../database/own-connection.ts'
import { makePool } from '../database/pool.ts'
import { testDatabase, type TestDatabase } from '../database/testing.ts'
import { rebuild } from './rebuild.ts'
import { toyCapture, toyRules, utcDate } from './toy-rules.testing.ts'
import { verify } from './verify.ts'
import { Writer } from './writer.ts'

let database: TestDatabase
let organisation: Organisation
beforeEach(async () => {
  database = await testDatabase()
  organisation = await ensureOrganisation(database.pool, 'acme', 'Acme')
  const writer = new Writer({ pool: database.pool, organisation, rules: toyRules, dateOf: utcDate })
  const captures = Array.from({ length: 20 }, (_, at) => toyCapture('put', 1 + (at % 3), 1 + at))
  await writer.record([...captures, toyCapture('take', 9, 1)], 'each')
})
afterEach(() => database.close())

/** As somebody with every right would, past all guards, leaving them in place again. */
async function tamper(text: string): Promise<void> {
  await withClient(database.admin, async (client) => {
    await client.query('begin')
    for (const table of ['event_bytes', 'ledger_leaf', 'capture_key', 'ledger_head']) {
      await client.query(`alter table ${table} disable trigger all`)
    }
    await client.query(text)
    for (const table of ['event_bytes', 'ledger_leaf', 'capture_key', 'ledger_head']) {
      await client.query(`alter table ${table} enable trigger all`)
    }
    await client.query('commit')
    for (const [table, trigger] of [
      ['event_bytes', 'no_change'],
      ['event_bytes', 'no_truncate'],
      ['event_bytes', 'bytes'],
      ['ledger_leaf', 'no_change'],
      ['ledger_leaf', 'no_truncate'],
      ['ledger_leaf', 'chain'],
      ['capture_key', 'no_change'],
      ['capture_key', 'no_truncate'],
      ['ledger_head', 'no_change'],
      ['ledger_head', 'no_truncate'],
      ['ledger_head', 'head'],
    ]) {
      await client.query(`alter table ${table} enable always trigger ${trigger}`)
    }
  })
}

async function check() {
  const pool = makePool(database.sessions.verify, 1, () => {})
  try {
    return await verify(pool, toyRules)
  } finally {
    await pool.end()
  }
}

async function faults(): Promise<(string | number | null)[][]> {
  const report = await check()
  expect(report.whole).toBe(false)
  expect(report.guards).toEqual([])
  return report.ledgers.flatMap((ledger) => ledger.faults.map((each) => [each.kind, each.position]))
}

const changedByte = `overlay(bytes placing '\\x39' from position('"amount":'::bytea in bytes) + 9 for 1)`

describe('verify', () => {
  test('[F1] finds nothing on an untouched ledger, as a role that can only read', async () => {
    const report = await check()
    expect(report).toMatchObject({
      whole: true,
      guards: [],
      ledgers: [{ organisation: 'acme', events: 20, faults: [] }],
    })
  })

  test('[F1] finds and locates one changed byte', async () => {
    await tamper(`update event_bytes set bytes = ${changedByte} where position = 7`)
    expect(await faults()).toContainEqual(['bytes_changed', 7])
  })

  test('[F1] finds a byte that was changed together with its leaf', async () => {
    await tamper(`update event_bytes set bytes = ${changedByte} where position = 7;
      update ledger_leaf l set leaf = sha256('\\x00'::bytea || b.bytes) from event_bytes b
       where l.position = 7 and b.position = 7`)
    expect(await faults()).toContainEqual(['chain_broken', 8])
  })

  test.each([
    ['a lost event', 'delete from event_bytes where position = 3', ['bytes_missing', 3]],
    [
      'a gap',
      'delete from event_bytes where position = 3; delete from ledger_leaf where position = 3',
      ['position_gap', 3],
    ],
    [
      'a cut end',
      'delete from event_bytes where position > 17; delete from ledger_leaf where position > 17',
      ['head_wrong', 20],
    ],
    ['a forgotten key', 'delete from capture_key where first_position = 5', ['answer_wrong', 5]],
    [
      'a changed balance',
      `update stock set on_hand = on_hand + 1 where traceable = 2`,
      ['row_changed', null],
    ],
    [
      'a row from nowhere',
      `insert into counter select org_id, 'mine', 1 from ledger_head`,
      ['row_extra', null],
    ],
    ['a lost row', `delete from node where no = 4`, ['row_missing', null]],
  ])('[F1] finds %s', async (_, change, expected) => {
    await tamper(change)
    expect(await faults()).toContainEqual(expected)
  })

  test('[F1] finds a guard that was taken away', async () => {
    await withClient(database.admin, (client) =>
      client.query('alter table event_bytes disable trigger no_change'),
    )
    const report = await check()
    expect(report.whole).toBe(false)
    expect(report.guards.map(({ kind }) => kind)).toEqual(['guard_missing'])
  })
})

describe('rebuild', () => {
  test('[B18] makes every table anew from the events, and says what was wrong', async () => {
    await tamper(`update stock set on_hand = 7 where traceable = 2; delete from node where no = 4;
      insert into counter select org_id, 'mine', 1 from ledger_head`)
    const report = await rebuild(database.pool, organisation.org, toyRules)
    expect(report.differences).toHaveLength(3)
    expect(report).toMatchObject({ events: 20, rows: 20 + 20 + 3 + 1 })
    expect((await check()).whole).toBe(true)
    expect((await rebuild(database.pool, organisation.org, toyRules)).differences).toEqual([])
  })

  test('[B18] does not change what comes after', async () => {
    await rebuild(database.pool, organisation.org, toyRules)
    const writer = new Writer({ pool: database.pool, organisation, rules: toyRules, dateOf: utcDate })
    const [outcome] = await writer.record([toyCapture('put', 1, 1)], 'each')
    expect(outcome).toMatchObject({ outcome: 'accepted', event: { position: 20 } })
    expect((await check()).whole).toBe(true)
  })
})
