import { isRefusal } from '@lotline/core/base/refusal'
import { formatBracketed } from '@lotline/standards/gs1/element-string'
import { readScan } from '@lotline/standards/gs1/scan'
import type { AiValue } from '@lotline/standards/gs1/value-check'
import { type CommandName, commandIn } from './command-codes.ts'
import { dayOf } from './label-dates.ts'

/** What a label says, as far as the text alone tells. */
export interface Label {
  /** The text that names the thing towards the server: as it was read. */
  readonly text: string
  /** Lot, serial, SSCC, or the plain text. */
  readonly code: string
  readonly gtin: string | undefined
  readonly lot: string | undefined
  readonly serial: string | undefined
  readonly container: string | undefined
  readonly expiresOn: string | undefined
  readonly quantity: { readonly value: string; readonly unit: string | undefined } | undefined
}

export type LabelReading =
  | { readonly kind: 'command'; readonly command: CommandName }
  | { readonly kind: 'label'; readonly label: Label }
  /** No separator tells where a part ends, so a person must: the readings, and the text as it stands. */
  | { readonly kind: 'ambiguous'; readonly readings: readonly Label[]; readonly plain: Label }
  | { readonly kind: 'unreadable'; readonly text: string; readonly message: string; readonly fix: string }

/** Reads a code. `today` settles the century of its dates. */
export function readLabel(text: string, today: Date): LabelReading {
  const command = commandIn(text)
  if (command) return { kind: 'command', command }
  const scan = readScan(text, { single: true })
  if (isRefusal(scan)) return { kind: 'unreadable', text, message: scan.message, fix: scan.fix }
  if (scan.kind === 'plain') return { kind: 'label', label: plainLabel(scan.text) }
  if (scan.kind === 'elements') return { kind: 'label', label: labelOf(text, scan.values, today) }
  const strict = readScan(text)
  // A short text such as `10ABC` is a lot of the house far oftener than a bare element string: only a whole label is asked about.
  if (isRefusal(strict) || strict.kind !== 'ambiguous') return { kind: 'label', label: plainLabel(text) }
  const readings = strict.readings.map((values) => labelOf(formatBracketed(values), values, today))
  return { kind: 'ambiguous', readings, plain: plainLabel(text) }
}

export function plainLabel(text: string): Label {
  return {
    text,
    code: text,
    gtin: undefined,
    lot: undefined,
    serial: undefined,
    container: undefined,
    expiresOn: undefined,
    quantity: undefined,
  }
}

function labelOf(text: string, values: readonly AiValue[], today: Date): Label {
  const of = (ai: string) => values.find((value) => value.ai === ai)?.value
  const [lot, serial, container] = [of('10'), of('21'), of('00')]
  const expiry = of('17') ?? of('15')
  const gtin = of('01') ?? of('02')
  return {
    text,
    code: serial ?? lot ?? container ?? gtin ?? text,
    gtin,
    lot,
    serial,
    container,
    expiresOn: expiry === undefined ? undefined : dayOf(expiry, today),
    quantity: quantityIn(values),
  }
}

/** Counts (30, 37) and net weights and volumes (310n, 315n), whose last digit is the number of decimals. */
function quantityIn(values: readonly AiValue[]): Label['quantity'] {
  for (const { ai, value } of values) {
    if (ai === '30' || ai === '37') return { value: String(BigInt(value)), unit: undefined }
    const unit = /^310\d$/.test(ai) ? 'kg' : /^315\d$/.test(ai) ? 'l' : undefined
    if (unit !== undefined) return { value: withDecimals(value, Number(ai.at(-1))), unit }
  }
  return undefined
}

function withDecimals(digits: string, decimals: number): string {
  const padded = digits.padStart(decimals + 1, '0')
  const whole = padded.slice(0, padded.length - decimals).replace(/^0+(?=\d)/, '')
  const fraction = padded.slice(padded.length - decimals).replace(/0+$/, '')
  return fraction === '' || decimals === 0 ? whole : `${whole}.${fraction}`
}
