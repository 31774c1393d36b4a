import { assert } from '../base/assert.ts'
import { refuse, type Refusal } from '../base/refusal.ts'
import type { View } from '../base/view.ts'
import { codeKeyOf } from '../identity/code.ts'
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
} from '../identity/rows.ts'
import type { DecisionContext } from './decision.ts'

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
export function nextCode(context: DecisionContext, ask: CodeAsk): string {
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

function ruleFor(
  view: View,
  of: { gives: NumberingRow['gives']; item: number | undefined; site: number | undefined },
): NumberingRow | undefined {
  for (const item of of.item === undefined ? [''] : [of.item, '']) {
    for (const site of of.site === undefined ? [''] : [of.site, '']) {
      const rule = view.list(numberingTable, 'byUse', [of.gives, item, site]).find((row) => !row.retired)
      if (rule) return rule
    }
  }
  return undefined
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
