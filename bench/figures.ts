import { writeFileSync } from 'node:fs'

/** One measured number. `target` and `met` are null where nothing was promised. */
export interface Figure {
  readonly id: string
  readonly value: number
  readonly unit: string
  readonly target: string | null
  readonly met: boolean | null
  readonly note?: string
}

/** Collects figures, says each as it comes, and writes them at the end. */
export class Figures {
  readonly all: Figure[] = []

  /** `atLeast` or `atMost` is the promise, if there is one. */
  add(
    id: string,
    value: number,
    unit: string,
    promise: { atLeast?: number; atMost?: number; note?: string } = {},
  ): void {
    const { atLeast, atMost, note } = promise
    const target = atLeast !== undefined ? `>= ${atLeast}` : atMost !== undefined ? `<= ${atMost}` : null
    const met = atLeast !== undefined ? value >= atLeast : atMost !== undefined ? value <= atMost : null
    const rounded = Number(value.toPrecision(4))
    this.all.push({ id, value: rounded, unit, target, met, ...(note === undefined ? {} : { note }) })
    const verdict = met === null ? '' : met ? '  met' : '  NOT MET'
    const aim = target === null ? '' : `  (aim ${target})`
    process.stdout.write(
      `  ${id.padEnd(44)} ${String(rounded).padStart(12)} ${unit.padEnd(12)}${aim}${verdict}${note ? `  ${note}` : ''}\n`,
    )
  }

  write(file: string): void {
    writeFileSync(file, `${JSON.stringify({ figures: this.all }, null, 2)}\n`)
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Milliseconds a synchronous piece of work takes. */
export function timed(work: () => void): number {
  const from = performance.now()
  work()
  return performance.now() - from
}

export async function timedAsync(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}
