import type { CodeRead } from '../../scan/code-read.ts'
import type { Label } from '../../scan/label.ts'
import { timeText } from '../../shared/language-formats.ts'
import type { OrderRecord } from '../ask/floor-shapes.ts'
import { lookUp, type Found } from '../ask/look-up.ts'
import { captureWithCard } from '../cards/capture-card.ts'
import { showCard } from '../cards/card-state.ts'
import type { FloorWords } from '../floor-words.ts'
import type { Asked, CaptureRecord } from '../queue/capture-record.ts'
import { store } from '../queue/store.ts'
import { showUnknown } from '../scans/unknown-card.ts'
import { plus } from '../amounts.ts'
import { type CandidateLot, lotInLines, lotOfThing, type Match, matchComponent } from './match-component.ts'
import { type ComponentLine, componentLines, type Taking, takenRows } from './order-view.ts'

export interface TakeAsk {
  readonly t: FloorWords
  readonly order: OrderRecord
  readonly taking: Taking
  /** Keyed in before the scan. */
  readonly quantity: string | undefined
  /** The unit that is being built, where each unit has its own parts. */
  readonly unit: string | undefined
  readonly operation: string | undefined
  /** A unit of this job was scanned: its slots are filled next. */
  readonly onUnit: (code: string) => void
  /** Another job was scanned. */
  readonly onOrder: (code: string, kind: string) => void
}

/**
 * A scan at a job: a lot of a component is taken, a unit becomes the one worked on, another job opens. What this device knows
 * decides at once; only what it does not know is asked.
 */
export async function takeComponent(ask: TakeAsk, label: Label, read: CodeRead): Promise<boolean> {
  const { order, taking, t } = ask
  // Fresh from the store: scans come faster than screens are drawn.
  const captures = await store.captures.where('job').equals(order.code).sortBy('seq')
  const lines = componentLines(order, captures, taking)
  const known = lotInLines(lines, label.code, (lot) => mineOf(captures, lot.code))
  const found = known ? undefined : await lookUp(label)
  if (found && (await isOther(ask, found))) return true
  const before = found?.old ? takenBefore(order, captures, label.code) : undefined
  if (before !== undefined) return sayAgain(t, label.code, before)
  const lot = known ?? (found?.thing ? lotOfThing(found.thing) : undefined)
  if (!lot)
    return found?.old ? askComponent(ask, lines, label.code, read) : found ? showUnknown(found) : false
  if (found?.old && lot.held !== undefined) return stopHeld(t, lot)
  if (known?.held !== undefined && !navigator.onLine) return stopHeld(t, lot)
  if (order.orderLines.length === 0) return take(ask, lot, ask.quantity ?? lot.quantity ?? '1', read)
  const taken = takenRows(order, captures)
  const perUnit = ask.unit !== undefined
  return answer(ask, matchComponent({ lines, lot, quantity: ask.quantity, perUnit, taken }), read)
}

/** When a lot was taken for this order, as far as this device knows. One that is used up is no longer among the lots to take. */
function takenBefore(
  order: OrderRecord,
  captures: readonly CaptureRecord[],
  code: string,
): string | undefined {
  const mine = captures.findLast(
    ({ command, state }) =>
      (command.verb === 'issue' || command.verb === 'consume') &&
      (state === 'waiting' || state === 'accepted') &&
      (typeof command.what === 'string' ? command.what : command.what.code) === code,
  )
  return mine?.madeAt ?? order.captures.find(({ what, void: isVoid }) => what === code && !isVoid)?.at
}

function sayAgain(t: FloorWords, what: string, at: string): boolean {
  showCard({ kind: 'done', title: t('use.again', { what, at: timeText(at) }) })
  return true
}

/** What this device took of a lot that the order's record may not know yet. */
function mineOf(captures: readonly CaptureRecord[], code: string): string {
  return captures
    .filter(({ state }) => state === 'waiting')
    .reduce((sum, { command }) => {
      if (command.verb !== 'issue' && command.verb !== 'consume') return sum
      const what = typeof command.what === 'string' ? command.what : command.what.code
      return what === code ? plus(sum, command.quantity?.value ?? '1') : sum
    }, '0')
}

