import { expect } from 'vitest'
import { type CivilDate, instantOf, type Instant, millisecondsOf } from '../base/instant.ts'
import { MemoryView } from '../base/memory-view.ts'
import { decimalOf } from '../base/quantity.ts'
import { isRefusal, type Refusal } from '../base/refusal.ts'
import { edgeTable, nodeTable } from '../genealogy/rows.ts'
import { candidatesOf, findTraceable, type ReferenceLike } from '../identity/lookup.ts'
import { itemTable, placeTable, type TraceableRow, traceableTable } from '../identity/rows.ts'
import { applyEvent } from './apply.ts'
import { decideWith, type Notes, noteEffects } from './decide.ts'
import type { Effect, RecordedEvent } from './effects.ts'
import { exceptionTable, gapTable } from './record-tables.ts'
import { stockOf } from './stock.ts'

/** What the harness needs of a verb; its types are the verb's own business. */
interface AnyVerb {
  readonly verb: string
  readonly event: string
  readonly version: number
  readonly decide: (command: never, context: never) => unknown
  readonly effectsOf: (event: never) => readonly Effect[]
}

/** A command as a test writes it; the schema is checked by the server, not here. */
export type TestCommand = { readonly verb: string } & Readonly<Record<string, unknown>>

/**
 * A plant in memory: decides, folds, and tells what came of it. Time starts at 2026-03-02T08:00Z and moves a minute with
 * each command that does not say when it happened.
 */
export class Plant {
  readonly view = new MemoryView()
  readonly events: RecordedEvent[] = []
  readonly #verbs: ReadonlyMap<string, AnyVerb>
  readonly #byEvent: ReadonlyMap<string, AnyVerb>
  now: Instant = '2026-03-02T08:00:00.000Z' as Instant

  constructor(verbs: readonly AnyVerb[]) {
    this.#verbs = new Map(verbs.map((each) => [each.verb, each]))
    this.#byEvent = new Map(verbs.map((each) => [each.event, each]))
  }

  /** Decides and folds; gives the event or the refusal. */
  try(command: TestCommand): RecordedEvent | Refusal {
    const verb = this.#verbs.get(command.verb)
    if (!verb) throw new Error(`no verb ${command.verb}`)
    const position = this.events.length
    const draft = decideWith(verb, command as never, {
      view: this.view,
      now: this.now,
      key: typeof command['key'] === 'string' ? command['key'] : `key-${position}`,
      actor: 'ada',
      sentBy: 'ada',
      dateOf: (instant) => instant.slice(0, 10) as CivilDate,
    })
    this.now = instantOf(millisecondsOf(this.now) + 60_000)
    if (isRefusal(draft)) return draft
    // Through JSON as the ledger keeps it: what does not survive that is not in the event.
    const stored = JSON.parse(JSON.stringify(draft)) as typeof draft
    const event: RecordedEvent = { ...stored, position, id: `event-${position}`, recordedAt: this.now }
    this.events.push(event)
    applyEvent(this.view, event, this.effectsOf)
    return event
  }

  /** As `try`, and fails the test when refused. */
  do(command: TestCommand): RecordedEvent {
    const result = this.try(command)
    if (isRefusal(result)) throw new Error(`${command.verb} refused: ${result.code}: ${result.message}`)
    return result
  }

  /** All of these, one after the other. */
  all(...commands: readonly TestCommand[]): void {
    for (const command of commands) this.do(command)
  }

  /** Expects a refusal with this code, words and a remedy, and that nothing was stored. */
  refuses(command: TestCommand, code: string): Refusal {
    const result = this.try(command)
    if (!isRefusal(result)) throw new Error(`${command.verb} was accepted; expected the refusal ${code}`)
    expect(result.code).toBe(code)
    expect(result.message).not.toBe('')
    expect(result.fix).not.toBe('')
    return result
  }

  effectsOf = (event: RecordedEvent): readonly Effect[] => {
    const verb = this.#byEvent.get(event.type)
    if (!verb) throw new Error(`no event ${event.type}`)
    return [...noteEffects(event.body['notes'] as Notes | undefined), ...verb.effectsOf(event as never)]
  }

  /** The one traceable of this name. */
  lot(reference: ReferenceLike): TraceableRow {
    const found = findTraceable(this.view, reference, 'what')
    if (isRefusal(found)) throw new Error(found.message)
    return found
  }

  knows(reference: ReferenceLike): boolean {
    return candidatesOf(this.view, reference).length > 0
  }

  /** `{ 'place STORE': '12.500' }`; owed stock with a minus. */
  stock(reference: ReferenceLike): Record<string, string> {
    const row = this.lot(reference)
    const scale = row.item === null ? 0 : (this.view.get(itemTable, [row.item])?.scale ?? 0)
    return Object.fromEntries(
      stockOf(this.view, row.no).map((each) => {
        const place = each.holderKind === 'place' ? this.view.get(placeTable, [each.holder])?.code : undefined
        return [`${each.holderKind} ${place ?? each.holder}`, decimalOf(each.onHand - each.owed, scale)]
      }),
    )
  }

  /** Kinds of the gaps still open. */
  gaps(): string[] {
    const open = this.view.all(gapTable).filter((gap) => gap.closedPosition === null)
    return open.map((gap) => gap.kind)
  }

  /** Codes of the exceptions still open. */
  exceptions(): string[] {
    const open = this.view.all(exceptionTable).filter((each) => each.closedPosition === null)
    return open.map((each) => each.code)
  }

  /** Codes of all traceables with a state reachable from those of this one, itself left out, sorted. */
  reaches(reference: ReferenceLike, direction: 'forward' | 'backward' = 'forward'): string[] {
    const start = this.lot(reference)
    const edges = this.view.all(edgeTable).filter((edge) => edge.retractedAt === null)
    const seen = new Set(this.view.list(nodeTable, 'byTraceable', [start.no]).map((node) => node.no))
    for (const no of seen) {
      for (const edge of edges) {
        if (direction === 'forward' && edge.source === no) seen.add(edge.target)
        if (direction === 'backward' && edge.target === no) seen.add(edge.source)
      }
    }
    const numbers = new Set([...seen].map((no) => this.view.get(nodeTable, [no])?.traceable ?? start.no))
    numbers.delete(start.no)
    return [...numbers].map((no) => this.codeOf(no)).sort()
  }

  codeOf(no: number): string {
    const row = this.view.get(traceableTable, [no])
    return row?.code ?? `number ${no}`
  }
}
