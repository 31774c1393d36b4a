import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RecordedEvent } from '@lotline/core/ledger/effects'
import { splitNotes } from '@lotline/core/ledger/checkpoint-note'
import { envelopeBytes, GENESIS, leafHash, readEnvelope } from '@lotline/core/ledger/envelope'
import { guardTriggers } from '../database/guards.ts'
import { ensureOrganisation, type Organisation } from '../database/organisation.ts'
import { withClient } from '../database/own-connection.ts'
import { makePool } from '../database/pool.ts'
import { testDatabase, type TestDatabase } from '../database/testing.ts'
import { Sealer } from '../sealing/sealer.ts'
import { storeKeys } from '../sealing/sealing.ts'
import { openSigner } from '../sealing/signer.ts'
import { rebuild } from './rebuild.ts'
import { toyCapture, toyRules, utcDate } from './toy-rules.testing.ts'
import { verify, type VerifyOptions } from './verify.ts'
import { Writer } from './writer.ts'

// What somebody with every right on the database could do, done as well as it can be: chain, keys and tables are made to fit
// again. Only what lies outside the database convicts him.

let database: TestDatabase
let organisation: Organisation
let folder: string
beforeEach(async () => {
  database = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'lotline-edits-'))
  organisation = await ensureOrganisation(database.pool, 'acme', 'Acme')
  await record(20)
  await seal()
  await record(10)
  await seal()
})
afterEach(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

async function record(count: number): Promise<void> {
  const writer = new Writer({ pool: database.pool, organisation, rules: toyRules, dateOf: utcDate })
  const captures = Array.from({ length: count }, (_, at) => toyCapture('put', 1 + (at % 3), 1 + at))
  await writer.record(captures, 'each')
}

async function seal(into = folder): Promise<void> {
  const ledger = { org: organisation.org, kind: 'facts', path: 'acme' } as const
  const signer = await openSigner({ folder: into })
  await storeKeys(database.pool, signer)
  await new Sealer(database.pool, ledger, signer).seal()
}

async function found(
  options: VerifyOptions = { folder },
  where = database,
): Promise<(string | number | null)[][]> {
  const pool = makePool(where.sessions.verify, 1, () => {})
  try {
    const report = await verify(pool, toyRules, options)
    const faults = [...report.guards, ...report.missing, ...report.ledgers.flatMap((ledger) => ledger.faults)]
    expect(report.whole).toBe(faults.length === 0)
    return faults.map(({ kind, position }) => [kind, position])
  } finally {
    await pool.end()
  }
}

/** Past all guards, which are back in place afterwards. */
async function unguarded(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const tables = Object.keys(guardTriggers)
  await withClient(database.admin, async (client) => {
    for (const table of tables) await client.query(`alter table ${table} disable trigger all`)
    await work(client)
    for (const [table, triggers] of Object.entries(guardTriggers)) {
      await client.query(`alter table ${table} enable trigger all`)
      for (const trigger of triggers)
        await client.query(`alter table ${table} enable always trigger ${trigger}`)
    }
  })
}

/** Writes another history: positions, chain, keys, head and every table fit it. */
async function rewrite(edit: (events: RecordedEvent[]) => RecordedEvent[]): Promise<void> {
  await unguarded(async (client) => {
    const { rows } = await client.query<{ text: string; print: Buffer }>(
      `select convert_from(b.bytes, 'UTF8') as text, k.print from event_bytes b
         join capture_key k on k.org_id = b.org_id and k.first_position = b.position order by b.position`,
    )
    const read = rows.map(({ text }) => readEnvelope(text))
    const events = edit(read.map(({ event }) => event as RecordedEvent))
    await client.query('delete from event_bytes; delete from ledger_leaf; delete from capture_key')
    let prev = GENESIS
    for (const [position, event] of events.entries()) {
      const salt = read[position % read.length]?.sealing.salt ?? ''
      const bytes = envelopeBytes({ ...event, position }, { org: 'acme', prev, salt })
      const leaf = leafHash(bytes)
      await client.query(`insert into ledger_leaf values ($1, $2, decode($3, 'hex'), decode($4, 'hex'))`, [
        organisation.org,
        position,
        prev,
        leaf,
      ])
      await client.query('insert into event_bytes values ($1, $2, $3)', [
        organisation.org,
        position,
        Buffer.from(bytes),
      ])
      await client.query(`insert into capture_key values ($1, $2, $3, '{"accepted":true}', $4, $4, now())`, [
        organisation.org,
        event.key,
        rows[0]?.print,
        position,
      ])
      prev = leaf
    }
    await client.query(`update ledger_head set next_position = $1, leaf = decode($2, 'hex')`, [
      events.length,
      prev,
    ])
  })
  await rebuild(database.pool, organisation.org, toyRules)
}

test('[F1] three clean copies are clean: as it is, rewritten byte for byte, and after every index and page was made anew', async () => {
  expect(await found()).toEqual([])
  await rewrite((events) => events.map((event) => event))
  expect(await found()).toEqual([])
  await withClient(database.admin, async (client) => {
    await client.query('vacuum full')
    await client.query('reindex schema lotline')
  })
  expect(await found()).toEqual([])
})

test.each<[string, (events: RecordedEvent[]) => RecordedEvent[], [string, number][]]>([
  [
    'an updated fact',
    (all) => all.map((e, at) => (at === 7 ? { ...e, body: { ...e.body, amount: 99 } } : e)),
    [
      ['checkpoint_differs', 20],
      ['checkpoint_differs', 30],
    ],
  ],
  [
    'a deleted fact',
    (all) => all.toSpliced(7, 1),
    [
      ['checkpoint_differs', 20],
      ['checkpoint_ahead', 29],
    ],
  ],
  [
    'an inserted fact',
    (all) => all.toSpliced(7, 0, { ...all[7]!, id: 'forged', key: 'forged-key' }),
    [
      ['checkpoint_differs', 20],
      ['checkpoint_differs', 30],
    ],
  ],
  [
    'two facts in another order',
    (all) => all.with(7, all[8]!).with(8, all[7]!),
    [
      ['checkpoint_differs', 20],
      ['checkpoint_differs', 30],
    ],
  ],
  ['a cut tail', (all) => all.slice(0, 27), [['checkpoint_ahead', 27]]],
])('[F1] finds %s, however well chain and tables were made to fit', async (_, edit, expected) => {
  await rewrite(edit)
  const faults = await found()
  for (const each of expected) expect(faults).toContainEqual(each)
  expect(faults.every(([kind]) => String(kind).startsWith('checkpoint_'))).toBe(true)
})

test('[F1] finds an older backup that was put back, by the checkpoint file or by one kept elsewhere', async () => {
  const kept = await readFile(join(folder, 'checkpoints', 'acme.txt'), 'utf8')
  const [, newest = ''] = kept.split(/(?<==\n)(?=lotline)/)
  await unguarded((client) => client.query('delete from checkpoint where size > 20'))
  await rewrite((events) => events.slice(0, 20))
  expect(await found()).toEqual([['checkpoint_ahead', 20]])
  // Whoever took the files back too is convicted by any note that was kept outside.
  expect(await found({})).toEqual([])
  expect(await found({ given: [newest] })).toEqual([['checkpoint_ahead', 20]])
})

test('[F1] finds an edited table, an edited subtree, a removed guard, and checkpoints that are not ours', async () => {
  await unguarded((client) => client.query('update stock set on_hand = on_hand + 1 where traceable = 2'))
  expect(await found()).toEqual([['row_changed', null]])
  await rebuild(database.pool, organisation.org, toyRules)
  await unguarded((client) =>
    client.query(`insert into subtree values (${organisation.org}, 'facts', 8, 0, sha256('x'))`),
  )
  expect(await found()).toEqual([['subtree_wrong', 0]])
  await unguarded((client) =>
    client.query(
      `delete from subtree; update checkpoint set note = replace(note, '20', '21') where size = 20`,
    ),
  )
  expect(await found()).toEqual([['checkpoint_unsigned', null]])
  await withClient(database.admin, (client) => client.query('drop trigger no_change on event_bytes'))
  expect(await found()).toContainEqual(['guard_missing', null])
})

test('[F1] a replay of which nearly all lies in a file finds the same, and leaves no file behind', async () => {
  await record(300)
  expect(await found({ folder, entriesMax: 10 })).toEqual([])
  await unguarded((client) =>
    client.query(
      `update stock set on_hand = on_hand + 1 where traceable = 2; delete from event where position in (7, 299)`,
    ),
  )
  const all = await found({ folder })
  expect(all.map(([kind]) => kind)).toEqual(['row_changed', 'row_missing', 'row_missing'])
  expect(await found({ folder, entriesMax: 10 })).toEqual(all)
  expect((await readdir(folder)).filter((name) => name.includes('pages'))).toEqual([])
})

test('[F1] since a checkpoint: what is older is proven by its root alone, what is newer is read', async () => {
  const [older = ''] = (await readFile(join(folder, 'checkpoints', 'acme.txt'), 'utf8')).split(
    /(?<==\n)(?=lotline)/,
  )
  expect(await found({ folder, given: [older], since: 20 })).toEqual([])
  await unguarded((client) => client.query(`update event_bytes set bytes = bytes || ' ' where position = 25`))
  expect(await found({ folder, given: [older], since: 20 })).toContainEqual(['bytes_changed', 25])
  await unguarded((client) => client.query(`update ledger_leaf set leaf = sha256('x') where position = 3`))
  expect(await found({ folder, given: [older], since: 20 })).toContainEqual(['checkpoint_differs', 20])
})

test('[F1] two installations that seal one database are both clean, and each proves what the other signed', async () => {
  const other = await mkdtemp(join(tmpdir(), 'lotline-edits-other-'))
  try {
    await seal(other)
    await record(5)
    for (const each of [other, folder]) await seal(each)
    expect(await found({ folder })).toEqual([])
    expect(await found({ folder: other })).toEqual([])
    const [newest = ''] = splitNotes(await readFile(join(other, 'checkpoints', 'acme.txt'), 'utf8')).slice(-1)
    expect(await found({ folder, given: [newest] })).toEqual([])
    // Nobody known signed it: a stranger's note proves nothing, and says so.
    const stranger = await mkdtemp(join(other, 'stranger-'))
    const signer = await openSigner({ folder: stranger })
    const root = new Uint8Array(32)
    const { note } = await signer.sign({ origin: `${signer.name}/acme`, size: 4, root }, [])
    expect(await found({ folder, given: [note] })).toContainEqual(['checkpoint_unsigned', null])
    // A folder that was lost takes no evidence along: its checkpoints stand in the table, with their keys.
    await rewrite((all) => all.map((e, at) => (at === 7 ? { ...e, body: { ...e.body, amount: 99 } } : e)))
    expect(await found({ folder: other })).toContainEqual(['checkpoint_differs', 20])
  } finally {
    await rm(other, { recursive: true, force: true })
  }
})

test('[F1] a ledger that was signed and is not in the database at all is missed', async () => {
  const notes = splitNotes(await readFile(join(folder, 'checkpoints', 'acme.txt'), 'utf8'))
  const empty = await testDatabase()
  try {
    await ensureOrganisation(empty.pool, 'other', 'Other')
    expect(await found({ folder }, empty)).toEqual([['ledger_missing', null]])
    expect(await found({ given: notes.slice(0, 1) }, empty)).toContainEqual(['ledger_missing', null])
  } finally {
    await empty.close()
  }
})

test('[F1] a subtree that was taken away is missed, and what is signed while it is verified is no cut', async () => {
  await record(260)
  await seal()
  let isDone = false
  const growing = (async () => {
    while (!isDone) {
      await record(3)
      await seal()
    }
  })()
  for (let turn = 0; turn < 5; turn++) expect(await found()).toEqual([])
  isDone = true
  await growing
  await unguarded((client) => client.query('delete from subtree'))
  const missed = await found()
  // One for each full subtree, and how many there are depends on how much was recorded meanwhile.
  expect(missed[0]).toEqual(['subtree_wrong', 0])
  expect(new Set(missed.map(([kind]) => kind))).toEqual(new Set(['subtree_wrong']))
})
