import initSqlJs from 'sql.js'
import { refuse, type Refusal } from '@lotline/core/base/refusal'
import type { OcelLog, OcelRefusal } from '@lotline/standards/ocel/log'
import { type OcelRows, readOcelRows } from '@lotline/standards/ocel/read-rows'

/** Rows of one table that are read; a log of more is not something a person exports. */
const rowsMax = 2_000_000

/** Reads an OCEL 2.0 log from an SQLite file, through WebAssembly: nothing is installed, nothing is written. */
export async function readSqliteLog(
  content: Uint8Array,
): Promise<OcelLog | OcelRefusal | Refusal<'sqlite_unreadable'>> {
  const { Database } = await initSqlJs()
  try {
    const database = new Database(content)
    try {
      return readOcelRows((name) => rowsOf(database, name))
    } finally {
      database.close()
    }
  } catch (error) {
    return refuse('sqlite_unreadable', {
      message: `The SQLite file cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      fix: 'Export the log again; the file may have been cut.',
    })
  }
}

interface Queried {
  prepare(sql: string): {
    step(): boolean
    get(): (string | number | Uint8Array | null)[]
    getColumnNames(): string[]
    free(): boolean
  }
}

function rowsOf(database: Queried, name: string): OcelRows {
  if (!hasTable(database, name)) return []
  const statement = database.prepare(`select * from "${name.replaceAll('"', '""')}" limit ${rowsMax}`)
  const rows: Record<string, string>[] = []
  const columns = statement.getColumnNames()
  while (statement.step()) {
    const row: Record<string, string> = {}
    statement.get().forEach((value, at) => {
      if (value !== null)
        row[columns[at] ?? ''] =
          value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value)
    })
    rows.push(row)
  }
  statement.free()
  return rows
}

function hasTable(database: Queried, name: string): boolean {
  const text = name.replaceAll("'", "''")
  const statement = database.prepare(
    `select 1 from sqlite_master where type in ('table', 'view') and name = '${text}'`,
  )
  const found = statement.step()
  statement.free()
  return found
}
