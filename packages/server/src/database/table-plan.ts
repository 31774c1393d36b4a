import { assert, Fault } from '@lotline/core/base/assert'
import type { ColumnType, KeyPart, TableSpec } from '@lotline/core/base/view'
import { canonicalJson } from '@lotline/core/ledger/canonical'
import { arrayLiteral } from './array-literal.ts'
import { instantText } from './session.ts'
import type { RawRow } from './transaction.ts'

/** A column of a table: its field in the program, its name and type in PostgreSQL, and how values pass between them. */
export interface ColumnPlan {
  readonly field: string
  readonly name: string
  readonly sqlType: string
  readonly nullable: boolean
  /** Written in an array literal without quotes. */
  readonly plain: boolean
  readonly encode: (value: unknown) => string
  readonly decode: (text: string) => unknown
}

/** What a table spec means in SQL; made once per spec. */
export interface TablePlan {
  readonly name: string
  readonly columns: readonly ColumnPlan[]
  readonly key: readonly ColumnPlan[]
  readonly upsert: string
  readonly remove: string
}

interface TypePlan {
  readonly sqlType: string
  readonly plain: boolean
  readonly encode: (value: unknown) => string
  readonly decode: (text: string) => unknown
}

const asIs = (text: string): string => text

const types: Readonly<Record<string, TypePlan>> = {
  int: { sqlType: 'bigint', plain: true, encode: String, decode: safeInteger },
  amount: { sqlType: 'bigint', plain: true, encode: String, decode: BigInt },
  text: { sqlType: 'text', plain: false, encode: String, decode: asIs },
  bool: {
    sqlType: 'boolean',
    plain: true,
    encode: (value) => (value === true ? 't' : 'f'),
    decode: (text) => text === 't',
  },
  json: { sqlType: 'jsonb', plain: false, encode: jsonText, decode: (text) => JSON.parse(text) },
  whole: { sqlType: 'json', plain: false, encode: jsonText, decode: (text) => JSON.parse(text) },
  instant: { sqlType: 'timestamptz', plain: true, encode: String, decode: instantText },
  date: { sqlType: 'date', plain: true, encode: String, decode: asIs },
}

/** Only specs have these columns, and their values are JSON by their row types. */
function jsonText(value: unknown): string {
  const text = JSON.stringify(value)
  assert(text !== undefined, 'a json column holds JSON')
  return text
}

function safeInteger(text: string): number {
  const value = Number(text)
  assert(Number.isSafeInteger(value), `${text} is not a safe integer`)
  return value
}

/** Canonical text of any row: the same for equal rows whichever way they came about. Amounts are written as text. */
export function canonicalRow<Row>(spec: TableSpec<Row>, row: Row): string {
  const plan = planOf(spec)
  const texts = textsOf(plan.columns, row)
  return canonicalJson(
    Object.fromEntries(
      plan.columns.map((column, at) => {
        const text = texts[at] ?? null
        return [column.name, text !== null && column.sqlType.startsWith('json') ? JSON.parse(text) : text]
      }),
    ),
  )
}

const plans = new WeakMap<object, TablePlan>()

/** The SQL side of a table spec. */
export function planOf<Row>(spec: TableSpec<Row>): TablePlan {
  let plan = plans.get(spec)
  if (!plan) {
    plan = makePlan(spec)
    plans.set(spec, plan)
  }
  return plan
}

function makePlan<Row>(spec: TableSpec<Row>): TablePlan {
  const entries: [string, ColumnType][] = Object.entries(spec.columns)
  const columns = entries.map(([field, type]) => columnOf(field, type))
  const byField = new Map(columns.map((column) => [column.field, column]))
  const key = spec.key.map((field) => {
    const column = byField.get(field)
    assert(column, `${spec.name} has no column for its key field ${field}`)
    return column
  })
  const rest = columns.filter((column) => !key.includes(column))
  const update = rest.map((column) => `${quoted(column.name)} = excluded.${quoted(column.name)}`).join(', ')
  const conflict = ['org_id', ...key.map((column) => quoted(column.name))].join(', ')
  return {
    name: spec.name,
    columns,
    key,
    upsert: `insert into ${quoted(spec.name)} (org_id, ${names(columns)})
      select $1::bigint, ${unnested(columns, 2)}
      on conflict (${conflict}) do ${update === '' ? 'nothing' : `update set ${update}`}`,
    remove: `delete from ${quoted(spec.name)} t using ${rowsGiven(key)}
      where t.org_id = $1 and ${joined(key)}`,
  }
}

