import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withClient } from './own-connection.ts'
import { accessTables, ledgerTables, projections } from './projections.ts'
import { planOf, snakeCase } from './table-plan.ts'
import { testDatabase, type TestDatabase } from './testing.ts'

let database: TestDatabase
const columns = new Map<string, string[]>()
const indexes = new Map<string, string[][]>()

beforeAll(async () => {
  database = await testDatabase()
  await withClient(database.admin, async (client) => {
    const found = await client.query<{ table: string; columns: string[] }>(
      `select c.relname as table,
              array_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                        || case when a.attnotnull then '' else '?' end order by a.attname)::text[] as columns
         from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where c.relnamespace = 'lotline'::regnamespace and c.relkind = 'r' group by 1`,
    )
    for (const row of found.rows) columns.set(row.table, row.columns)
    const keys = await client.query<{ table: string; columns: string[] }>(
      `select c.relname as table,
              (select array_agg(a.attname order by k.at)::text[]
                 from unnest(i.indkey::smallint[]) with ordinality k(no, at)
                 join pg_attribute a on a.attrelid = c.oid and a.attnum = k.no) as columns
         from pg_index i join pg_class c on c.oid = i.indrelid
        where c.relnamespace = 'lotline'::regnamespace
          -- Leaving out the rows without a value does no harm: nobody asks for those.
          and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) ~ '^\\(\\w+ IS NOT NULL\\)$')
        order by not i.indisprimary`,
    )
    for (const row of keys.rows) indexes.set(row.table, [...(indexes.get(row.table) ?? []), row.columns])
  })
})
afterAll(() => database.close())

const sqlNames: Record<string, string> = { timestamptz: 'timestamp with time zone' }

describe('the schema', () => {
  test('[B18] holds the ledger, its folds and who may come in, and nothing else', () => {
    expect([...columns.keys()].sort()).toEqual(
      [...ledgerTables, ...accessTables, ...projections.map(({ name }) => name)].sort(),
    )
  })

  test.each(projections.map((spec) => [spec.name, spec] as const))(
    '[B18] %s has the columns of its spec',
    (name, spec) => {
      const expected = planOf(spec).columns.map(
        (column) =>
          `${column.name} ${sqlNames[column.sqlType] ?? column.sqlType}${column.nullable ? '?' : ''}`,
      )
      expect(columns.get(name)).toEqual([...expected, 'org_id bigint'].sort())
    },
  )

  test.each(projections.map((spec) => [spec.name, spec] as const))(
    '[K2] %s is keyed by organisation, and every group has its index',
    (name, spec) => {
      const found = indexes.get(name) ?? []
      expect(found[0]).toEqual(['org_id', ...spec.key.map(snakeCase)])
      const unserved = Object.values(spec.groups).filter((fields) => {
        const wanted = ['org_id', ...fields.map(snakeCase)]
        return !found.some((index) =>
          wanted.every((column) => index.slice(0, wanted.length).includes(column)),
        )
      })
      expect(unserved).toEqual([])
    },
  )

  test('[K2] begins every index with the organisation', () => {
    const ofAll = ['schema_migration', 'organisation', 'checkpoint_key']
    const others = [...indexes].filter(([table]) => !ofAll.includes(table))
    expect(others.filter(([, found]) => found.some(([first]) => first !== 'org_id'))).toEqual([])
  })
})
