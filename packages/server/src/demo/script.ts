import type { Command } from '@lotline/core/catalogue'
import { type CivilDate, instantOf, millisecondsOf, type Instant } from '@lotline/core/base/instant'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** A command without the head fields that the script fills in. */
type Bare = Command extends infer Each
  ? Each extends Command
    ? Omit<Each, 'key' | 'happenedAt'>
    : never
  : never

/**
 * Writes the commands of a believable plant in time order. Deterministic: the same seed and day give the same commands,
 * so a second seeding adds nothing.
 */
export class Script {
  readonly commands: Command[] = []
  readonly #prefix: string
  readonly #end: number
  #now: number
  #state: number

  /** `days` before `today` the story begins. */
  constructor(prefix: string, today: CivilDate, days: number, seed: number) {
    this.#prefix = prefix
    this.#end = millisecondsOf(`${today}T00:00:00.000Z` as Instant)
    this.#now = this.#end - days * DAY
    this.#state = seed
  }

  /** Moves the clock on. */
  wait(minutes: number): void {
    this.#now = Math.min(this.#now + minutes * MINUTE, this.#end - MINUTE)
  }

  /** Moves the clock to `days` before today, never backwards. */
  until(days: number): void {
    this.#now = Math.max(this.#now, this.#end - days * DAY)
  }

  get now(): Instant {
    return instantOf(this.#now)
  }

  /** The civil date `days` after the present of the story. */
  dateIn(days: number): CivilDate {
    return instantOf(this.#now + days * DAY).slice(0, 10) as CivilDate
  }

  /** `20261103`, as plants write dates into codes. */
  get stamp(): string {
    return this.now.slice(0, 10).replaceAll('-', '')
  }

  /** Says one thing; the clock moves on by some seconds. */
  say(command: Bare, at: Instant = this.now): void {
    const key = `demo:${this.#prefix}:${String(this.commands.length + 1).padStart(6, '0')}`
    this.commands.push({ ...command, key, happenedAt: at } as Command)
    this.#now = Math.min(this.#now + 20_000, this.#end - MINUTE)
  }

  /** The next pseudo-random number in [0, 1): mulberry32, enough for a story. */
  random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.random() * (high - low + 1))
  }

  pick<T>(from: readonly [T, ...T[]]): T {
    return from[this.between(0, from.length - 1)] ?? from[0]
  }
}

/** A story a visitor can follow: what to look up and what it shows. */
export interface Story {
  readonly title: string
  readonly text: string
  readonly id: string
}

/** The codes of `count` serials: prefix and a running number of fixed width. */
export function serials(prefix: string, first: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${String(first + index).padStart(5, '0')}`)
}
