import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { type Figures, timedAsync } from './figures.ts'
import { ask, type BenchDatabase, type RunningLotline, startLotline } from './running.ts'

/** Tables with a column that tells which event wrote the row: what the raw inserts write again. */
const writtenBy: readonly (readonly [table: string, position: string])[] = [
  ['event_bytes', 'position'],
  ['event', 'position'],
  ['mention', 'position'],
  ['movement', 'position'],
  ['traceable', 'position'],
  ['node', 'position'],
  ['edge', 'added_at'],
]

/**
 * Captures a second over HTTP on a durable database: one client, 16 clients, batches; beside bare inserts of the same rows,
 * one transaction per capture, on the same server.
 */
export async function measureCaptures(
  figures: Figures,
  database: BenchDatabase,
  quick: boolean,
): Promise<void> {
  await database.create('captures')
  const folder = mkdtempSync(join(tmpdir(), 'lotline-bench-data-'))
  const server = await startLotline({ folder, databaseUrl: database.url('captures') })
  try {
    await ask(
      server,
      '/v1/captures',
      { verb: 'define', thing: 'item', code: 'BAR', name: 'Bar', tracking: 'lot', unit: 'kg', scale: 3 },
      'bench-item',
    )
    await ask(
      server,
      '/v1/captures',
      { verb: 'define', thing: 'place', code: 'STORE', name: 'Store', kind: 'location' },
      'bench-place',
    )
    await ask(
      server,
      '/v1/captures',
      { verb: 'define', thing: 'party', code: 'MILL', name: 'Mill', roles: ['supplier'] },
      'bench-party',
    )
    const count = quick ? 400 : 2000
    const single = await rate(server, count, 1, 'one')
    figures.add('captures.single-client', single, 'captures/s')
    const many = await rate(server, count * 4, 16, 'many')
    figures.add('captures.16-clients', many, 'captures/s', { atLeast: 500 })
    const batch = await batches(server, quick ? 2 : 5)
    figures.add('captures.batch-10000', batch, 'events/s', { atLeast: 10_000 })
    const raw = await rawInserts(database, count)
    figures.add('captures.raw-inserts.single-connection', raw, 'captures/s')
    figures.add('captures.single-client-to-raw-inserts', single / raw, 'ratio')
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const receipt = (name: string, heat: string) => ({
  verb: 'receive',
  item: 'BAR',
  quantity: { value: '200', unit: 'kg' },
  place: 'STORE',
  supplier: 'MILL',
  heat,
  lot: name,
})

/** Captures a second of so many clients that each wait for their answer before the next capture. */
async function rate(server: RunningLotline, count: number, clients: number, name: string): Promise<number> {
  let next = 0
  const client = async (): Promise<void> => {
    for (let turn = next++; turn < count; turn = next++) {
      const lot = `${name.toUpperCase()}-${turn}X`
      await ask(
        server,
        '/v1/captures',
        { ...receipt(lot, `HEAT-${name}-${turn % 500}`), confirmNew: true },
        `bench-${name}-${turn}`,
      )
    }
  }
  const elapsed = await timedAsync(() => Promise.all(Array.from({ length: clients }, client)))
  return count / (elapsed / 1000)
}

async function batches(server: RunningLotline, count: number): Promise<number> {
  const size = 10_000
  let elapsed = 0
  for (let turn = 0; turn < count; turn++) {
    const commands = Array.from({ length: size }, (_, index) => ({
      ...receipt(`BATCH-${turn}-${index}X`, `HEAT-B-${turn}-${index % 500}`),
      confirmNew: true,
      key: `bench-batch-${turn}-${index}`,
    }))
    elapsed += await timedAsync(async () => {
      const answer = await ask(server, '/v1/captures', { mode: 'all-or-nothing', commands })
      const { accepted } = answer as { accepted: number }
      if (accepted !== size) throw new Error(`only ${accepted} of ${size} receipts were accepted`)
    })
  }
  return (count * size) / (elapsed / 1000)
}

/** The rows of the first captures, written again into bare copies of their tables with the same keys and indexes. */
async function rawInserts(database: BenchDatabase, count: number): Promise<number> {
  const client = await database.connect('captures')
  const last = 3 + count
  const statements: { text: string; rows: Map<number, string> }[] = []
  await client.query('create schema raw')
  for (const [table, column] of writtenBy) {
    await client.query(
      `create table raw.${table} (like lotline.${table} including indexes including defaults)`,
    )
    statements.push({
      text: `insert into raw.${table} select * from jsonb_populate_recordset(null::raw.${table}, $1)`,
      rows: await rowsByPosition(client, table, column, last),
    })
  }
  const elapsed = await timedAsync(async () => {
    for (let position = 3; position < last; position++) {
      await client.query('begin')
      for (const { text, rows } of statements) {
        const found = rows.get(position)
        if (found) await client.query(text, [found])
      }
      await client.query('commit')
    }
  })
  await client.end()
  return count / (elapsed / 1000)
}

async function rowsByPosition(
  client: pg.Client,
  table: string,
  column: string,
  last: number,
): Promise<Map<number, string>> {
  const { rows } = await client.query<{ position: string; rows: string }>(
    `select ${column}::text as position, jsonb_agg(to_jsonb(t))::text as rows from lotline.${table} t where ${column} between 3 and $1 group by 1`,
    [last],
  )
  return new Map(rows.map((row) => [Number(row.position), row.rows]))
}
