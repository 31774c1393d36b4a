/** Exact arithmetic on decimal texts for screens; the server decides with its own. */
const digits = 9

function scaled(value: string): bigint {
  const [whole = '0', fraction = ''] = value.replace('-', '').split('.')
  const amount =
    BigInt(whole === '' ? '0' : whole) * 10n ** BigInt(digits) +
    BigInt(fraction.padEnd(digits, '0').slice(0, digits))
  return value.startsWith('-') ? -amount : amount
}

function text(amount: bigint): string {
  const sign = amount < 0n ? '-' : ''
  const all = (amount < 0n ? -amount : amount).toString().padStart(digits + 1, '0')
  const fraction = all.slice(-digits).replace(/0+$/, '')
  return `${sign}${all.slice(0, -digits)}${fraction === '' ? '' : `.${fraction}`}`
}

export function plus(one: string, other: string): string {
  return text(scaled(one) + scaled(other))
}

/** What is left of `one`, never below nothing. */
export function minus(one: string, other: string): string {
  const rest = scaled(one) - scaled(other)
  return text(rest < 0n ? 0n : rest)
}

export function isLess(one: string, other: string): boolean {
  return scaled(one) < scaled(other)
}

export function isNothing(value: string): boolean {
  return scaled(value) === 0n
}

export function least(one: string, other: string): string {
  return isLess(other, one) ? other : one
}

export function times(one: string, count: number): string {
  return text(scaled(one) * BigInt(count))
}

/** Whether a text a person keyed in is an amount above nothing, with at most so many decimals. */
export function isAmount(value: string, decimals: number): boolean {
  const match = /^\d{1,15}(?:\.(\d+))?$/.exec(value)
  return match !== null && (match[1]?.length ?? 0) <= decimals && !isNothing(value)
}
