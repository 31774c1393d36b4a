import type { CivilDate } from '../base/instant.ts'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import type { View } from '../base/view.ts'
import { checkCode, codeKeyOf, skeletonOf } from '../identity/code.ts'
import { candidatesOf, findItem, findTraceable, type ReferenceLike, textOf } from '../identity/lookup.ts'
import {
  type Disposition,
  identifierTable,
  type ItemRow,
  itemTable,
  type JsonObject,
  type PlaceRow,
  type TraceableKind,
  traceableTable,
  type TraceableRow,
} from '../identity/rows.ts'
import type { DecisionContext } from './decision.ts'
import type { Effect, RecordedEvent } from './effects.ts'
import { checkNewCode } from './new-codes.ts'

/** A traceable as the event that first names it carries it. */
export interface Seed {
  readonly no: number
  readonly kind: TraceableKind
  readonly item: number | null
  readonly code: string
  readonly party: number | null
  readonly owner: number | null
  readonly status: Disposition
  readonly expiresOn: CivilDate | null
  readonly manufacturedOn: CivilDate | null
  readonly uri: string | null
  readonly exportClass: string | null
  readonly attributes: JsonObject
  /** Every other text it is known under: heat, GS1 element string, old label. */
  readonly names: readonly { readonly scheme: string; readonly value: string }[]
}

export type SeedRefusal = Refusal<
  'code_malformed' | 'lot_exists' | 'lot_looks_alike' | 'creation_not_allowed' | 'code_unlike_format'
>

export interface SeedAsk {
  readonly kind: TraceableKind
  readonly item: ItemRow | undefined
  readonly code: string
  readonly field: string
  readonly party?: number | null
  readonly owner?: number | null
  readonly status?: Disposition
  readonly expiresOn?: CivilDate | null
  readonly manufacturedOn?: CivilDate | null
  readonly uri?: string | null
  readonly exportClass?: string | null
  readonly attributes?: JsonObject
  readonly names?: Seed['names']
  /** The person has seen the look-alikes and wants this code all the same. */
  readonly confirmed?: boolean
  /** Where it comes to be: a site may have a rule of its own for its codes. */
  readonly place?: PlaceRow | undefined
}

/**
 * A new traceable under a code nobody uses yet for that item. Asks before it creates a code that looks like a live one
 * (A4), live captures only. Numbers come from the context, so nothing is stored here.
 */
export function newSeed(context: DecisionContext, ask: SeedAsk): Seed | SeedRefusal {
  const malformed = checkCode(ask.code, ask.field)
  if (malformed) return malformed
  const twin = sameIdentity(context.view, ask)
  if (twin) {
    return refuse('lot_exists', {
      message: `${twin.code} is already known for this item.`,
      fix: 'Use another code, or add to the one there is.',
      field: ask.field,
      value: ask.code,
      details: { traceable: twin.no },
    })
  }
  const isNamedOnly = ask.status === 'expected' && context.historical
  const unfit = isNamedOnly ? undefined : checkNewCode(context, ask)
  if (unfit) return unfit
  const alike =
    ask.confirmed || context.historical || ask.kind === 'supplier-lot'
      ? undefined
      : lookAlike(context.view, ask)
  if (alike) {
    return refuse('lot_looks_alike', {
      message: `${JSON.stringify(ask.code)} looks like ${alike.code}, which is another lot of the same item.`,
      fix: `Use ${alike.code} if it is the same one; else confirm that ${ask.code} is new (confirmNew).`,
      field: ask.field,
      value: ask.code,
      details: { traceable: alike.no, code: alike.code },
    })
  }
  return {
    no: context.next('traceable'),
    kind: ask.kind,
    item: ask.item?.no ?? null,
    code: codeKeyOf(ask.code),
    party: ask.party ?? null,
    owner: ask.owner ?? ask.item?.owner ?? null,
    status: ask.status ?? 'released',
    expiresOn: ask.expiresOn ?? null,
    manufacturedOn: ask.manufacturedOn ?? null,
    uri: ask.uri ?? (isUri(ask.code) ? codeKeyOf(ask.code) : null),
    exportClass: ask.exportClass ?? ask.item?.exportClass ?? null,
    attributes: ask.attributes ?? {},
    names: ask.names ?? [],
  }
}

