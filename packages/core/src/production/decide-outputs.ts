import { isRefusal, type Refusal } from '../base/refusal.ts'
import { together } from '../base/view.ts'
import { touchTable } from '../genealogy/rows.ts'
import type { ProcessRef } from '../genealogy/touch.ts'
import { findItem, findPlace } from '../identity/lookup.ts'
import type { ItemRow, PartyRow, PlaceRow, TraceableRow } from '../identity/rows.ts'
import type { DecisionContext } from '../ledger/decision.ts'
import { inherit, type Inherited } from '../ledger/inherit.ts'
import { type LotLine, lotLines } from '../ledger/lot-lines.ts'
import { sameIdentity } from '../ledger/lots.ts'
import { newOutput, type Output, prefetchOutputs } from '../ledger/outputs.ts'
import type { Condition } from '../ledger/process-facts.ts'
import { unitProcess } from '../ledger/process-key.ts'
import { processFactTable } from '../ledger/record-tables.ts'
import type { OrderRow } from '../ledger/tables.ts'
import { intoItself } from './consumption-rules.ts'
import { inputsOfEach, noteMissingInputs } from './output-inputs.ts'
import type { ProduceCommand } from './produce-fields.ts'
import type { Made } from './produced.ts'

/** What the decision found out before it looks at single outputs. */
export interface Setting {
  readonly command: ProduceCommand
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

/** Each line of the command as an output: its identity, what it inherits, and which processes it came from. O(lines). */
export function decideOutputs(
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
  let shared: Inherited | Refusal | undefined
  const made: Made[] = []
  const all = new Map(setting.inputs.map((input) => [input.no, input]))
  for (const [index, line] of lines.entries()) {
    const own = ownInputs[index] ?? []
    for (const input of own) all.set(input.no, input)
    const inputs = own.length > 0 ? [...setting.inputs, ...own] : setting.inputs
    // What the whole run hands on is worked out once, however many serials.
    const inherited =
      own.length > 0
        ? inherit(context, item, inputs, command)
        : (shared ??= inherit(context, item, inputs, command))
    if (isRefusal(inherited)) return inherited
    const output = decideOutput(context, setting, { line, inherited, inputs })
    if (isRefusal(output)) return output
    const { quantity, given } = line
    made.push({
      output,
      item: item.no,
      quantity,
      given,
      place: place.no,
      unitProcess: ownKeys[index] ?? null,
    })
  }
  const claimsProcess = !context.historical || order !== undefined || command.process !== undefined
  const what =
    lines.length > 1 ? `${lines.length} ${item.code} from ${lines[0]?.code}` : (lines[0]?.code ?? item.code)
  const about = { item, order, processKey: process.key, place: place.no, operation, what }
  if (claimsProcess && !setting.maker) noteMissingInputs(context, { ...about, inputs: [...all.values()] })
  return made
}

function decideOutput(
  context: DecisionContext,
  setting: Setting,
  of: { line: LotLine; inherited: Inherited; inputs: readonly TraceableRow[] },
): Output | Refusal {
  const { command, item } = setting
  const { line, inherited, inputs } = of
  const kind = item.tracking === 'serial' ? 'serial' : item.tracking === 'batch' ? 'batch' : 'lot'
  const output = newOutput(context, {
    ...inherited,
    ...{ item, kind, code: line.code, field: line.field },
    status: command.status ?? 'released',
    party: setting.maker?.no ?? null,
    uri: command.uri,
    names: command.names,
    place: setting.place,
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

/** What a number of an output may show of its making. */
export function numberingFacts(setting: Pick<Setting, 'order' | 'command'>) {
  const { equipment: line, shift } = setting.command
  return { order: setting.order?.code, line, shift }
}

/** What came out beside the product: from the same process, with dates of its own. */
export function decideByProducts(context: DecisionContext, setting: Setting): readonly Made[] | Refusal {
  const made: Made[] = []
  for (const [index, ask] of (setting.command.byProducts ?? []).entries()) {
    const item = findItem(context.view, ask.item, `byProducts/${index}/item`)
    if (isRefusal(item)) return item
    const place =
      ask.place === undefined
        ? setting.place
        : findPlace(context.view, ask.place, `byProducts/${index}/place`)
    if (isRefusal(place)) return place
    const lines = lotLines(context, item, ask, { place, facts: numberingFacts(setting) })
    if (isRefusal(lines)) return lines
    for (const line of lines) {
      const { command, inputs } = setting
      const { uri: _uri, names: _names, attributes: _attributes, ...shared } = command
      const inherited = inherit(context, item, inputs, { ...shared, expiresOn: ask.expiresOn })
      if (isRefusal(inherited)) return inherited
      const output = decideOutput(context, { ...setting, item, command: shared }, { line, inherited, inputs })
      if (isRefusal(output)) return output
      const { quantity, given } = line
      made.push({ output, item: item.no, quantity, given, place: place.no, unitProcess: null })
    }
  }
  return made
}
