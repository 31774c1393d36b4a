/** The exact sum of decimal texts: `12.5` and `3` are `15.5`. Never through a binary number. */
export function sumDecimals(values: readonly string[]): string {
  const digits = Math.max(0, ...values.map((value) => value.split('.')[1]?.length ?? 0))
  const sum = values.reduce((total, value) => total + scaled(value, digits), 0n)
  const sign = sum < 0n ? '-' : ''
  const text = (sum < 0n ? -sum : sum).toString().padStart(digits + 1, '0')
  if (digits === 0) return sign + text
  const fraction = text.slice(-digits).replace(/0+$/, '')
  return `${sign}${text.slice(0, -digits)}${fraction === '' ? '' : `.${fraction}`}`
}

function scaled(value: string, digits: number): bigint {
  const [whole = '0', fraction = ''] = value.split('.')
  return BigInt(whole + fraction.padEnd(digits, '0'))
}