function columnOf(field: string, type: ColumnType): ColumnPlan {
  const nullable = type.endsWith('?')
  const plan = types[nullable ? type.slice(0, -1) : type]
  if (!plan) throw new Fault(`unknown column type ${type}`)
  return { field, name: snakeCase(field), nullable, ...plan }
}

/** The statement that loads all rows of the given groups (or keys), and its name for PostgreSQL to keep its plan under. */
export function selectStatement(
  plan: TablePlan,
  by: readonly ColumnPlan[],
  nulls: readonly boolean[],
): { name: string; text: string; given: readonly ColumnPlan[] } {
  const given = by.filter((_, at) => !nulls[at])
  const wanted = plan.columns.map((column) => `t.${quoted(column.name)}`).join(', ')
  const empty = by.filter((_, at) => nulls[at]).map((column) => `and ${isEmpty(column)}`)
  const mask = nulls.map((isNull) => (isNull ? '0' : '1')).join('')
  const name = `load ${plan.name} ${by.map((column) => column.name).join(',')} ${mask}`
  // Names longer than 63 bytes would be cut by PostgreSQL, and two could become one. Three are left for a suffix.
  assert(name.length <= 60, `statement name too long: ${name}`)
  if (given.length === 0) {
    const text = `select ${wanted} from ${quoted(plan.name)} t where t.org_id = $1 ${empty.join(' ')}`
    return { name, text, given }
  }
  // One index lookup for each thing asked for, whatever the planner believes of the table's size: `offset 0` keeps it from
  // turning the two sides of the join around.
  const text = `select r.* from ${rowsGiven(given)} cross join lateral
    (select ${wanted} from ${quoted(plan.name)} t where t.org_id = $1 and ${joined(given)} ${empty.join(' ')} offset 0) r`
  return { name, text, given }
}

function isEmpty(column: ColumnPlan): string {
  const name = `t.${quoted(column.name)}`
  // In a group key null and the empty text are one.
  return column.sqlType === 'text' ? `(${name} is null or ${name} = '')` : `${name} is null`
}

/** The values of a row as PostgreSQL reads them, in order of `columns`. */
export function textsOf(columns: readonly ColumnPlan[], row: unknown): (string | null)[] {
  const fields = row as Readonly<Record<string, unknown>>
  const texts: (string | null)[] = []
  for (const { field, encode } of columns) {
    const value = fields[field]
    texts.push(value === null || value === undefined ? null : encode(value))
  }
  return texts
}

/** One array literal per column from many rows of texts. */
export function columnArrays(
  columns: readonly ColumnPlan[],
  rows: readonly (readonly (string | null)[])[],
): string[] {
  return columns.map((column, at) =>
    arrayLiteral(
      rows.map((row) => row[at] ?? null),
      column.plain,
    ),
  )
}

/** A row as PostgreSQL sent it, as the program keeps it. */
export function decodeRow(plan: TablePlan, raw: RawRow): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  plan.columns.forEach((column, at) => {
    const text = raw[at] ?? null
    row[column.field] = text === null ? null : column.decode(text)
  })
  return row
}

/** Key parts as the arrays' texts. */
export function keyTexts(parts: readonly KeyPart[]): string[] {
  return parts.map(String)
}

/** The rows given by one array for each column, from parameter 2 on. */
function rowsGiven(columns: readonly ColumnPlan[]): string {
  return `(select ${unnested(columns, 2)}) as given(${names(columns)})`
}

/**
 * Arrays side by side in a select list, which PostgreSQL reads element by element. `from unnest(a, b, ...)` means the same, but
 * keeps a store of rows for every array: on tables of thirty columns that alone takes a millisecond a statement.
 */
function unnested(columns: readonly ColumnPlan[], first: number): string {
  return columns.map((column, at) => `unnest($${first + at}::${column.sqlType}[])`).join(', ')
}

function joined(columns: readonly ColumnPlan[]): string {
  return columns.map((column) => `t.${quoted(column.name)} = given.${quoted(column.name)}`).join(' and ')
}

function names(columns: readonly ColumnPlan[]): string {
  return columns.map((column) => quoted(column.name)).join(', ')
}

/** `codeKey` as `code_key`. */
export function snakeCase(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** Names come from specs, never from outside; quoting allows words that SQL reserves. */
export function quoted(name: string): string {
  assert(/^[a-z][a-z0-9_]*$/.test(name), `not a name of ours: ${name}`)
  return `"${name}"`
}
