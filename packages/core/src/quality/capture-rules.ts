import { refuse, type Refusal } from '../base/refusal.ts'
import { together, type View } from '../base/view.ts'
import { codeKeyOf } from '../identity/code.ts'
import {
  type CaptureRule,
  type ItemRow,
  type PartyRow,
  partyTable,
  type TraceableRow,
} from '../identity/rows.ts'
import type { DecisionContext } from '../ledger/decision.ts'
import { partsOf } from '../ledger/inputs.ts'
import { type OrderRow, orderTable } from '../ledger/tables.ts'
import { knownOf } from './known.ts'

export type CaptureRefusal = Refusal<'capture_required'>

/** Whether a field was captured; `attributes.<name>` for further facts. */
export type Captured = (field: string) => unknown

/** Reads fields of a command, and its attributes by `attributes.<name>` or plain name. */
export function capturedIn(command: { readonly [field: string]: unknown }): Captured {
  const attributes = command['attributes']
  return (field) => {
    const name = field.replace(/^attributes\./, '')
    const own = field === name ? command[field] : undefined
    return own ?? (isRecord(attributes) ? attributes[name] : undefined)
  }
}

export interface CaptureAsk {
  readonly at: CaptureRule['at']
  readonly item: ItemRow
  readonly captured: Captured
  /** Supplier or customer of this very step, beside those of the order. */
  readonly party?: PartyRow | undefined
  readonly order?: OrderRow | undefined
  /** Asked only where a rule names a site. */
  readonly site?: (() => string | undefined) | undefined
  readonly operation?: string | null | undefined
  /** The lot on record that is used or leaves; what its makers captured counts, and its parts may be asked for. */
  readonly lot?: TraceableRow | undefined
  /** What went into it, where it is only made now. */
  readonly madeOf?: readonly TraceableRow[] | undefined
}

/** Whose demand a rule is: an item's, a party's, a contract's. */
interface Demand {
  readonly of: string
  readonly rule: CaptureRule
}

/**
 * What must be captured here by the rules of the item, of the customer or supplier, and of the order and the contract
 * it is for (A8). `enforce` refuses and names the field; `warn` leaves an exception for a person; `observe` only counts.
 * Gives the fields that were asked for and not captured, for the event to keep.
 */
export function checkCapture(context: DecisionContext, ask: CaptureAsk): readonly string[] | CaptureRefusal {
  const missing = new Set<string>()
  for (const demand of demandsOn(context.view, ask)) {
    for (const lacking of lackingIn(context, ask, demand)) {
      missing.add(demand.rule.field)
      if (demand.rule.force === 'observe') continue
      const required = captureRequired(demand, ask, lacking)
      const about = lacking.lot ? { traceable: lacking.lot.no } : undefined
      if (demand.rule.force === 'warn') context.warn(required, about)
      else if (context.breaks(required, about)) return required
    }
  }
  return [...missing]
}

/** All rules that speak of this item at this step, with whose they are. */
function demandsOn(view: View, ask: CaptureAsk): readonly Demand[] {
  const { item } = ask
  const of = (owner: { readonly code: string; readonly rules: readonly CaptureRule[] | null } | undefined) =>
    (owner?.rules ?? []).map((rule): Demand => ({ of: owner?.code ?? '', rule }))
  const orders = ordersBehind(view, ask.order)
  const numbers = [...new Set(orders.flatMap((order) => order.party ?? []))]
  const parties = together(numbers, (no) => view.get(partyTable, [no]))
  const others = parties.filter((party) => party?.no !== ask.party?.no)
  return [...of(item), ...of(ask.party), ...others.flatMap(of), ...orders.flatMap(of)].filter(({ rule }) =>
    applies(rule, ask),
  )
}

/** An order, and the contract or customer order it is worked off for. */
function ordersBehind(view: View, order: OrderRow | undefined): readonly OrderRow[] {
  if (!order) return []
  const contract = order.contract == null ? undefined : view.get(orderTable, [order.contract])
  return contract ? [order, contract] : [order]
}

function applies(rule: CaptureRule, ask: CaptureAsk): boolean {
  const isSame = (wanted: string, is: string | null | undefined) =>
    is != null && codeKeyOf(wanted) === codeKeyOf(is)
  return (
    rule.at === ask.at &&
    (rule.item === undefined || isSame(rule.item, ask.item.code)) &&
    (rule.operation === undefined || isSame(rule.operation, ask.operation)) &&
    (rule.site === undefined || isSame(rule.site, ask.site?.()))
  )
}

/** What lacks the field: the thing itself, or a part of it as deep as the rule looks. */
interface Lacking {
  readonly lot: TraceableRow | undefined
  readonly isPart: boolean
}

function lackingIn(context: DecisionContext, ask: CaptureAsk, { rule }: Demand): readonly Lacking[] {
  const onRecord = ask.lot && knownOf(context.view, ask.lot)
  const own = ask.captured(rule.field) ?? onRecord?.(rule.field)
  const lacking: Lacking[] = isGiven(own) ? [] : [{ lot: ask.lot, isPart: false }]
  let tier = ask.madeOf ?? (ask.lot ? [ask.lot] : [])
  const deep = (rule.tiers ?? 1) - 1
  for (let depth = ask.madeOf ? 1 : 0; depth <= deep && tier.length > 0; depth++) {
    if (depth > 0) {
      const known = together(tier, (part) => isGiven(knownOf(context.view, part)(rule.field)))
      tier.forEach((lot, index) => known[index] || lacking.push({ lot, isPart: true }))
    }
    if (depth < deep) tier = partsOf(context.view, tier)
  }
  return lacking
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}

function captureRequired({ of, rule }: Demand, ask: CaptureAsk, { lot, isPart }: Lacking): CaptureRefusal {
  const whose = of === ask.item.code ? `${of} asks` : `${of} asks of ${ask.item.code}`
  const what = isPart ? `${lot?.code ?? 'a part'}, which is in it, has none` : 'it is not given'
  return refuse('capture_required', {
    message: `${whose} for ${rule.field} at ${rule.at}; ${what}.`,
    fix: isPart
      ? `Take a lot whose parts are on record with their ${rule.field}, or record it for ${lot?.code ?? 'the part'}.`
      : `Scan or type ${rule.field}.`,
    field: rule.field.replace('.', '/'),
    value: lot?.code ?? ask.item.code,
    details: { of, ...(lot ? { traceable: lot.no, code: lot.code } : {}) },
  })
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
