import { unreachable } from '../base/assert.ts'
import type { MutableView } from '../base/view.ts'
import type { GraphChange } from '../genealogy/engine.ts'
import { applyTouches } from '../genealogy/resolve.ts'
import type { Touch } from '../genealogy/touch.ts'
import { counterTable, identifierTable, traceableTable } from '../identity/rows.ts'
import * as custody from './apply-custody.ts'
import * as records from './apply-records.ts'
import { bookSaid, settleSaid } from './apply-said.ts'
import { applyStock } from './apply-stock.ts'
import type { Effect, RecordedEvent } from './effects.ts'
import { masterSpecs, type EffectsOf, type Fold } from './fold.ts'
import { cascadeOverEdges, placeHold, releaseHold, settleWaiting } from './hold-cascade.ts'
import { nextNumber, peekNumber } from './numbers.ts'
import { preload } from './preload.ts'
import { eventTable, mentionTable } from './record-tables.ts'
import { mergeChanges, voidEvent } from './void.ts'

/**
 * Folds one event into the tables: the only code that writes a projection, for captures and rebuilds alike. Gives back
 * what changed in the graph, which feeds every engine. Deterministic; cost is O(effects) and, for facts that come late,
 * O(touches of the timelines they fall into).
 */
export function applyEvent(view: MutableView, event: RecordedEvent, effectsOf: EffectsOf): GraphChange {
  let ordinal = 0
  const fold: Fold = {
    view,
    position: event.position,
    at: event.happenedAt,
    recordedAt: event.recordedAt,
    effectsOf,
    ordinal: () => ordinal++,
  }
  const effects = effectsOf(event)
  preload(view, effects)
  recordEvent(view, event)
  for (const no of mentioned(effects)) view.put(mentionTable, { traceable: no, position: event.position })
  for (const effect of effects) applyEffect(fold, effect)
  const numbers = (counter: 'node' | 'edge') => nextNumber(view, counter)
  const touches = effects.flatMap((effect): Touch[] => (effect.do === 'touch' ? [effect.touch] : []))
  let change = applyTouches(view, { position: event.position, touches, counters: numbers, tie: event.key })
  for (const effect of effects) {
    if (effect.do !== 'void') continue
    change = mergeChanges(change, voidEvent(fold, effect.position, effectsOf, numbers))
  }
  // Holds come after the edges: a hold placed by this event spreads over what this event made.
  const when = { position: event.position, at: event.happenedAt }
  settleWaiting(view, change.nodes)
  cascadeOverEdges(view, change.added, when)
  for (const effect of effects) if (effect.do === 'hold') placeHold(view, effect, when)
  return change
}

function recordEvent(view: MutableView, event: RecordedEvent): void {
  const { position, id, type, version, key, actor, happenedAt, recordedAt, historical, body } = event
  const row = {
    position,
    id,
    type,
    version,
    key,
    actor,
    happenedAt,
    recordedAt,
    historical,
    body,
    voidedBy: null,
  }
  view.put(eventTable, row)
}

/** Traceables that an event's effects name, each once, in order of first mention. */
function mentioned(effects: readonly Effect[]): ReadonlySet<number> {
  const numbers = new Set<number>()
  for (const effect of effects) {
    if (effect.do === 'born') numbers.add(effect.row.no)
    if ('traceable' in effect && typeof effect.traceable === 'number') numbers.add(effect.traceable)
    if (effect.do === 'touch') for (const no of touched(effect.touch)) numbers.add(no)
    if (effect.do === 'operation' && effect.unit !== null) numbers.add(effect.unit)
    if (effect.do === 'pack' || effect.do === 'unpack') numbers.add(effect.container).add(effect.child)
    if (effect.do === 'install' || effect.do === 'remove') numbers.add(effect.unit).add(effect.part)
  }
  return numbers
}

function touched(touch: Touch): readonly number[] {
  switch (touch.role) {
    case 'draw':
    case 'add':
    case 'renew':
      return [touch.traceable]
    case 'install':
    case 'remove':
      return [touch.unit, touch.part]
    case 'barrier':
      return 'traceable' in touch.on ? [touch.on.traceable] : []
  }
}

function applyEffect(fold: Fold, effect: Effect): void {
  const { view } = fold
  switch (effect.do) {
    case 'touch':
    case 'hold':
    case 'void':
      return
    case 'born':
      return view.put(traceableTable, effect.row)
    case 'named':
      return view.put(identifierTable, effect.row)
    case 'stock':
      return applyStock(fold, effect)
    case 'said':
      return bookSaid(fold, effect)
    case 'pack':
      return custody.pack(fold, effect)
    case 'unpack':
      return custody.unpack(fold, effect)
    case 'install':
      return custody.install(fold, effect)
    case 'remove':
      return custody.remove(fold, effect)
    case 'release':
      return releaseHold(view, effect, { position: fold.position, at: fold.at })
    case 'status': {
      const row = view.get(traceableTable, [effect.traceable])
      return row && view.put(traceableTable, { ...row, status: effect.status })
    }
    case 'learned':
      return learn(fold, effect)
    case 'put':
      return view.put(masterSpecs[effect.table], effect.row as never)
    case 'count':
      return count(view, effect.counter, effect.next)
    case 'fact':
    case 'operation':
    case 'progress':
    case 'order-closed':
    case 'shipment':
    case 'shipped':
    case 'delivered':
    case 'came-back':
    case 'gap':
    case 'mend':
    case 'close-gap':
    case 'exception':
    case 'inspected':
    case 'attached':
    case 'reserve':
    case 'unreserve':
      return records.record(fold, effect)
    default:
      return unreachable(effect)
  }
}

/** What became known; with the item, the quantities that waited for its scale are booked. */
function learn(fold: Fold, effect: Extract<Effect, { do: 'learned' }>): void {
  const { view } = fold
  const row = view.get(traceableTable, [effect.traceable])
  if (!row) return
  const attributes = { ...row.attributes, ...effect.patch.attributes }
  view.put(traceableTable, { ...row, ...effect.patch, attributes })
  if (row.item === null && effect.patch.item != null) settleSaid(fold, effect.traceable)
}

function count(view: MutableView, name: string, next: number): void {
  if (next > peekNumber(view, name)) view.put(counterTable, { name, next })
}
