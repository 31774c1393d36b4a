import { decimalOf } from '../base/quantity.ts'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { together } from '../base/view.ts'
import { findItem, findParty, findPlace } from '../identity/lookup.ts'
import type { ItemRow } from '../identity/rows.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import { lookAhead } from '../ledger/look-ahead.ts'
import { inputsOf } from '../ledger/inputs.ts'
import { type LotLine, lotLines } from '../ledger/lot-lines.ts'
import { sameIdentity } from '../ledger/lots.ts'
import { findOpenOrder } from '../ledger/orders.ts'
import { numberOf } from '../ledger/outputs.ts'
import { closing } from '../ledger/closing.ts'
import { containerFor } from '../ledger/containers.ts'
import { siteOf } from '../ledger/new-codes.ts'
import { checkPlace } from '../ledger/placing.ts'
import { conditionsOf } from '../ledger/process-facts.ts'
import { captureProcess, processOf } from '../ledger/process-key.ts'
import { followRoute, markBypass } from '../ledger/route.ts'
import { itemOf } from '../ledger/stock.ts'
import type { OrderRow } from '../ledger/tables.ts'
import { capturedIn, checkCapture } from '../quality/capture-rules.ts'
import { unfinishedRuns } from './output-inputs.ts'
import { decideByProducts, decideOutputs, numberingFacts, type Setting } from './decide-outputs.ts'
import { type ProduceCommand, produceSchema } from './produce-fields.ts'
import { fold, type Made, type Produced, producedEffects } from './produced.ts'

/** What an order or process makes: lots, serials, by-products (B9). One event, however many serials. */
export const produce = verb<typeof produceSchema, Produced>({
  verb: 'produce',
  event: 'Produced',
  version: 1,
  about: 'Records what came out: lots, serials or a range of them, and by-products.',
  schema: produceSchema,
  decide(command, context) {
    const setting = settingOf(command, context)
    if (isRefusal(setting)) return setting
    const { order, operation, item, place, process, also, conditions } = setting
    const quantity = command.quantity ?? restOf(command, item, order)
    const lines = lotLines(context, item, { ...command, quantity }, { place, facts: numberingFacts(setting) })
    if (isRefusal(lines)) return lines
    const units = knownUnits(context, item, lines)
    const route = { order, operation, units, wholeRoute: order?.item === item.no }
    const bypass = followRoute(context, { ...route, bypass: command.bypass })
    if (isRefusal(bypass)) return bypass
    const made = decideOutputs(context, setting, lines)
    if (isRefusal(made)) return made
    const numbers = made.map((each) => numberOf(each.output))
    if (bypass) markBypass(context, bypass, { order, units: numbers })
    const byProducts = decideByProducts(context, setting)
    if (isRefusal(byProducts)) return byProducts
    const total = lines.reduce((sum, line) => sum + line.amount, 0n)
    const into =
      command.container === undefined
        ? null
        : containerFor(context, { code: command.container, place, field: 'container' })
    if (isRefusal(into)) return into
    const occupied = checkPlace(context, place, into ? [] : numbers, { field: 'place' })
    if (occupied) return occupied
    const missing = checkCaptured(context, setting, made)
    if (isRefusal(missing)) return missing
    const progress = order?.item === item.no ? total : 0n
    const closes =
      command.final && order ? closing(context, order, { amount: progress, operation }) : undefined
    return {
      order: order?.no ?? null,
      orderCode: order?.code ?? null,
      ...{ operation, process, also, ...fold(made), byProducts, into, missing },
      progress: order?.item === item.no ? decimalOf(total, item.scale) : null,
      place: place.no,
      placeCode: place.code,
      conditions,
      final: command.final ?? false,
      ...(closes ? { closes } : {}),
      ...(bypass ? { bypass } : {}),
    }
  },
  effectsOf: producedEffects,
})

/** Units that work was booked on before they were made: each has come so far along the route by itself. */
function knownUnits(context: DecisionContext, item: ItemRow, lines: readonly LotLine[]): readonly number[] {
  const kind = item.tracking === 'serial' ? 'serial' : 'lot'
  const rows = together(lines, ({ code }) => sameIdentity(context.view, { kind, item, code }))
  const numbers = rows.flatMap((row) => row?.no ?? [])
  return numbers.length === lines.length ? numbers : []
}

/** What the rules of the item ask to be captured at its making; dates that follow from its inputs count as captured. */
function checkCaptured(
  context: DecisionContext,
  setting: Setting,
  made: readonly Made[],
): readonly string[] | Refusal {
  const { item, order, place, operation, command, inputs: madeOf } = setting
  const output = made[0]?.output
  const known = output?.is === 'new' ? { ...output.seed } : { ...output?.patch }
  const [inCommand, inOutput] = [capturedIn(command), capturedIn(known)]
  const captured = (field: string) => inCommand(field) ?? inOutput(field)
  const site = () => siteOf(context.view, place)?.code
  return checkCapture(context, { at: 'output', item, captured, order, operation, site, madeOf })
}

function settingOf(command: ProduceCommand, context: DecisionContext): Setting | Refusal {
  const { order: orderCode, item: itemCode, place: placeCode } = command
  lookAhead(context.view, { order: orderCode, item: itemCode, places: [placeCode] })
  const order = command.order === undefined ? undefined : findOpenOrder(context, command.order)
  if (isRefusal(order)) return order
  const item =
    command.item === undefined
      ? itemOf(context.view, order?.item ?? null)
      : findItem(context.view, command.item)
  if (isRefusal(item)) return item
  if (!item) return itemMissing()
  const place = findPlace(context.view, command.place)
  if (isRefusal(place)) return place
  const maker = command.maker === undefined ? undefined : findParty(context.view, command.maker, 'maker')
  if (isRefusal(maker)) return maker
  const operation = command.operation ?? null
  const conditions = conditionsOf(context, command)
  if (isRefusal(conditions)) return conditions
  const work = { order: order?.no ?? null, operation, process: command.process ?? null }
  const process = processOf(work) ?? captureProcess('produce', context.key)
  const also = order && process.kind === 'run' ? unfinishedRuns(context, order, process.key) : []
  const inputs = inputsOf(context.view, [process.key, ...also])
  return { command, order, operation, item, place, maker, process, also, inputs, conditions }
}

/** The expected quantity completes with one tap: what is left of the order. */
function restOf(
  command: ProduceCommand,
  item: ItemRow,
  order: OrderRow | undefined,
): { value: string } | undefined {
  if (!order || order.item !== item.no || order.amount === null) return undefined
  const rest = order.amount - order.done
  const named =
    command.serials ?? command.serialRange ?? (item.tracking === 'serial' ? command.lot : undefined)
  return rest > 0n && named === undefined ? { value: decimalOf(rest, item.scale) } : undefined
}

function itemMissing(): Refusal<'output_item_missing'> {
  return refuse('output_item_missing', {
    message: 'It is not said what was made.',
    fix: 'Name the item, or an order that makes one.',
    field: 'item',
  })
}
