import { isLess, minus, plus } from '../amounts.ts'
import type { OrderLine, OrderRecord } from '../ask/floor-shapes.ts'
import type { CaptureRecord } from '../queue/capture-record.ts'

/** A line as it stands with what this device did and the server has not answered for yet. */
export interface ComponentLine extends OrderLine {
  /** Used, or issued and used, what waits here included. */
  readonly taken: string
}

/** One lot that was taken, with the way back. */
export interface TakenRow {
  readonly key: string
  readonly what: string
  readonly item: string | null
  readonly quantity: string
  readonly unit: string
  readonly at: string
  readonly state: 'recorded' | 'kept'
  /** Of this device: can be taken back from here. */
  readonly record: CaptureRecord | undefined
}

/** `issue`: out of store for the order. `use`: into the product, from what was issued first. */
export type Taking = 'issue' | 'use'

const verbs = { issue: 'issue', use: 'consume' } as const

/**
 * The lines of an order with the captures of this device that its record does not know yet: those that wait, and those that
 * were accepted after the record was given.
 */
export function componentLines(
  order: OrderRecord,
  captures: readonly CaptureRecord[],
  taking: Taking,
): readonly ComponentLine[] {
  const fresh = captures
    .filter(({ command }) => command.verb === verbs[taking])
    .filter((each) => isFresh(order, each))
  return order.orderLines.map((line) => {
    const mine = fresh.reduce((sum, capture) => plus(sum, amountFor(capture, line, order)), '0')
    const before = taking === 'use' ? line.used : plus(line.issued, line.used)
    const taken = plus(before, mine)
    return { ...line, taken, left: minus(line.quantity, taken) }
  })
}

function isFresh(order: OrderRecord, { state, position }: CaptureRecord): boolean {
  return state === 'waiting' || (state === 'accepted' && position !== undefined && position > order.position)
}

/** How much a capture of this device takes for a line. */
function amountFor({ command }: CaptureRecord, line: OrderLine, order: OrderRecord): string {
  if (command.verb !== 'issue' && command.verb !== 'consume') return '0'
  const { what, quantity } = command
  const item =
    typeof what === 'string' ? itemOfLot(order, what) : (what.item ?? itemOfLot(order, what.code ?? ''))
  if (item !== line.item) return '0'
  return quantity?.value ?? '1'
}

function itemOfLot(order: OrderRecord, code: string): string | undefined {
  return order.orderLines.find(({ lots }) => lots.some((lot) => lot.code === code))?.item
}

/** What was taken for a line last: recorded by anybody, or kept on this device, newest first. */
export function takenRows(order: OrderRecord, captures: readonly CaptureRecord[]): readonly TakenRow[] {
  const known = new Map(
    captures.filter(({ position }) => position !== undefined).map((each) => [each.position, each]),
  )
  const kept = captures.filter((capture) => isFresh(order, capture) && capture.command.verb !== 'correct')
  const recorded = order.captures.filter(({ void: isVoid, type }) => !isVoid && takes.has(type))
  return [
    ...kept.toReversed().flatMap((record): TakenRow[] => {
      const { command, key, madeAt, state } = record
      if (command.verb !== 'issue' && command.verb !== 'consume') return []
      const what = typeof command.what === 'string' ? command.what : (command.what.code ?? '')
      const item =
        typeof command.what === 'string' ? (itemOfLot(order, what) ?? null) : (command.what.item ?? null)
      const unit = order.orderLines.find((line) => line.item === item)?.unit ?? ''
      const quantity = command.quantity?.value ?? '1'
      return [
        {
          key,
          what,
          item,
          quantity,
          unit,
          at: madeAt,
          state: state === 'waiting' ? 'kept' : 'recorded',
          record,
        },
      ]
    }),
    ...recorded.map(({ position, what, item, quantity, unit, at }): TakenRow => ({
      key: String(position),
      what,
      item,
      quantity,
      unit: unit ?? '',
      at,
      state: 'recorded',
      record: known.get(position),
    })),
  ]
}

const takes: ReadonlySet<string> = new Set(['Issued', 'Consumed', 'Installed', 'Drawn'])

/** The line that is to be scanned next: the first that still needs something, at the operation worked on. */
export function nextLine(lines: readonly ComponentLine[]): ComponentLine | undefined {
  return lines.find(({ left }) => isLess('0', left))
}
