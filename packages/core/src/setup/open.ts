import { Type, type Static } from 'typebox'
import { amountOf, decimalOf, type Decimal } from '../base/quantity.ts'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import type { CivilDate } from '../base/instant.ts'
import { checkCode, codeKeyOf } from '../identity/code.ts'
import { findItem, findParty, findPlace } from '../identity/lookup.ts'
import type { CaptureRule, ItemRow, JsonObject, PlaceRow } from '../identity/rows.ts'
import { itemTable } from '../identity/rows.ts'
import { measure } from '../identity/unit.ts'
import { Attributes, commandSchema, DateText, Quantity, Text } from '../ledger/command.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import { bomOf } from '../ledger/definitions.ts'
import type { Effect, RecordedEvent } from '../ledger/effects.ts'
import { nextCode } from '../ledger/new-codes.ts'
import { findOrder } from '../ledger/orders.ts'
import { definitionTable, type DefinitionRow } from '../ledger/record-tables.ts'
import { orderKinds, type OrderKind, orderTable } from '../ledger/tables.ts'
import { readDate } from '../ledger/dates.ts'
import { Rules } from './fields.ts'
import { masterRow } from './master.ts'

const schema = commandSchema('open', {
  order: Type.Optional(Text('Order number; the next of the rule if left out')),
  kind: Type.Enum(orderKinds, { description: 'Kind of order' }),
  party: Type.Optional(Text('Supplier, customer or subcontractor')),
  item: Type.Optional(Text('What a work order makes, or what is ordered')),
  quantity: Type.Optional(Quantity),
  place: Type.Optional(Text('Where it is made or received')),
  dueOn: Type.Optional(DateText('Due')),
  lines: Type.Optional(
    Type.Array(Type.Object({ item: Text('Item'), quantity: Quantity }, { additionalProperties: false }), {
      minItems: 1,
      maxItems: 1000,
    }),
  ),
  bomVersion: Type.Optional(Text('Version of the bill of material; the one in force if left out')),
  routingVersion: Type.Optional(Text('Version of the routing; the one in force if left out')),
  contract: Type.Optional(Text('Contract or customer order it is for; its capture rules hold here too')),
  rules: Type.Optional(Rules),
  attributes: Type.Optional(Attributes),
})
type Open = Static<typeof schema>

interface OpenedLine {
  readonly item: number
  readonly quantity: Decimal
}

interface OpenedBody {
  readonly no: number
  readonly order: string
  readonly kind: OrderKind
  readonly party: number | null
  readonly item: number | null
  readonly quantity: Decimal | null
  readonly place: number | null
  readonly bom: number | null
  readonly routing: number | null
  readonly dueOn: CivilDate | null
  readonly lines: readonly OpenedLine[]
  readonly attributes: JsonObject
  readonly contract?: number
  readonly rules?: readonly CaptureRule[]
}

export type OpenRefusal = Refusal<'order_exists' | 'version_unknown' | 'order_incomplete'>

/** A purchase, work, customer, transfer or subcontract order. */
export const open = verb({
  verb: 'open',
  event: 'Opened',
  version: 1,
  about:
    'Opens an order. A work order keeps the versions of bill of material and routing in force on that day, and lists the material it needs.',
  schema,
  decide: decideOpen,
  effectsOf,
})

function decideOpen(command: Open, context: DecisionContext): OpenedBody | Refusal {
  const party = command.party === undefined ? undefined : findParty(context.view, command.party)
  if (isRefusal(party)) return party
  const place = command.place === undefined ? undefined : findPlace(context.view, command.place)
  if (isRefusal(place)) return place
  const item = command.item === undefined ? undefined : findItem(context.view, command.item)
  if (isRefusal(item)) return item
  const quantity = item && command.quantity ? measure(item, command.quantity) : undefined
  if (isRefusal(quantity)) return quantity
  if (command.kind === 'work' && !item) return itemMissing()
  const contract =
    command.contract === undefined ? undefined : findOrder(context.view, command.contract, 'contract')
  if (isRefusal(contract)) return contract
  const order = orderCode(context, command, place)
  if (isRefusal(order)) return order
  const bom = definitionFor(context, 'bom', item, command.bomVersion)
  if (isRefusal(bom)) return bom
  const routing = definitionFor(context, 'routing', item, command.routingVersion)
  if (isRefusal(routing)) return routing
  const dueOn = readDate(command.dueOn, 'dueOn')
  if (isRefusal(dueOn)) return dueOn
  const needs = bom && item && quantity ? needsOf(context, { bom, item, amount: quantity.amount }) : []
  const lines = command.lines ? linesOf(context, command.lines) : needs
  if (isRefusal(lines)) return lines
  return {
    no: context.next('order'),
    order,
    kind: command.kind,
    party: party?.no ?? null,
    item: item?.no ?? null,
    quantity: quantity?.quantity ?? null,
    place: place?.no ?? null,
    bom: bom?.no ?? null,
    routing: routing?.no ?? null,
    dueOn,
    lines,
    attributes: command.attributes ?? {},
    ...(contract ? { contract: contract.no } : {}),
    ...(command.rules ? { rules: command.rules } : {}),
  }
}