/** A seed for a part of a lot. It has all that the lot has: item, dates, owner, attributes, and its status unless another is said. */
export function partSeed(
  context: DecisionContext,
  row: TraceableRow,
  ask: Pick<SeedAsk, 'code' | 'field' | 'status' | 'confirmed'>,
): Seed | SeedRefusal {
  const { kind, party, owner, status, expiresOn, manufacturedOn, exportClass, attributes } = row
  const item = row.item === null ? undefined : context.view.get(itemTable, [row.item])
  const same = { kind, party, owner, status, expiresOn, manufacturedOn, exportClass, attributes }
  return newSeed(context, { ...same, item, ...ask })
}

/** The traceable that already has this identity: item and code, and the supplier for supplier lots. */
export function sameIdentity(
  view: View,
  ask: Pick<SeedAsk, 'kind' | 'item' | 'code' | 'party'>,
): TraceableRow | undefined {
  return view
    .list(traceableTable, 'byCode', [codeKeyOf(ask.code)])
    .find(
      (row) =>
        row.status !== 'void' &&
        (row.item === (ask.item?.no ?? null) || isOnlyNamed(row)) &&
        (row.kind === 'supplier-lot') === (ask.kind === 'supplier-lot') &&
        (ask.kind !== 'supplier-lot' || row.party === (ask.party ?? null)),
    )
}

/** Partners name things by URI alone; then the code is the URI too. */
function isUri(code: string): boolean {
  return /^(urn:|https?:\/\/)\S+$/.test(code)
}

/** Known by name alone, without its item: whoever makes or receives it says what it is. */
function isOnlyNamed(row: TraceableRow): boolean {
  return row.status === 'expected' && row.item === null && row.kind !== 'container' && row.kind !== 'vessel'
}

function lookAlike(view: View, ask: SeedAsk): TraceableRow | undefined {
  return view
    .list(traceableTable, 'bySkeleton', [skeletonOf(ask.code)])
    .find((row) => row.status !== 'void' && row.item === (ask.item?.no ?? null) && row.kind === ask.kind)
}

/** What comes of a seed: the traceable and every text that names it. */
export function seedEffects(event: RecordedEvent<string, unknown>, seed: Seed): readonly Effect[] {
  const { names, ...row } = seed
  const named = [
    { scheme: 'code', value: seed.code },
    ...(seed.uri === null ? [] : [{ scheme: 'uri', value: seed.uri }]),
    ...names,
  ]
  return [
    {
      do: 'born',
      row: {
        ...row,
        codeKey: codeKeyOf(seed.code),
        skeleton: skeletonOf(seed.code),
        position: event.position,
        happenedAt: event.happenedAt,
      },
    },
    ...named.map((name): Effect => nameEffect(seed.no, name.scheme, name.value)),
  ]
}

/** One more text that names a traceable. */
export function nameEffect(traceable: number, scheme: string, value: string): Effect {
  return {
    do: 'named',
    row: { scheme, valueKey: codeKeyOf(value), names: 'traceable', no: traceable, value },
  }
}

/** A reference that may name what nobody received yet. */
export interface Expected {
  readonly row: TraceableRow
  /** Present where the event must bring it into being: unknown so far, and only a historical fact may name it. */
  readonly seed?: Seed
}

/**
 * The traceable a command works on. Live: it must be known. Historical: an unknown one comes to exist as `expected`, with a
 * gap that its receipt or making mends, because what happened has happened (architecture.md section 2).
 */
