import { type Static } from 'typebox'
import { amountOf, decimalOf } from '../base/quantity.ts'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { together } from '../base/view.ts'
import { touchTable } from '../genealogy/rows.ts'
import { findItem, findParty, findPlace } from '../identity/lookup.ts'
import type { ItemRow, PartyRow, PlaceRow, TraceableRow } from '../identity/rows.ts'
import { commandSchema } from '../ledger/command.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import { inherit } from '../ledger/inherit.ts'
import { inputsOf } from '../ledger/inputs.ts'
import { type LotLine, lotLines } from '../ledger/lot-lines.ts'
import { sameIdentity } from '../ledger/lots.ts'
import { findOpenOrder } from '../ledger/orders.ts'
import { newOutput, numberOf, type Output, prefetchOutputs } from '../ledger/outputs.ts'
import { checkPlace } from '../ledger/placing.ts'
import { type Condition, conditionsOf } from '../ledger/process-facts.ts'
import { captureProcess, processOf, unitProcess } from '../ledger/process-key.ts'
import { processFactTable } from '../ledger/record-tables.ts'
import { checkRoute } from '../ledger/route.ts'
import { itemOf } from '../ledger/stock.ts'
import type { OrderRow } from '../ledger/tables.ts'
import type { ProcessRef } from '../genealogy/touch.ts'
import { intoItself } from './consumption-rules.ts'
import { inputsOfEach, noteMissingInputs, unfinishedRuns } from './output-inputs.ts'
import { produceFields } from './produce-fields.ts'
import { fold, type Made, type Produced, producedEffects } from './produced.ts'

const schema = commandSchema('produce', produceFields)
type Produce = Static<typeof schema>

/** What the decision found out before it looks at single outputs. */
interface Setting {
  readonly command: Produce
  readonly order: OrderRow | undefined
  readonly operation: string | null
  readonly item: ItemRow
  readonly place: PlaceRow
  readonly maker: PartyRow | undefined
  readonly process: ProcessRef
  readonly also: readonly string[]
  readonly inputs: readonly TraceableRow[]
  readonly conditions: readonly Condition[]
}

/** What an order or process makes: lots, serials, by-products (B9). One event, however many serials. */
export const produce = verb<typeof schema, Produced>({
  verb: 'produce',
  event: 'Produced',
  version: 1,
  about: 'Records what came out: lots, serials or a range of them, and by-products.',
  schema,
  decide(command, context) {
    const setting = settingOf(command, context)
    if (isRefusal(setting)) return setting
    const { order, operation, item, place, process, also, conditions } = setting
    const quantity = command.quantity ?? restOf(command, item, order)
    const lines = lotLines(context, item, { ...command, quantity }, { place, facts: { order: order?.code } })
    if (isRefusal(lines)) return lines
    const made = decideOutputs(context, setting, lines)
    if (isRefusal(made)) return made
    const byProducts = decideByProducts(context, setting)
    if (isRefusal(byProducts)) return byProducts
    const total = lines.reduce((sum, line) => sum + line.amount, 0n)
    const occupied = checkPlace(context, place, made.map((each) => numberOf(each.output)), { field: 'place' })
    if (occupied) return occupied
    return {
      order: order?.no ?? null,
      orderCode: order?.code ?? null,
      ...{ operation, process, also, ...fold(made), byProducts },
      progress: order?.item === item.no ? decimalOf(total, item.scale) : null,
      place: place.no,
      placeCode: place.code,
      conditions,
      final: command.final ?? false,
    }
  },
  effectsOf: producedEffects,
})

function settingOf(command: Produce, context: DecisionContext): Setting | Refusal {
  const order = command.order === undefined ? undefined : findOpenOrder(context, command.order)
  if (isRefusal(order)) return order
  const item = command.item === undefined ? itemOf(context.view, order?.item ?? null) : findItem(context.view, command.item)
  if (isRefusal(item)) return item
  if (!item) return itemMissing()
  const place = findPlace(context.view, command.place)
  if (isRefusal(place)) return place
  const maker = command.maker === undefined ? undefined : findParty(context.view, command.maker, 'maker')
  if (isRefusal(maker)) return maker
  const operation = command.operation ?? null
  const early = checkRoute(context, order, operation)
  if (early) return early
  const conditions = conditionsOf(context, command)
  if (isRefusal(conditions)) return conditions
  const work = { order: order?.no ?? null, operation, process: command.process ?? null }
  const process = processOf(work) ?? captureProcess('produce', context.key)
  const also = order && process.kind === 'run' ? unfinishedRuns(context, order, process.key) : []
  const inputs = inputsOf(context.view, [process.key, ...also])
  return { command, order, operation, item, place, maker, process, also, inputs, conditions }
}

