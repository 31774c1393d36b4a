/**
 * The tables a decision reads and a fold writes, without saying where they live. The writer backs a view with rows read
 * from PostgreSQL inside the capture's transaction; `rebuild` and the tests back it with memory. Both run the same code,
 * so every table is a function of the events.
 *
 * Rows are immutable: `put` replaces. Reading what is not loaded throws `NotLoaded`; the writer loads all that the batch
 * asked for in one query per table, and runs the decision again. A decision is pure, so running it twice is harmless.
 */
export interface TableSpec<Row> {
  /** Name in PostgreSQL; columns are the fields in snake_case. */
  readonly name: string
  readonly columns: { readonly [F in keyof Row & string]: ColumnType }
  readonly key: readonly (keyof Row & string)[]
  /** Named sets of rows that are always loaded whole: all rows that agree in these fields. */
  readonly groups: { readonly [group: string]: readonly (keyof Row & string)[] }
  /**
   * Fields that hold a number which a counter of this name gave. Of a number that was not given yet there are no rows, so
   * nothing about a new thing need be looked up.
   */
  readonly numbered?: { readonly [F in keyof Row & string]?: string }
  /** Rows tell what was once, and what comes next seldom asks for them: a long batch need not keep those it has written. */
  readonly isPast?: boolean
}

/**
 * `int`: safe integer (bigint column). `amount`: bigint (bigint column). `text`. `bool`. `json`: plain JSON that queries look
 * into (jsonb). `whole`: plain JSON that is only read as a whole, which is quicker to write (json). `instant`: `Instant`
 * (timestamptz). `date`: `CivilDate` (date). A trailing `?` allows null.
 */
export type ColumnType =
  `${'int' | 'amount' | 'text' | 'bool' | 'json' | 'whole' | 'instant' | 'date'}${'' | '?'}`

/** A value that can stand in a key or group. */
export type KeyPart = string | number

export interface View {
  get<Row>(table: TableSpec<Row>, key: readonly KeyPart[]): Row | undefined
  /** All rows of a group, in key order. */
  list<Row>(table: TableSpec<Row>, group: string, of: readonly KeyPart[]): readonly Row[]
  /** Makes sure that all these groups are loaded, asking for the missing ones at once: one round trip instead of many. */
  prefetch<Row>(table: TableSpec<Row>, group: string, ofs: readonly (readonly KeyPart[])[]): void
}

export interface MutableView extends View {
  put<Row>(table: TableSpec<Row>, row: Row): void
  remove<Row>(table: TableSpec<Row>, key: readonly KeyPart[]): void
}

/** Thrown by a view that must load before it can answer. The view itself remembers what was asked for. */
export class NotLoaded extends Error {
  override name = 'NotLoaded'
}

/** The key text of a row or group; parts never contain NUL. */
export function keyText(parts: readonly KeyPart[]): string {
  return parts.length === 1 ? String(parts[0]) : parts.join('\u0000')
}

/**
 * Looks at many things in one round trip: what is not loaded is asked for by all of them before the decision is run again.
 * Only for looks whose answers do not depend on each other.
 */
export function together<Thing, Answer>(
  things: readonly Thing[],
  look: (thing: Thing, index: number) => Answer,
): readonly Answer[] {
  const answers: Answer[] = []
  let missing: NotLoaded | undefined
  for (const [index, thing] of things.entries()) {
    try {
      answers.push(look(thing, index))
    } catch (fault) {
      if (!(fault instanceof NotLoaded)) throw fault
      missing = fault
    }
  }
  if (missing) throw missing
  return answers
}