async function isOther(ask: TakeAsk, { thing, label }: Found): Promise<boolean> {
  const { order, t } = ask
  if (thing?.type === 'order') {
    ask.onOrder(thing.code, thing.kind ?? '')
    return true
  }
  if (order.tracking !== 'serial') return false
  if (thing?.type === 'traceable' && thing.kind === 'serial' && thing.item === order.item) {
    ask.onUnit(thing.code)
    return true
  }
  if (thing || !navigator.onLine || ask.taking === 'issue') return false
  // A serial that nobody has seen is either a new unit or a wrong label: scanning it twice says which.
  showCard({
    kind: 'look',
    title: t('use.newUnit', { code: label.code }),
    text: t('look.scanAgain'),
    again: label.text,
    choices: [{ label: t('use.newUnitYes', { code: label.code }), act: () => ask.onUnit(label.code) }],
  })
  return true
}

function answer(ask: TakeAsk, match: Match, read: CodeRead): Promise<boolean> | boolean {
  const { t } = ask
  switch (match.kind) {
    case 'take':
      return take(ask, match.lot, match.quantity, read)
    case 'again':
      return sayAgain(t, match.lot.code, match.at)
    case 'over': {
      const { lot, line, quantity } = match
      showCard({
        kind: 'look',
        title: t('use.over', { what: lot.code }),
        text: t('use.overText', { left: `${line.left} ${line.unit}`, item: line.itemName }),
        choices: [
          {
            label: t('use.overYes', { quantity: `${quantity} ${line.unit}` }),
            act: async () => void (await take(ask, lot, quantity, read)),
          },
        ],
      })
      return true
    }
    case 'not-needed': {
      const needed = match.needed.map(({ itemName }) => itemName).join(', ')
      showCard({
        kind: 'stop',
        title: t('use.notNeeded', { item: match.lot.item }),
        text: t('use.notNeededText', { what: match.lot.code, item: match.lot.item, order: ask.order.code }),
        fix: needed === '' ? t('use.nothingNeeded') : t('use.needed', { needed }),
      })
      return true
    }
  }
}

function stopHeld(t: FloorWords, lot: CandidateLot): boolean {
  showCard({
    kind: 'stop',
    title: t('stop.titles.lot_on_hold'),
    text: t('use.held', { what: lot.code, reason: lot.held ?? '' }),
    fix: t('use.heldFix'),
    choices: [],
  })
  return true
}

/** Without a network a lot may be new to this device: the person says which component it is, and the server checks it later. */
function askComponent(ask: TakeAsk, lines: readonly ComponentLine[], code: string, read: CodeRead): boolean {
  const { t } = ask
  showCard({
    kind: 'look',
    title: t('use.which', { code }),
    text: t('use.whichText'),
    choices: lines.map((line) => ({
      label: line.itemName,
      about: `${line.left} ${line.unit}`,
      act: async () => {
        const lot: CandidateLot = {
          code,
          item: line.item,
          kind: '',
          quantity: undefined,
          place: undefined,
          held: undefined,
        }
        await take(ask, lot, ask.quantity ?? (ask.unit && line.perUnit ? line.perUnit : line.left), read)
      },
    })),
  })
  return false
}

async function take(ask: TakeAsk, lot: CandidateLot, quantity: string, read: CodeRead): Promise<boolean> {
  const { t, order, taking, unit, operation } = ask
  const line = order.orderLines.find(({ item }) => item === lot.item)
  const amount = `${quantity} ${line?.unit ?? ''}`.trim()
  const how = {
    order: order.code,
    what: { code: lot.code, item: lot.item },
    quantity: { value: quantity },
    ...(read.by === 'typed' ? { evidence: 'declared' as const } : {}),
  }
  const consumed = {
    ...(unit === undefined ? {} : { forUnit: { code: unit, item: order.item ?? '' } }),
    ...(operation === undefined ? {} : { operation }),
  }
  const command: Asked =
    taking === 'issue' ? { verb: 'issue', ...how } : { verb: 'consume', ...how, ...consumed }
  const into = unit ?? order.code
  const words = t(taking === 'issue' ? 'use.issued' : 'use.used', { amount, what: lot.code, into })
  await captureWithCard(command, { job: order.code, words })
  return true
}
