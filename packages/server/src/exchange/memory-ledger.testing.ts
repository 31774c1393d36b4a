import { Value } from 'typebox/value'
import { type Instant, instantOf } from '@lotline/core/base/instant'
import { MemoryView } from '@lotline/core/base/memory-view'
import { isRefusal, refuse } from '@lotline/core/base/refusal'
import { apply, type Command, decide, verbs } from '@lotline/core/catalogue'
import { edgeTable, nodeTable } from '@lotline/core/genealogy/rows'
import { identifierTable, traceableTable, type TraceableRow } from '@lotline/core/identity/rows'
import { codeKeyOf } from '@lotline/core/identity/code'
import { canonicalJson } from '@lotline/core/ledger/canonical'
import type { RecordedEvent } from '@lotline/core/ledger/effects'
import { gapTable } from '@lotline/core/ledger/record-tables'
import type { Outcome } from '../ledger/capture.ts'

const schemas = new Map<string, (typeof verbs)[number]['schema']>(
  verbs.map((each) => [each.verb, each.schema]),
)

/** The rules and tables of the product without its database: what a capture would answer, and what it would leave. */
export class MemoryLedger {
  readonly view = new MemoryView()
  readonly events: RecordedEvent[] = []
  readonly #answers = new Map<string, { print: string; outcome: Outcome }>()
  #now = Date.parse('2026-11-21T12:00:00.000Z')

  capture = (commands: readonly Command[]): Promise<readonly Outcome[]> =>
    Promise.resolve(commands.map((command) => this.#one(command)))

  #one(command: Command): Outcome {
    const key = command.key ?? ''
    const print = canonicalJson(JSON.parse(JSON.stringify(command)))
    const known = this.#answers.get(key)
    if (known) {
      const same: Outcome =
        known.outcome.outcome === 'withheld' ? known.outcome : { ...known.outcome, replay: true }
      return known.print === print ? same : { outcome: 'refused', replay: false, refusal: reused(key) }
    }
    const outcome = this.#decide(command, key)
    this.#answers.set(key, { print, outcome })
    return outcome
  }

  #decide(command: Command, key: string): Outcome {
    const schema = schemas.get(command.verb)
    const wrong = schema ? [...Value.Errors(schema, command)] : []
    if (!schema || wrong.length > 0)
      throw new Error(`${command.verb} ${key}: ${JSON.stringify(wrong.slice(0, 3))}`)
    const now = instantOf((this.#now += 1000))
    const draft = decide(command, {
      view: this.view,
      now,
      key,
      actor: 'importer',
      sentBy: 'importer',
      dateOf: (instant: Instant) => instant.slice(0, 10) as never,
    })
    if (isRefusal(draft)) return { outcome: 'refused', replay: false, refusal: draft }
    const stored = JSON.parse(JSON.stringify(draft))
    const event: RecordedEvent = { ...stored, position: this.events.length, id: key, recordedAt: now }
    this.events.push(event)
    apply(this.view, event)
    return { outcome: 'accepted', replay: false, event }
  }

  /** The traceable of a URI or other text. */
  named(text: string): TraceableRow | undefined {
    const row = this.view
      .list(identifierTable, 'byValue', [codeKeyOf(text)])
      .find((each) => each.names === 'traceable')
    return row && this.view.get(traceableTable, [row.no])
  }

  /** URIs (codes where there is none) of everything reached from a traceable over all edges, itself left out, sorted. */
  reaches(text: string, direction: 'forward' | 'backward'): readonly string[] {
    const start = this.named(text)
    const edges = this.view.all(edgeTable).filter((edge) => edge.retractedAt === null)
    const next = new Map<number, number[]>()
    for (const { source, target } of edges) {
      const [from, to] = direction === 'forward' ? [source, target] : [target, source]
      next.set(from, [...(next.get(from) ?? []), to])
    }
    const seen = new Set(this.view.list(nodeTable, 'byTraceable', [start?.no ?? 0]).map(({ no }) => no))
    for (const no of seen) for (const to of next.get(no) ?? []) seen.add(to)
    const numbers = new Set(
      [...seen].map((no) => this.view.get(nodeTable, [no])?.traceable ?? start?.no ?? 0),
    )
    numbers.delete(start?.no ?? 0)
    return [...numbers].map((no) => this.nameOf(no)).sort()
  }

  nameOf(no: number): string {
    const row = this.view.get(traceableTable, [no])
    return row?.uri ?? row?.code ?? String(no)
  }

  openGaps(): readonly string[] {
    return this.view
      .all(gapTable)
      .flatMap((gap) => (gap.closedPosition === null ? [`${gap.kind}: ${gap.detail}`] : []))
  }
}

function reused(key: string) {
  return refuse('key_reused', {
    message: `The key ${key} stands for another capture.`,
    fix: 'Use a new key.',
  })
}
