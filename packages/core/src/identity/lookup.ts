import { refuse, type Refusal } from '../base/refusal.ts'
import { type TableSpec, together, type View } from '../base/view.ts'
import { codeKeyOf } from './code.ts'
import {
  identifierTable,
  type IdentifierRow,
  itemTable,
  type ItemRow,
  partyTable,
  type PartyRow,
  placeTable,
  type PlaceRow,
  resourceTable,
  type ResourceRow,
  type TraceableKind,
  traceableTable,
  type TraceableRow,
} from './rows.ts'

/** What a person or program writes to name a traceable; `ledger/command.ts` holds the schema. */
export type ReferenceLike =
  | string
  | {
      readonly code?: string | undefined
      readonly item?: string | undefined
      readonly uri?: string | undefined
      readonly kind?: TraceableKind | undefined
      readonly supplier?: string | undefined
    }

export type LookupRefusal = Refusal<
  | 'lot_unknown'
  | 'lot_void'
  | 'ambiguous_id'
  | 'item_unknown'
  | 'place_unknown'
  | 'party_unknown'
  | 'resource_unknown'
  | 'retired'
>

/** Every traceable that the text names, void ones left out. */
export function traceablesNamed(view: View, text: string): readonly TraceableRow[] {
  return everNamed(view, text).filter((row) => row.status !== 'void')
}

function everNamed(view: View, text: string): readonly TraceableRow[] {
  const named = view.list(identifierTable, 'byValue', [codeKeyOf(text)])
  const numbers = new Set(named.filter((row) => row.names === 'traceable').map((row) => row.no))
  return together([...numbers], (no) => view.get(traceableTable, [no])).filter((row) => row !== undefined)
}

function isVoid(view: View, text: string): boolean {
  const ever = everNamed(view, text)
  return ever.length > 0 && ever.every((row) => row.status === 'void')
}

/**
 * The one traceable a reference names. Supplier lots are found only when asked for by kind: on the floor, a number that is
 * both ours and the supplier's means ours. Several that fit: `ambiguous_id` with the choices, never a guess.
 */
export function findTraceable(
  view: View,
  reference: ReferenceLike,
  field: string,
): TraceableRow | LookupRefusal {
  const found = candidatesOf(view, reference)
  const [only] = found
  if (only && found.length === 1) return only
  const text = textOf(reference)
  if (!only && isVoid(view, text)) {
    return refuse('lot_void', {
      message: `What made ${JSON.stringify(text)} was taken back: the label is void.`,
      fix: 'Take the label off; receive or make it again under a code of its own, or ask who corrected it.',
      field,
      value: text,
    })
  }
  if (!only) {
    return refuse('lot_unknown', {
      message: `Nothing is known under ${JSON.stringify(text)}.`,
      fix: 'Scan it again, or receive or make it first. An import may name what is not yet known.',
      field,
      value: text,
    })
  }
  return ambiguousId(
    text,
    field,
    found.map((row) => choiceOf(view, row)),
  )
}

/** One text, several things: asked about with the choices, never guessed. */
export function ambiguousId(
  text: string,
  field: string,
  choices: readonly unknown[],
): Refusal<'ambiguous_id'> {
  return refuse('ambiguous_id', {
    message: `${JSON.stringify(text)} names ${choices.length} different things.`,
    fix: 'Name the item as well, or scan the full GS1 label.',
    field,
    value: text,
    details: { choices },
  })
}

/** All traceables that fit a reference. */
export function candidatesOf(view: View, reference: ReferenceLike): readonly TraceableRow[] {
  if (typeof reference === 'string') {
    const named = traceablesNamed(view, reference)
    const ours = named.filter((row) => row.kind !== 'supplier-lot')
    return ours.length > 0 ? ours : named
  }
  const named = traceablesNamed(view, textOf(reference))
  const item = reference.item === undefined ? undefined : byCode(view, itemTable, reference.item)
  if (reference.item !== undefined && !item) return []
  const supplier = reference.supplier === undefined ? undefined : byCode(view, partyTable, reference.supplier)
  if (reference.supplier !== undefined && !supplier) return []
  return named.filter(
    (row) =>
      (reference.kind === undefined
        ? row.kind !== 'supplier-lot' || named.length === 1
        : row.kind === reference.kind) &&
      (item === undefined || row.item === item.no) &&
      (supplier === undefined || row.party === supplier.no),
  )
}

/** The text of a reference: what is looked up and shown. */
export function textOf(reference: ReferenceLike): string {
  return typeof reference === 'string' ? reference : (reference.uri ?? reference.code ?? '')
}

/** How one of several choices is shown. */
export function choiceOf(view: View, row: TraceableRow) {
  const item = row.item === null ? undefined : view.get(itemTable, [row.item])
  return { traceable: row.no, kind: row.kind, code: row.code, item: item?.code ?? null, uri: row.uri }
}

interface Coded {
  readonly no: number
  readonly codeKey: string
  readonly retired: boolean
}

/** The row of a master table with this code: the one in use, else the last retired one. */
export function byCode<Row extends Coded>(view: View, table: TableSpec<Row>, code: string): Row | undefined {
  const rows = view.list(table, 'byCode', [codeKeyOf(code)])
  return rows.find((row) => !row.retired) ?? rows.at(-1)
}

/** Whether a code is in use; that of a retired thing may be given to a new one. */
export function isInUse<Row extends Coded>(view: View, table: TableSpec<Row>, code: string): boolean {
  return byCode(view, table, code)?.retired === false
}

export function findItem(view: View, code: string, field = 'item'): ItemRow | LookupRefusal {
  return found(byCode(view, itemTable, code) ?? byUri(view, itemTable, 'item', code), 'item', code, field)
}

export function findPlace(view: View, code: string, field = 'place'): PlaceRow | LookupRefusal {
  return found(byCode(view, placeTable, code) ?? byUri(view, placeTable, 'place', code), 'place', code, field)
}

export function findParty(view: View, code: string, field = 'party'): PartyRow | LookupRefusal {
  return found(byCode(view, partyTable, code) ?? byUri(view, partyTable, 'party', code), 'party', code, field)
}

export function findResource(view: View, code: string, field = 'resource'): ResourceRow | LookupRefusal {
  return found(byCode(view, resourceTable, code), 'resource', code, field)
}

function byUri<Row>(
  view: View,
  table: TableSpec<Row>,
  names: IdentifierRow['names'],
  uri: string,
): Row | undefined {
  const named = view.list(identifierTable, 'byValue', [codeKeyOf(uri)]).find((row) => row.names === names)
  return named && view.get(table, [named.no])
}

function found<Row extends Coded & { code: string }>(
  row: Row | undefined,
  what: 'item' | 'place' | 'party' | 'resource',
  code: string,
  field: string,
): Row | LookupRefusal {
  if (!row) {
    return refuse(`${what}_unknown`, {
      message: `There is no ${what} ${JSON.stringify(code)}.`,
      fix: `Check the code, or define the ${what} first.`,
      field,
      value: code,
    })
  }
  if (row.retired) {
    return refuse('retired', {
      message: `The ${what} ${row.code} is retired.`,
      fix: `Use its successor, or revise it to bring it back.`,
      field,
      value: code,
    })
  }
  return row
}
