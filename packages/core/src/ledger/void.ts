import { unreachable } from '../base/assert.ts'
import type { GraphChange } from '../genealogy/engine.ts'
import { retractTouches } from '../genealogy/resolve.ts'
import { traceableTable, type TraceableRow } from '../identity/rows.ts'
import { undoCustody } from './apply-custody.ts'
import { undoRecord } from './apply-records.ts'
import { bookSaid, settleSaid } from './apply-said.ts'
import { reopenShortfalls, undoStock } from './apply-stock.ts'
import { eventFrom, masterSpecs, type EffectsOf, type Fold } from './fold.ts'
import type { Effect, MasterRow } from './effects.ts'
import { placeHold, releaseHold } from './hold-cascade.ts'
import { preloadUndo } from './preload.ts'
import { eventTable, mentionTable } from './record-tables.ts'
import { holdTable } from './tables.ts'

type Numbers = (counter: 'node' | 'edge') => number

/**
 * Takes back the effects of an earlier event, last first. The event itself stays, marked with the position of its
 * correction; what it made is void, unless other events still name it: then it is expected, and a gap. O(effects).
 */
export function voidEvent(fold: Fold, position: number, effectsOf: EffectsOf, numbers: Numbers): GraphChange {
  const { view } = fold
  const row = view.get(eventTable, [position])
  const nothing: GraphChange = { position: fold.position, nodes: [], added: [], retracted: [] }
  if (!row || row.voidedBy !== null) return nothing
  const effects = effectsOf(eventFrom(row))
  preloadUndo(view, effects)
  view.put(eventTable, { ...row, voidedBy: fold.position })
  for (const effect of [...effects].reverse()) undo(fold, effect, position)
  if (!effects.some((effect) => effect.do === 'touch')) return nothing
  return retractTouches(view, { position: fold.position, event: position, counters: numbers })
}

function undo(fold: Fold, effect: Effect, voided: number): void {
  const { view } = fold
  switch (effect.do) {
    case 'touch':
    case 'named':
    case 'count':
    case 'void':
      return
    case 'born':
      return unborn(fold, effect.row, voided)
    case 'stock':
      return undoStock(fold, effect, voided)
    case 'said':
      return bookSaid(fold, effect, -1n)
    case 'pack':
    case 'unpack':
    case 'install':
    case 'remove':
      return undoCustody(fold, effect, voided)
    case 'hold':
      return releaseHold(view, { do: 'release', root: effect.root, only: null }, whenOf(fold))
    case 'release':
      return reopen(fold, effect.root, voided)
    case 'status': {
      const row = view.get(traceableTable, [effect.traceable])
      const unchanged = row && row.status === effect.status && effect.was !== undefined
      return unchanged ? view.put(traceableTable, { ...row, status: effect.was }) : undefined
    }
    case 'learned': {
      if (effect.was?.item === null) settleSaid(fold, effect.traceable, -1n)
      const row = view.get(traceableTable, [effect.traceable])
      if (!row) return
      view.put(traceableTable, unlearned(row, effect))
      if (effect.was?.item === null) reopenShortfalls(fold, row.no, [voided, fold.position])
      return
    }
    case 'put':
      return unput(fold, effect)
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
      return undoRecord(fold, effect, voided)
    default:
      return unreachable(effect)
  }
}

/** The row that stood before comes back; one that was new is retired, because other rows may name its number. */
function unput(fold: Fold, effect: Extract<Effect, { do: 'put' }>): void {
  const row = effect.was ?? withdrawn(effect.row)
  if (row) fold.view.put(masterSpecs[effect.table], row as never)
}

function withdrawn(row: MasterRow): MasterRow | undefined {
  if ('retired' in row) return { ...row, retired: true }
  return 'openedAt' in row ? { ...row, status: 'closed' } : undefined
}

function unborn(fold: Fold, born: TraceableRow, voided: number): void {
  const { view } = fold
  const { no } = born
  const row = view.get(traceableTable, [no])
  if (!row) return
  const others = view.list(mentionTable, 'byTraceable', [no]).filter((mention) => mention.position !== voided)
  const live = others.some((mention) => {
    const event = view.get(eventTable, [mention.position])
    return event !== undefined && event.voidedBy === null && mention.position !== fold.position
  })
  // What was only named here and has been made since stays made.
  const stays = born.status === 'expected' ? row.status : 'expected'
  view.put(traceableTable, { ...row, status: live ? stays : 'void' })
}

/** As it was before; names that were not there before go away again. */
function unlearned(row: TraceableRow, effect: Extract<Effect, { do: 'learned' }>): TraceableRow {
  const learned = Object.keys(effect.patch.attributes ?? {})
  const kept = Object.entries(row.attributes).filter(([name]) => !learned.includes(name))
  return { ...row, ...effect.was, attributes: { ...Object.fromEntries(kept), ...effect.was?.attributes } }
}

function reopen(fold: Fold, root: number, voided: number): void {
  const { view } = fold
  for (const row of view.list(holdTable, 'byRoot', [root])) {
    if (row.releasedPosition === voided)
      view.put(holdTable, { ...row, releasedAt: null, releasedPosition: null })
  }
  const [first] = view.list(holdTable, 'byRoot', [root])
  // What was made from it while it was free is caught up with.
  if (first?.traceable != null)
    placeHold(view, { do: 'hold', ...first, traceable: first.traceable }, whenOf(fold))
}

function whenOf(fold: Fold) {
  return { position: fold.position, at: fold.at }
}

/** Two changes of one capture as one; an edge that the first added and the second retracted is in both lists. */
export function mergeChanges(first: GraphChange, second: GraphChange): GraphChange {
  return {
    position: first.position,
    nodes: [...first.nodes, ...second.nodes],
    added: [...first.added, ...second.added],
    retracted: [...first.retracted, ...second.retracted],
  }
}