/** The expected quantity completes with one tap: what is left of the order. */
function restOf(command: Produce, item: ItemRow, order: OrderRow | undefined): { value: string } | undefined {
  if (!order || order.item !== item.no || order.amount === null) return undefined
  const rest = order.amount - order.done
  const named = command.serials ?? command.serialRange ?? (item.tracking === 'serial' ? command.lot : undefined)
  return rest > 0n && named === undefined ? { value: decimalOf(rest, item.scale) } : undefined
}

function decideOutputs(
  context: DecisionContext,
  setting: Setting,
  lines: readonly LotLine[],
): readonly Made[] | Refusal {
  const { command, order, operation, item, place, process } = setting
  prefetchOutputs(
    context.view,
    lines.map((line) => line.code),
  )
  const ownKeys = together(lines, (line) => ownProcess(context, setting, line))
  const ownInputs = inputsOfEach(context, ownKeys)
  const made: Made[] = []
  const all = new Map(setting.inputs.map((input) => [input.no, input]))
  for (const [index, line] of lines.entries()) {
    const own = ownInputs[index] ?? []
    for (const input of own) all.set(input.no, input)
    const output = decideOutput(context, setting, line, own)
    if (isRefusal(output)) return output
    const { quantity, given } = line
    made.push({ output, item: item.no, quantity, given, place: place.no, unitProcess: ownKeys[index] ?? null })
  }
  const claimsProcess = !context.historical || order !== undefined || command.process !== undefined
  const what = lines.length > 1 ? `${lines.length} ${item.code} from ${lines[0]?.code}` : (lines[0]?.code ?? item.code)
  const about = { item, order, processKey: process.key, place: place.no, operation, what }
  if (claimsProcess && !setting.maker) noteMissingInputs(context, { ...about, inputs: [...all.values()] })
  return made
}

function decideOutput(
  context: DecisionContext,
  setting: Setting,
  line: LotLine,
  own: readonly TraceableRow[],
): Output | Refusal {
  const { command, item } = setting
  const inputs = own.length > 0 ? [...setting.inputs, ...own] : setting.inputs
  const inherited = inherit(context, item, inputs, command)
  if (isRefusal(inherited)) return inherited
  const kind = item.tracking === 'serial' ? 'serial' : item.tracking === 'batch' ? 'batch' : 'lot'
  const output = newOutput(context, {
    ...inherited,
    ...{ item, kind, code: line.code, field: line.field },
    status: command.status ?? 'released',
    party: setting.maker?.no ?? null,
    uri: command.uri,
    names: command.names,
    confirmed: line.numbered || (command.confirmNew ?? false),
  })
  if (isRefusal(output) || output.is === 'new') return output
  const madeOfItself = inputs.find((input) => input.no === output.no)
  const refusal = madeOfItself && context.breaks(intoItself(madeOfItself), { traceable: madeOfItself.no })
  return refusal ?? output
}

/** The key of a serial's own process, if parts or conditions were booked on it before it was made. */
function ownProcess(context: DecisionContext, setting: Setting, line: LotLine): string | null {
  const { item, order } = setting
  const kind = item.tracking === 'serial' ? 'serial' : 'lot'
  const known = sameIdentity(context.view, { kind, item, code: line.code })
  if (!known) return null
  const { key } = unitProcess(order?.no ?? null, known.no)
  const isTouched =
    context.view.list(touchTable, 'byProcess', [key]).length > 0 ||
    context.view.list(processFactTable, 'byProcess', [key]).length > 0
  return isTouched ? key : null
}

function decideByProducts(context: DecisionContext, setting: Setting): readonly Made[] | Refusal {
  const made: Made[] = []
  for (const [index, ask] of (setting.command.byProducts ?? []).entries()) {
    const item = findItem(context.view, ask.item, `byProducts/${index}/item`)
    if (isRefusal(item)) return item
    const place = ask.place === undefined ? setting.place : findPlace(context.view, ask.place, `byProducts/${index}/place`)
    if (isRefusal(place)) return place
    const lines = lotLines(context, item, ask, { place, facts: { order: setting.order?.code } })
    if (isRefusal(lines)) return lines
    for (const line of lines) {
      const { command, ...rest } = setting
      const { expiresOn: _expiry, uri: _uri, names: _names, ...shared } = command
      const output = decideOutput(context, { ...rest, item, command: shared }, line, [])
      if (isRefusal(output)) return output
      const { quantity, given } = line
      made.push({ output, item: item.no, quantity, given, place: place.no, unitProcess: null })
    }
  }
  return made
}

function itemMissing(): Refusal<'output_item_missing'> {
  return refuse('output_item_missing', {
    message: 'It is not said what was made.',
    fix: 'Name the item, or an order that makes one.',
    field: 'item',
  })
}
