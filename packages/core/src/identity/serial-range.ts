import { refuse, type Refusal } from '../base/refusal.ts'

/** Most serials one capture names; longer ranges are captured in parts. */
export const SERIALS_MAX = 10_000

export type SerialRangeRefusal = Refusal<'serial_range_malformed' | 'serial_repeated'>

/**
 * The serials of a range: the last run of digits counts up and keeps its width, `SN-0098/A` of 3 is `SN-0098/A SN-0099/A
 * SN-0100/A`. A range that would grow beyond its width is asked about: it changes the format of the label.
 */
export function serialsOfRange(
  range: { readonly from: string; readonly count: number },
  field: string,
): readonly string[] | SerialRangeRefusal {
  const [, head = '', digits = '', tail = ''] = /^(.*?)(\d+)(\D*)$/.exec(range.from) ?? []
  const first = digits === '' ? 0n : BigInt(digits)
  const last = String(first + BigInt(range.count) - 1n)
  if (digits === '' || last.length > digits.length || range.count < 1 || range.count > SERIALS_MAX) {
    return refuse('serial_range_malformed', {
      message: `${range.count} serials cannot be counted up from ${JSON.stringify(range.from)}.`,
      fix: `Begin with a serial that ends in digits with room for all of them, at most ${SERIALS_MAX} at once.`,
      field,
      value: range.from,
    })
  }
  return Array.from(
    { length: range.count },
    (_, index) => head + String(first + BigInt(index)).padStart(digits.length, '0') + tail,
  )
}

/** Refuses a list that names a serial twice: it was scanned twice, and one piece would be counted as two. */
export function checkDistinct(
  serials: readonly string[],
  keyOf: (serial: string) => string,
  field: string,
): SerialRangeRefusal | undefined {
  const seen = new Set<string>()
  for (const [index, serial] of serials.entries()) {
    const key = keyOf(serial)
    if (seen.has(key)) {
      return refuse('serial_repeated', {
        message: `${serial} is named twice.`,
        fix: 'Scan each serial once, or correct the list.',
        field: `${field}/${index}`,
        value: serial,
      })
    }
    seen.add(key)
  }
  return undefined
}
