import { addDays, type CivilDate } from '../base/instant.ts'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import type { ItemRow, JsonObject, TraceableRow } from '../identity/rows.ts'
import { expiryMissing, readDate } from './dates.ts'
import type { DecisionContext } from './decision.ts'
import { compareDecimals } from './process-facts.ts'

/** What a thing that is made takes over from what it was made of. */
export interface Inherited {
  readonly expiresOn: CivilDate | null
  readonly manufacturedOn: CivilDate | null
  readonly owner: number | null
  readonly exportClass: string | null
  readonly attributes: JsonObject
}

export type InheritRefusal = Refusal<
  'expiry_missing' | 'outlives_input' | 'outlives_shelf_life' | 'date_malformed'
>

interface Asked {
  readonly expiresOn?: string | undefined
  readonly manufacturedOn?: string | undefined
  readonly attributes?: JsonObject | undefined
}

/**
 * Dates, owner, export class and attributes of an output: by the item's expiry rule (A9) and by what it inherits from its
 * inputs (A8). Live: a product that would outlive its shortest input is refused.
 */
export function inherit(
  context: DecisionContext,
  item: ItemRow,
  inputs: readonly TraceableRow[],
  ask: Asked,
): Inherited | InheritRefusal {
  const manufacturedOn = readDate(ask.manufacturedOn, 'manufacturedOn')
  if (isRefusal(manufacturedOn)) return manufacturedOn
  const given = readDate(ask.expiresOn, 'expiresOn')
  if (isRefusal(given)) return given
  const madeOn = manufacturedOn ?? context.today
  const expiresOn = expiryOf(context, item, inputs, { given, madeOn })
  if (isRefusal(expiresOn)) return expiresOn
  const owners = distinct(inputs.map((input) => input.owner))
  const classes = distinct(inputs.map((input) => input.exportClass))
  const attributes = { ...inheritedAttributes(item, inputs), ...ask.attributes }
  return {
    expiresOn,
    manufacturedOn: manufacturedOn ?? (item.expiryRule === 'from-manufacture' ? madeOn : null),
    owner: item.owner ?? (owners.length === 1 ? (owners[0] ?? null) : null),
    exportClass: item.exportClass ?? (classes.length > 0 ? classes.toSorted().join(' + ') : null),
    attributes,
  }
}

function expiryOf(
  context: DecisionContext,
  item: ItemRow,
  inputs: readonly TraceableRow[],
  ask: { given: CivilDate | null; madeOn: CivilDate },
): CivilDate | null | InheritRefusal {
  const { given, madeOn } = ask
  switch (item.expiryRule) {
    case 'none':
      return given
    case 'required':
      return given ?? missing(context, item)
    case 'from-manufacture': {
      const last = item.shelfLifeDays === null ? null : addDays(madeOn, item.shelfLifeDays)
      if (given === null) return last ?? missing(context, item)
      return last !== null && given > last ? tooLate(context, item, { given, last }) : given
    }
    case 'earliest-input': {
      const shortest = inputs
        .filter((input) => input.expiresOn !== null)
        .toSorted((a, b) => ((a.expiresOn ?? '') < (b.expiresOn ?? '') ? -1 : 1))[0]
      const last = shortest?.expiresOn ?? null
      if (given === null) return last
      return last !== null && given > last ? tooLate(context, item, { given, last, input: shortest }) : given
    }
  }
}

function missing(context: DecisionContext, item: ItemRow): null | InheritRefusal {
  const refusal = expiryMissing(item)
  return context.breaks(refusal) ? refusal : null
}

function tooLate(
  context: DecisionContext,
  item: ItemRow,
  is: { given: CivilDate; last: CivilDate; input?: TraceableRow | undefined },
): CivilDate | InheritRefusal {
  const about = { field: 'expiresOn', value: is.given }
  const refusal = is.input
    ? refuse('outlives_input', {
        message: `${item.code} would expire on ${is.given}, after ${is.input.code} that went into it (${is.last}).`,
        fix: `Give ${is.last} or an earlier date.`,
        details: { input: is.input.code, expiresOn: is.last },
        ...about,
      })
    : refuse('outlives_shelf_life', {
        message: `${item.code} keeps until ${is.last}; ${is.given} is later.`,
        fix: `Give ${is.last} or an earlier date.`,
        ...about,
      })
  return context.breaks(refusal) ? refusal : is.given
}

/**
 * Attributes an output takes over: `name` joins the inputs' distinct values; `name:strictest` keeps the least, by number or
 * by text, as a potency or a date is handed on.
 */
function inheritedAttributes(item: ItemRow, inputs: readonly TraceableRow[]): JsonObject {
  const taken = item.inherits.flatMap((rule) => {
    const [name = '', how = 'join'] = rule.split(/:(?=strictest$|join$)/)
    const values = distinct(inputs.map((input) => textOf(input.attributes[name])))
    if (values.length === 0) return []
    const ordered = values.toSorted((a, b) => compareDecimals(a, b) ?? (a < b ? -1 : 1))
    return [[name, how === 'strictest' ? (ordered[0] ?? '') : ordered.join(', ')] as const]
  })
  return Object.fromEntries(taken)
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : null
}

function distinct<T>(values: readonly (T | null)[]): T[] {
  return [...new Set(values.filter((value): value is T => value !== null))]
}
