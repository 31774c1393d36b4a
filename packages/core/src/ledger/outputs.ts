import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { together, type View } from '../base/view.ts'
import { codeKeyOf, skeletonOf } from '../identity/code.ts'
import {
  identifierTable,
  type Disposition,
  type ItemRow,
  type PlaceRow,
  type TraceableKind,
  traceableTable,
  type TraceableRow,
} from '../identity/rows.ts'
import type { DecisionContext } from './decision.ts'
import type { Effect, RecordedEvent, TraceablePatch } from './effects.ts'
import type { Inherited } from './inherit.ts'
import { nameEffect, newSeed, sameIdentity, type Seed, seedEffects } from './lots.ts'

/** One thing that comes out: new, or known so far only by name, or there already and added to. */
export type Output =
  | { readonly is: 'new'; readonly seed: Seed }
  | {
      readonly is: 'expected' | 'known'
      readonly no: number
      readonly patch: TraceablePatch
      readonly was: TraceablePatch
      readonly status: Disposition
      readonly wasStatus: Disposition
      readonly names?: Seed['names']
    }

export interface OutputAsk extends Inherited {
  readonly item: ItemRow
  readonly kind: TraceableKind
  readonly code: string
  readonly field: string
  readonly status: Disposition
  /** Who made it, where that is not us. */
  readonly party?: number | null
  readonly uri?: string | undefined
  readonly names?: Seed['names'] | undefined
  readonly confirmed?: boolean | undefined
  readonly place?: PlaceRow | undefined
}

/** Loads what `newOutput` will ask for many codes, in one round. */
export function prefetchOutputs(view: View, codes: readonly string[]): void {
  const keys = codes.map((code) => [codeKeyOf(code)])
  const looks = [
    () => view.prefetch(traceableTable, 'byCode', keys),
    () => view.prefetch(identifierTable, 'byValue', keys),
    () =>
      view.prefetch(
        traceableTable,
        'bySkeleton',
        codes.map((code) => [skeletonOf(code)]),
      ),
  ]
  together(looks, (look) => look())
}

/**
 * The traceable that an output becomes. A code known only by name (expected) is now made; a lot that is there is added to;
 * a serial that was made cannot be made again.
 */
export function newOutput(context: DecisionContext, ask: OutputAsk): Output | Refusal {
  const known = sameIdentity(context.view, ask)
  const { item, kind, code, field, status, expiresOn, manufacturedOn, owner, exportClass, attributes } = ask
  if (!known) {
    const seed = newSeed(context, {
      ...{ item, kind, code, field, status, expiresOn, manufacturedOn, owner, exportClass, attributes },
      party: ask.party ?? null,
      uri: ask.uri ?? null,
      names: ask.names ?? [],
      confirmed: ask.confirmed ?? false,
      place: ask.place,
    })
    return isRefusal(seed) ? seed : { is: 'new', seed }
  }
  const isExpected = known.status === 'expected'
  if (kind === 'serial' && !isExpected) {
    const twice = context.breaks(serialExists(known, field), { traceable: known.no })
    if (twice) return twice
  }
  const patch = patchOf(known, ask)
  return {
    is: isExpected ? 'expected' : 'known',
    no: known.no,
    patch,
    was: pick(known, patch),
    status: isExpected ? status : known.status,
    wasStatus: known.status,
    ...(isExpected && ask.names && ask.names.length > 0 ? { names: ask.names } : {}),
  }
}

function serialExists(row: TraceableRow, field: string): Refusal<'serial_exists'> {
  return refuse('serial_exists', {
    message: `${row.code} was made before; a serial is one piece.`,
    fix: 'Scan the serial of this piece. For another pass over the same piece, record rework.',
    field,
    value: row.code,
  })
}

/** What becomes known of a traceable that was there by name; dates of a lot that is added to only ever get shorter. */
function patchOf(known: TraceableRow, ask: OutputAsk): TraceablePatch {
  const expiresOn = ask.expiresOn !== null && (known.expiresOn === null || ask.expiresOn < known.expiresOn)
  return {
    ...(expiresOn && ask.expiresOn !== null ? { expiresOn: ask.expiresOn } : {}),
    ...(ask.manufacturedOn !== null && known.manufacturedOn === null
      ? { manufacturedOn: ask.manufacturedOn }
      : {}),
    ...(ask.owner !== null && known.owner === null ? { owner: ask.owner } : {}),
    ...(ask.exportClass !== null && known.exportClass === null ? { exportClass: ask.exportClass } : {}),
    ...(ask.uri !== undefined && known.uri === null ? { uri: ask.uri } : {}),
    ...(typeof ask.party === 'number' && known.party === null ? { party: ask.party } : {}),
    ...(known.item === null ? { item: ask.item.no } : {}),
    ...(Object.keys(ask.attributes).length > 0 ? { attributes: ask.attributes } : {}),
  }
}

/** The fields of a patch as they stood, for a correction to put back. */
function pick(row: TraceableRow, patch: TraceablePatch): TraceablePatch {
  const names = Object.keys(patch.attributes ?? {})
  const before = Object.entries(row.attributes).filter(([name]) => names.includes(name))
  const rest = Object.keys(patch).filter((field) => field !== 'attributes')
  const was = Object.fromEntries(Object.entries(row).filter(([field]) => rest.includes(field)))
  return patch.attributes ? { ...was, attributes: Object.fromEntries(before) } : was
}

/** The number an output has or will have. */
export function numberOf(output: Output): number {
  return output.is === 'new' ? output.seed.no : output.no
}

/** The effects by which an output comes to exist; its touches and stock are the verb's. */
export function outputEffects(event: RecordedEvent<string, unknown>, output: Output): readonly Effect[] {
  if (output.is === 'new') return seedEffects(event, output.seed)
  const { no, patch, was, status, wasStatus } = output
  const effects: Effect[] = []
  if (Object.keys(patch).length > 0) effects.push({ do: 'learned', traceable: no, patch, was })
  if (status !== wasStatus) effects.push({ do: 'status', traceable: no, status, was: wasStatus })
  for (const name of output.names ?? []) effects.push(nameEffect(no, name.scheme, name.value))
  if (output.is === 'expected')
    effects.push({
      do: 'mend',
      traceable: no,
      kinds: ['used-before-received', 'unknown-origin', 'unknown-lot'],
    })
  return effects
}