export function findOrExpect(
  context: DecisionContext,
  reference: ReferenceLike,
  ask: {
    field: string
    kind: TraceableKind
    item?: ItemRow | undefined
    uri?: string | undefined
    party?: number | undefined
    /** A container that merely stands somewhere: nobody asks where an empty one came from. */
    needsNoOrigin?: boolean
  },
): Expected | Refusal {
  const found = findTraceable(context.view, reference, ask.field)
  if (!isRefusal(found)) return { row: found }
  const isUnknown = found.code === 'lot_unknown' || found.code === 'lot_void'
  if (!isUnknown || !context.historical || candidatesOf(context.view, reference).length > 0) return found
  const serial = serialNamed(context, reference)
  if (serial) return { row: serial }
  const before = expectedBefore(context, reference)
  if (before) return { row: before }
  const named = typeof reference === 'string' ? {} : reference
  const item =
    ask.item ?? (named.item === undefined ? undefined : findItem(context.view, named.item, ask.field))
  if (isRefusal(item)) return item
  const kind = named.kind ?? (item?.tracking === 'serial' && ask.kind === 'lot' ? 'serial' : ask.kind)
  const claimed = item && claimNamed(context, { kind, item, code: namedCode(reference) })
  if (claimed) return { row: claimed }
  const isEmptyBox = ask.needsNoOrigin === true && kind === 'container'
  const seed = newSeed(context, {
    kind,
    item,
    code: namedCode(reference),
    field: ask.field,
    status: isEmptyBox ? 'released' : 'expected',
    party: ask.party ?? null,
    uri: typeof reference === 'string' ? (ask.uri ?? null) : (reference.uri ?? ask.uri ?? null),
  })
  if (isRefusal(seed)) return seed
  if (isEmptyBox) return { row: rowOf(seed, context), seed }
  context.gap({
    kind: seed.kind === 'container' || seed.kind === 'vessel' ? 'unknown-origin' : 'used-before-received',
    traceable: seed.no,
    detail: `${seed.code} was used before any receipt or making of it was recorded`,
  })
  const row = rowOf(seed, context)
  expectedIn.set(context, [...(expectedIn.get(context) ?? []), { reference, row }])
  return { row, seed }
}

/** What one record calls a container and an earlier one a serial is the same thing: partners pack into single things. */
function serialNamed(context: DecisionContext, reference: ReferenceLike): TraceableRow | undefined {
  if (typeof reference === 'string' || reference.kind !== 'container') return undefined
  const [row, ...others] = candidatesOf(context.view, { ...reference, kind: undefined })
  return row?.kind === 'serial' && others.length === 0 ? row : undefined
}

/** The code by which a reference names what is not known yet. */
export function namedCode(reference: ReferenceLike): string {
  return typeof reference === 'string' ? reference : (reference.code ?? textOf(reference))
}

/** What is known by name alone is of the item that it is named with now: the event learns it. */
export function claimNamed(
  context: DecisionContext,
  ask: { kind: TraceableKind; item: ItemRow; code: string },
): TraceableRow | undefined {
  const known = sameIdentity(context.view, ask)
  if (!known || known.item !== null) return undefined
  const note = { traceable: known.no, patch: { item: ask.item.no }, was: { item: null } }
  context.learn(note)
  return { ...known, item: ask.item.no }
}

/** What this very decision has come to expect, so that a lot which a fact names twice is one lot. */
const expectedIn = new WeakMap<DecisionContext, readonly { reference: ReferenceLike; row: TraceableRow }[]>()

function expectedBefore(context: DecisionContext, reference: ReferenceLike): TraceableRow | undefined {
  const same = JSON.stringify(reference)
  return expectedIn.get(context)?.find((each) => JSON.stringify(each.reference) === same)?.row
}

/** The row a seed will have, for rules that look at it within the same decision. */
export function rowOf(seed: Seed, context: Pick<DecisionContext, 'happenedAt'>): TraceableRow {
  const { names: _names, ...row } = seed
  return {
    ...row,
    codeKey: codeKeyOf(seed.code),
    skeleton: skeletonOf(seed.code),
    position: -1,
    happenedAt: context.happenedAt,
  }
}

/** Whether any text names it; used where several codes come in one capture. */
export function isNamed(view: View, text: string): boolean {
  return view.list(identifierTable, 'byValue', [codeKeyOf(text)]).some((row) => row.names === 'traceable')
}
