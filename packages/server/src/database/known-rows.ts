import { assert } from '@lotline/core/base/assert'
import { type KeyPart, keyText, type TableSpec } from '@lotline/core/base/view'

/** Rows of one table that are known in this transaction, and what is still to be loaded or written. */
export interface KnownTable {
  readonly spec: TableSpec<object>
  /** Row key -> row; undefined: known to be absent. */
  readonly rows: Map<string, object | undefined>
  readonly groups: ReadonlyMap<string, KnownGroup>
  /** Rows to write back, by key. */
  readonly dirty: Map<string, readonly KeyPart[]>
  /** Keys that were found in the database. */
  readonly stored: Set<string>
  /** Keys that were asked for and not found there. */
  readonly absent: Set<string>
  readonly missing: Map<string, readonly KeyPart[]>
  /** For each part of the key, the counter that gave it, if one did. */
  readonly counters: Counters
}

/** For each part of a key, the counter that gave it, if one did; undefined if no part is such a number. */
type Counters = readonly (string | undefined)[] | undefined

export interface KnownGroup {
  readonly fields: readonly string[]
  readonly counters: Counters
  /** Where in the key its fields stand, if it is made of key fields: a loaded group then also proves absence of a key. */
  readonly inKey: readonly number[] | undefined
  /** Whether anybody asked for it: until then its members are not kept, as most groups are never asked for. */
  isKept: boolean
  readonly loaded: Set<string>
  /** Group key -> keys of its known rows. */
  readonly members: Map<string, Set<string>>
  /** Answers of `list`, until a row of the group changes. */
  readonly sorted: Map<string, readonly object[]>
  readonly missing: Map<string, readonly KeyPart[]>
}

/** How to take one change back. */
export interface Undo {
  readonly table: KnownTable
  readonly key: string
  readonly before: object | undefined
  readonly had: boolean
  readonly dirty: boolean
}

/** Puts a row that came from the database, unless this transaction already knows better. */
export function setLoaded(table: KnownTable, key: string, row: object | undefined): void {
  ;(row ? table.stored : table.absent).add(key)
  if (table.rows.has(key)) return
  if (row) setRow(table, key, undefined, row)
  else table.rows.set(key, undefined)
}

export function setRow(
  table: KnownTable,
  key: string,
  before: object | undefined,
  after: object | undefined,
): void {
  table.rows.set(key, after)
  for (const group of table.groups.values()) {
    if (!group.isKept) continue
    const old = before && groupKey(group, before)
    const now = after && groupKey(group, after)
    if (old !== undefined) group.sorted.delete(old)
    if (now !== undefined) group.sorted.delete(now)
    if (old === now) continue
    if (old !== undefined) group.members.get(old)?.delete(key)
    if (now !== undefined) join(group, now, key)
  }
}

export function undoRow(step: Undo): void {
  const { table, key } = step
  setRow(table, key, table.rows.get(key), step.before)
  if (!step.had) table.rows.delete(key)
  if (!step.dirty) table.dirty.delete(key)
}

export function provenAbsent(table: KnownTable, key: readonly KeyPart[]): boolean {
  for (const group of table.groups.values()) {
    if (!group.inKey || group.loaded.size === 0) continue
    if (group.loaded.has(keyText(group.inKey.map((at) => key[at] ?? '')))) return true
  }
  return false
}

/** The key of the group that a row is in. */
export function groupKey(group: KnownGroup, row: object): string {
  const values = row as Readonly<Record<string, KeyPart | null>>
  const [only, ...more] = group.fields
  if (only !== undefined && more.length === 0) return String(values[only] ?? '')
  return keyText(group.fields.map((field) => values[field] ?? ''))
}

export function groupOf(table: KnownTable, name: string): KnownGroup {
  const group = table.groups.get(name)
  assert(group, `${table.spec.name} has no group ${name}`)
  if (!group.isKept) {
    group.isKept = true
    for (const [key, row] of table.rows) if (row) join(group, groupKey(group, row), key)
  }
  return group
}

function join(group: KnownGroup, of: string, key: string): void {
  const members = group.members.get(of)
  if (members) members.add(key)
  else group.members.set(of, new Set([key]))
}

export function newTable(spec: TableSpec<object>): KnownTable {
  const key: readonly string[] = spec.key
  const numbered: Readonly<Record<string, string | undefined>> = spec.numbered ?? {}
  const countersOf = (fields: readonly string[]): Counters =>
    fields.some((field) => numbered[field]) ? fields.map((field) => numbered[field]) : undefined
  const groups = new Map<string, KnownGroup>()
  for (const [name, fields] of Object.entries<readonly string[]>(spec.groups)) {
    const places = fields.map((field) => key.indexOf(field))
    const inKey = places.includes(-1) ? undefined : places
    groups.set(name, {
      fields,
      counters: countersOf(fields),
      inKey,
      isKept: false,
      loaded: new Set(),
      members: new Map(),
      sorted: new Map(),
      missing: new Map(),
    })
  }
  return {
    spec,
    rows: new Map(),
    groups,
    dirty: new Map(),
    stored: new Set(),
    absent: new Set(),
    missing: new Map(),
    counters: countersOf(key),
  }
}
