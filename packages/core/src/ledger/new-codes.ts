import { assert } from '../base/assert.ts'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import type { View } from '../base/view.ts'
import { codeKeyOf } from '../identity/code.ts'
import { exampleOf, fitsFormat, parseFormat } from '../identity/code-format.ts'
import {
  counterName,
  defaultRule,
  isParts,
  type NumberingFacts,
  type NumberingRule,
  parseScheme,
  renderNumber,
} from '../identity/numbering.ts'
import {
  identifierTable,
  type ItemRow,
  numberingTable,
  type NumberingRow,
  type PlaceRow,
  placeTable,
  type TraceableKind,
} from '../identity/rows.ts'
import type { DecisionContext } from './decision.ts'
import { peekNumber } from './numbers.ts'

/** Rules of what has no rule of its own yet. Lots and serials: `YYYYMMDD-SUPPLIER-SEQ`. */
const defaults: Readonly<Record<NumberingRow['gives'], NumberingRule>> = {
  lot: defaultRule,
  serial: { no: -1, scheme: '{YYYY}{MM}{DD}-{SEQ:5}', reset: 'day', start: 1 },
  container: { no: -2, scheme: 'C-{YYYY}{MM}{DD}-{SEQ:4}', reset: 'day', start: 1 },
  order: { no: -3, scheme: 'O-{YY}-{SEQ:5}', reset: 'year', start: 1 },
  shipment: { no: -4, scheme: 'S-{YYYY}{MM}{DD}-{SEQ:3}', reset: 'day', start: 1 },
}

export interface CodeAsk {
  readonly gives: NumberingRow['gives']
  readonly item?: ItemRow | undefined
  readonly place?: PlaceRow | undefined
  readonly facts?: Omit<NumberingFacts, 'on' | 'item' | 'site'>
}

/**
 * The next code of the rule that applies: that of item and site, else of the item, else of the site, else of the
 * organisation, else the default. A code that somebody typed in before is passed over, so none is given twice.
 */
export function nextCode(context: Pick<DecisionContext, 'view' | 'today' | 'next'>, ask: CodeAsk): string {
  const { view } = context
  const site = ask.place && siteOf(view, ask.place)
  const rule = ruleFor(view, { gives: ask.gives, item: ask.item?.no, site: site?.no }) ?? defaults[ask.gives]
  const parts = parseScheme(rule.scheme, rule.reset)
  assert(isParts(parts), `numbering rule ${rule.no} was checked when it was defined`)
  const facts = { ...ask.facts, on: context.today, item: ask.item?.code, site: site?.code }
  const counter = counterName(rule, parts, facts)
  for (;;) {
    const code = renderNumber(rule, parts, facts, context.next(counter))
    if (view.list(identifierTable, 'byValue', [codeKeyOf(code)]).length === 0) return code
  }
}

/** The codes that would be given next, without giving them (A3). */
export function codesToCome(
  of: Pick<DecisionContext, 'view' | 'today'>,
  ask: CodeAsk,
  howMany = 3,
): readonly string[] {
  const taken = new Map<string, number>()
  const next = (counter: string): number => {
    const no = taken.get(counter) ?? peekNumber(of.view, counter)
    taken.set(counter, no + 1)
    return no
  }
  return Array.from({ length: howMany }, () => nextCode({ ...of, next }, ask))
}

/** The rule for what is numbered: the nearest of item and site. */
export function ruleFor(
  view: View,
  of: { gives: NumberingRow['gives']; item: number | undefined; site: number | undefined },
): NumberingRow | undefined {
  const items = of.item === undefined ? [''] : [of.item, '']
  const sites = of.site === undefined ? [''] : [of.site, '']
  const uses = items.flatMap((item) => sites.map((site) => [of.gives, item, site]))
  view.prefetch(numberingTable, 'byUse', uses)
  return uses.flatMap((use) => view.list(numberingTable, 'byUse', use)).find((row) => !row.retired)
}

/** The site a place belongs to: itself or the nearest one above. */
export function siteOf(view: View, place: PlaceRow): PlaceRow | undefined {
  const seen = new Set<number>()
  let here: PlaceRow | undefined = place
  while (here && here.kind !== 'site') {
    if (here.parent === null || seen.has(here.parent)) return undefined
    seen.add(here.parent)
    here = view.get(placeTable, [here.parent])
  }
  return here
}

/** A code that is left out where no rule can give one. */
export function codeMissing(what: string, field: string): Refusal<'code_missing'> {
  return refuse('code_missing', {
    message: `The ${what} has no code.`,
    fix: `Give it a code.`,
    field,
  })
}

const givesOf: Partial<Record<TraceableKind, NumberingRow['gives']>> = {
  lot: 'lot',
  batch: 'lot',
  serial: 'serial',
  container: 'container',
}

/**
 * Whether this person may bring this code into being, and whether it looks as the rule for it says (A3, A4). Old records
 * that only name a thing are not asked.
 */
export function checkNewCode(
  context: DecisionContext,
  ask: {
    readonly kind: TraceableKind
    readonly code: string
    readonly field: string
    readonly item: ItemRow | undefined
    readonly place?: PlaceRow | undefined
  },
): Refusal<'creation_not_allowed' | 'code_unlike_format'> | undefined {
  const gives = givesOf[ask.kind]
  if (!gives) return undefined
  const site = ask.place && siteOf(context.view, ask.place)
  const rule = ruleFor(context.view, { gives, item: ask.item?.no, site: site?.no })
  if (!rule) return undefined
  const denied =
    rule.creators && !rule.creators.includes(context.actor) ? notAllowed(context, rule, ask) : undefined
  const refusal = denied ?? unlikeFormat(rule, ask)
  return refusal && context.breaks(refusal) && refusal
}

interface NewCode {
  readonly code: string
  readonly field: string
  readonly item: ItemRow | undefined
}

function notAllowed(context: DecisionContext, rule: NumberingRow, { code, field }: NewCode) {
  return refuse('creation_not_allowed', {
    message: `${context.actor} may not bring a new ${rule.gives} into being under the rule ${rule.code}.`,
    fix: `Ask one of those who may: ${rule.creators?.join(', ')}.`,
    field,
    value: code,
  })
}

function unlikeFormat(
  rule: NumberingRow,
  { code, field, item }: NewCode,
): Refusal<'code_unlike_format'> | undefined {
  const parts = rule.format == null ? undefined : parseFormat(rule.format)
  if (!parts || isRefusal(parts) || fitsFormat(parts, codeKeyOf(code), item?.code)) return undefined
  return refuse('code_unlike_format', {
    message: `${JSON.stringify(code)} does not look like ${rule.format}, as the rule ${rule.code} asks.`,
    fix: `Read the label again; it should look like ${exampleOf(parts, item?.code)}. Leave the code out to get the next number.`,
    field,
    value: code,
    details: { format: rule.format },
  })
}