function itemMissing(): OpenRefusal {
  return refuse('order_incomplete', {
    message: 'A work order makes something; what is not said.',
    fix: 'Give the item.',
    field: 'item',
  })
}

function orderCode(context: DecisionContext, command: Open, place: PlaceRow | undefined): string | Refusal {
  if (command.order === undefined) return nextCode(context, { gives: 'order', place })
  const malformed = checkCode(command.order, 'order')
  if (malformed) return malformed
  const code = codeKeyOf(command.order)
  if (context.view.list(orderTable, 'byCode', [code]).length === 0) return code
  return refuse('order_exists', {
    message: `There is an order ${code} already.`,
    fix: 'Work on that one, or choose another number.',
    field: 'order',
    value: command.order,
  })
}

/** The version asked for, else the one in force on the day of the order: the latest to begin, then the last defined. */
function definitionFor(
  context: DecisionContext,
  kind: DefinitionRow['kind'],
  item: ItemRow | undefined,
  version: string | undefined,
): DefinitionRow | undefined | OpenRefusal {
  if (!item) return undefined
  const all = context.view.list(definitionTable, 'byItem', [kind, item.no]).filter((row) => !row.retired)
  if (version !== undefined) {
    const named = all.find((row) => row.version === version)
    return named ?? versionUnknown(kind, item, version)
  }
  const { today } = context
  return all
    .filter((row) => (row.effectiveFrom ?? '') <= today && today <= (row.effectiveTo ?? '9999-12-31'))
    .sort((a, b) => ((a.effectiveFrom ?? '') < (b.effectiveFrom ?? '') ? 1 : -1) || b.no - a.no)[0]
}

function versionUnknown(kind: DefinitionRow['kind'], item: ItemRow, version: string): OpenRefusal {
  return refuse('version_unknown', {
    message: `${item.code} has no ${kind} version ${version}.`,
    fix: 'Define it, or name one there is.',
    field: kind === 'bom' ? 'bomVersion' : 'routingVersion',
    value: version,
  })
}

/** What a work order needs: each line for `output` units, rounded up, because a need is a plan and not a fact. */
function needsOf(
  context: DecisionContext,
  of: { bom: DefinitionRow; item: ItemRow; amount: bigint },
): readonly OpenedLine[] {
  const bom = bomOf(context.view, { bom: of.bom.no })
  if (!bom) return []
  const output = bom.output === null ? 10n ** BigInt(of.item.scale) : amountOf(bom.output)
  return bom.lines.map((line) => {
    const scale = context.view.get(itemTable, [line.item])?.scale ?? 0
    const need = (amountOf(line.quantity) * of.amount + output - 1n) / output
    return { item: line.item, quantity: decimalOf(need, scale) }
  })
}

function linesOf(
  context: DecisionContext,
  given: NonNullable<Open['lines']>,
): readonly OpenedLine[] | Refusal {
  const lines: OpenedLine[] = []
  for (const [index, line] of given.entries()) {
    const item = findItem(context.view, line.item, `lines/${index}/item`)
    if (isRefusal(item)) return item
    const measured = measure(item, line.quantity, { field: `lines/${index}/quantity` })
    if (isRefusal(measured)) return measured
    lines.push({ item: item.no, quantity: measured.quantity })
  }
  return lines
}

function effectsOf(event: RecordedEvent<string, OpenedBody>): readonly Effect[] {
  const { no, order: code, kind, party, item, quantity, place, bom, routing, dueOn, attributes } = event.body
  const { contract = null, rules = null } = event.body
  const head = {
    no,
    kind,
    code,
    codeKey: codeKeyOf(code),
    party,
    item,
    place,
    bom,
    routing,
    dueOn,
    attributes,
    contract,
    rules,
  }
  const amount = quantity === null ? null : amountOf(quantity)
  const life = { amount, done: 0n, status: 'open', openedAt: event.happenedAt, closedAt: null }
  return [
    { do: 'put', table: 'shop_order', row: masterRow({ ...head, ...life }), was: null },
    { do: 'named', row: { scheme: 'code', valueKey: codeKeyOf(code), names: 'order', no, value: code } },
    ...event.body.lines.map((line, index): Effect => ({
      do: 'put',
      table: 'order_line',
      row: { orderNo: no, line: index + 1, item: line.item, amount: amountOf(line.quantity), done: 0n },
      was: null,
    })),
  ]
}
