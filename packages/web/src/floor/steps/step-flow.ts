import type { Found } from '../ask/look-up.ts'
import type { ScannedThing } from '../ask/floor-shapes.ts'
import type { ProblemBody } from '../../shared/problem.ts'
import type { Asked } from '../queue/capture-record.ts'

/** What stands in one step of a screen. */
export interface StepValue {
  readonly code: string
  readonly about?: string
  readonly thing?: ScannedThing
}

export type Filled = Readonly<Record<string, StepValue | undefined>>

export interface StepChoice {
  readonly value: string
  readonly label: string
  readonly about?: string
}

/** One step: filled by a scan, by numbers, or by choosing. */
export interface Step {
  readonly name: string
  readonly label: string
  readonly kind: 'scan' | 'quantity' | 'choice' | 'day'
  /** What to scan or give, while this step is the next one. */
  readonly hint: string
  readonly optional?: boolean
  /** The step is of no concern, as things stand. */
  readonly hidden?: (filled: Filled) => boolean
  /** The labels of the choices are words of ours, not data. */
  readonly translates?: boolean
  readonly choices?: (filled: Filled) => readonly StepChoice[]
  readonly unit?: (filled: Filled) => { readonly unit: string; readonly decimals: number }
}

export type Taken =
  | { readonly fill: Filled }
  | { readonly stop: { readonly title: string; readonly text: string; readonly fix: string } }
  | undefined

/**
 * A task of the floor as a line of steps. One scan may fill several, in any order; when nothing is missing it is recorded, by
 * itself or with one button that says what it will do.
 */
export interface StepFlow {
  readonly name: string
  readonly title: string
  readonly steps: readonly Step[]
  /** Recorded as soon as nothing is missing. */
  readonly auto?: boolean
  take(found: Found, filled: Filled): Taken
  /** What a value given by hand says beside itself. */
  given?(step: string, value: StepValue, filled: Filled): Filled
  command(filled: Filled, typed: boolean): Asked
  button(filled: Filled): string
  job(filled: Filled): string
  after?(made: readonly string[]): string | undefined
  mend?(problem: ProblemBody, again: (more: object) => void): boolean
  /** What stays for the next of its kind, such as the document. */
  keeps?(filled: Filled): Filled
}

export function isHidden(step: Step, filled: Filled): boolean {
  return step.hidden?.(filled) === true
}

/** The first step that still needs something. */
export function nextStep(flow: StepFlow, filled: Filled): Step | undefined {
  return flow.steps.find(
    (step) => !step.optional && !isHidden(step, filled) && filled[step.name] === undefined,
  )
}

/** The filled steps with what a scan gave. What a scan does not mention stays. */
export function withFilled(filled: Filled, more: Filled): Filled {
  return { ...filled, ...Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined)) }
}

/** How a thing is named towards the server: by its code and item, so that two items may have the same lot number. */
export function referenceOf(value: StepValue) {
  const { thing, code } = value
  if (!thing || thing.item === null || thing.kind === 'container') return code
  return { code: thing.code, item: thing.item }
}

/** What a person should know of a thing before using it: item, how much, where. */
export function aboutThing(thing: ScannedThing): string {
  const where = (thing.at ?? []).map(({ holder, quantity }) => `${quantity} ${thing.unit ?? ''} ${holder}`)
  return [thing.itemName ?? thing.item, ...where].filter(Boolean).join(' · ')
}

export function valueOf(thing: ScannedThing): StepValue {
  return { code: thing.code, about: aboutThing(thing), thing }
}

/** Where a thing lies in store. */
export function placesOf(thing: ScannedThing | undefined) {
  return (thing?.at ?? []).filter(({ holderKind }) => holderKind === 'place')
}
