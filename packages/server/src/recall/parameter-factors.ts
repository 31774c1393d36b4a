/** One reading taken in a process. */
export interface Reading {
  readonly process: number
  readonly name: string
  readonly value: string
  readonly unit: string | null
}

const valuesApart = 4

/**
 * Readings as circumstances that units may share: where a parameter has few different values each of them, else whether it
 * was among the lowest or the highest quarter of what was read. O(n log n).
 */
export function* parameterFactors(
  readings: readonly Reading[],
): Generator<readonly [process: number, name: string]> {
  const byName = new Map<string, Reading[]>()
  for (const reading of readings) {
    const key = `${reading.name} ${reading.unit ?? ''}`
    const own = byName.get(key)
    if (own) own.push(reading)
    else byName.set(key, [reading])
  }
  for (const own of byName.values()) {
    const values = new Set(own.map(({ value }) => value))
    const numbers = own.map(({ value }) => (/^-?\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN))
    if (values.size <= valuesApart || numbers.some(Number.isNaN)) {
      for (const { process, name, value, unit } of own) yield [process, withUnit(`${name} ${value}`, unit)]
      continue
    }
    const sorted = numbers.toSorted((a, b) => a - b)
    const low = sorted[Math.floor((sorted.length - 1) / 4)] ?? 0
    const high = sorted[Math.ceil(((sorted.length - 1) * 3) / 4)] ?? 0
    for (const [at, { process, name, unit }] of own.entries()) {
      const number = numbers[at] ?? 0
      if (number <= low) yield [process, withUnit(`${name} at most ${low}`, unit)]
      if (number >= high) yield [process, withUnit(`${name} at least ${high}`, unit)]
    }
  }
}

function withUnit(words: string, unit: string | null): string {
  return unit === null ? words : `${words} ${unit}`
}
