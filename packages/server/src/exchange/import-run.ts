import type { Command } from '@lotline/core/catalogue'
import { isRefusal, type Refusal } from '@lotline/core/base/refusal'
import type { Notes } from '@lotline/core/ledger/decide'
import { checkCommand } from '../capture/check-command.ts'
import type { Outcome } from '../ledger/capture.ts'
import { commandsOf, type ImportRecord } from './import-record.ts'

/** Commands that go in one call; a call is one short transaction, so the floor is never kept waiting. */
export const chunkLength = 1_000
/** Problems and gaps that a result lists; all of them are counted. */
const listedMax = 100

/** Records commands, each by itself, and says what became of each, in order. */
export type CaptureMany = (commands: readonly Command[]) => Promise<readonly Outcome[]>

export interface ImportPlan {
  readonly capture: CaptureMany
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined
}

export interface ImportProgress {
  readonly records: number
  readonly recordsTotal: number | undefined
  readonly recorded: number
  readonly known: number
  readonly refused: number
}

/** What is wrong with one record, in words for people. */
export interface ImportProblem {
  readonly place: string
  readonly id: string
  readonly verb: string
  readonly code: string
  readonly message: string
  readonly fix: string
}

/** What an import did, or would do. `known` counts what an earlier run recorded; `differing` what came with other content. */
export interface ImportResult {
  readonly records: number
  /** Records that act on nothing the ledger knows, such as a sensor reading without a lot. */
  readonly withoutEffect: number
  readonly recorded: number
  readonly known: number
  readonly differing: number
  readonly refused: number
  readonly byVerb: Readonly<Record<string, number>>
  readonly gaps: number
  readonly gapsListed: readonly string[]
  readonly exceptions: number
  readonly exceptionsListed: readonly string[]
  readonly problems: readonly ImportProblem[]
}

interface Waiting {
  readonly record: ImportRecord
  readonly command: Command
}

/** A refusal is an answer that stands; what was refused in an earlier run is asked again under a further key. */
const triesMax = 9

/**
 * Captures records in chunks. Keys come from the records, so running it again, after a cut or on purpose, adds nothing that
 * is there already. A refused record does not stop the others; it is told at the end. O(n).
 */
export async function runImport(
  records: AsyncIterable<ImportRecord> | Iterable<ImportRecord>,
  plan: ImportPlan,
  recordsTotal?: number,
): Promise<ImportResult> {
  const tally = new Tally(recordsTotal)
  let waiting: Waiting[] = []
  const flush = async () => {
    if (waiting.length === 0) return
    await captureAll(waiting, plan, tally)
    waiting = []
    plan.onProgress?.(tally.progress())
  }
  for await (const record of records) {
    const commands = wellFormed(record, tally)
    if (record.commands.length === 0) tally.withoutEffect++
    // Commands of one record stay in one chunk, so that a cut leaves whole records.
    if (waiting.length + commands.length > chunkLength) await flush()
    for (const command of commands) waiting.push({ record, command })
    tally.records++
    // What the source takes back is void before anything that comes later is looked at.
    if (record.takenBack) await flush()
  }
  await flush()
  return tally.result()
}

/** What does not fit its verb, such as a name longer than any label, is told and left out; the ledger stays clean. */
function wellFormed(record: ImportRecord, tally: Tally): readonly Command[] {
  return commandsOf(record).filter((command) => {
    const checked = checkCommand(JSON.parse(JSON.stringify(command)))
    if (isRefusal(checked))
      tally.count(record, command, { outcome: 'refused', replay: false, refusal: checked })
    return !isRefusal(checked)
  })
}

async function captureAll(waiting: readonly Waiting[], plan: ImportPlan, tally: Tally): Promise<void> {
  const corrections: Waiting[] = []
  for (let at = 0; at < waiting.length; at += chunkLength) {
    const chunk = waiting.slice(at, at + chunkLength)
    const outcomes = await answersOf(chunk, plan)
    chunk.forEach(({ record, command }, index) => {
      const outcome = outcomes[index]
      tally.count(record, command, outcome)
      const correction = outcome && correctionOf(record, command, outcome)
      if (correction) corrections.push(correction)
    })
  }
  if (corrections.length > 0) await captureAll(corrections, plan, tally)
}

/** Outcomes of a chunk; refusals of an earlier run are tried again, since what was lacking may be there by now. */
async function answersOf(chunk: readonly Waiting[], plan: ImportPlan): Promise<readonly Outcome[]> {
  const outcomes = [...(await plan.capture(chunk.map(({ command }) => command)))]
  for (let tries = 2; tries <= triesMax; tries++) {
    const again = outcomes.flatMap((outcome, at) => (isToAskAgain(outcome, chunk[at]?.record) ? [at] : []))
    const commands = again.flatMap((at) => {
      const command = chunk[at]?.command
      return command ? [{ ...command, key: `${command.key}~${tries}` }] : []
    })
    if (commands.length === 0) return outcomes
    const answers = await plan.capture(commands)
    again.forEach((at, index) => {
      const answer = answers[index]
      if (answer) outcomes[at] = answer
    })
  }
  return outcomes
}

/** What is on record already stays so; asking again would only be noted as one more attempt. */
function isToAskAgain(outcome: Outcome, record: ImportRecord | undefined): boolean {
  if (outcome.outcome !== 'refused' || !outcome.replay) return false
  return !record?.settledBy?.includes(outcome.refusal.code)
}

/** The correction of an event that its source has taken back. Its key is that of the event, so it is made once. */
function correctionOf(record: ImportRecord, command: Command, outcome: Outcome): Waiting | undefined {
  if (!record.takenBack || outcome.outcome !== 'accepted' || command.verb === 'correct') return undefined
  const { reason, happenedAt } = record.takenBack
  return {
    record: { ...record, settledBy: ['already_void'] },
    command: {
      verb: 'correct',
      event: outcome.event.id,
      reason,
      happenedAt,
      historical: true,
      key: `${command.key}!void`,
      source: { system: record.system, id: `${record.id.slice(0, 190)}!void` },
    },
  }
}

class Tally {
  records = 0
  withoutEffect = 0
  readonly #total: number | undefined
  #recorded = 0
  #known = 0
  #differing = 0
  #refused = 0
  #gaps = 0
  #exceptions = 0
  readonly #byVerb: Record<string, number> = {}
  readonly #gapTexts: string[] = []
  readonly #exceptionTexts: string[] = []
  readonly #problems: ImportProblem[] = []

  constructor(total: number | undefined) {
    this.#total = total
  }

  count(record: ImportRecord, command: Command, outcome: Outcome | undefined): void {
    if (outcome?.outcome === 'refused') return this.#refuse(record, command, outcome.refusal)
    if (outcome?.outcome !== 'accepted') return
    if (outcome.replay) {
      this.#known++
      return
    }
    this.#recorded++
    this.#byVerb[command.verb] = (this.#byVerb[command.verb] ?? 0) + 1
    const notes = notesOf(outcome.event.body)
    for (const gap of notes?.gaps ?? []) {
      this.#gaps++
      if (this.#gapTexts.length < listedMax) this.#gapTexts.push(`${record.place}: ${gap.detail}`)
    }
    for (const exception of notes?.exceptions ?? []) {
      this.#exceptions++
      if (this.#exceptionTexts.length < listedMax)
        this.#exceptionTexts.push(`${record.place}: ${exception.message}`)
    }
  }

  progress(): ImportProgress {
    return {
      records: this.records,
      recordsTotal: this.#total,
      recorded: this.#recorded,
      known: this.#known,
      refused: this.#refused,
    }
  }

  result(): ImportResult {
    return {
      records: this.records,
      withoutEffect: this.withoutEffect,
      recorded: this.#recorded,
      known: this.#known,
      differing: this.#differing,
      refused: this.#refused,
      byVerb: this.#byVerb,
      gaps: this.#gaps,
      gapsListed: this.#gapTexts,
      exceptions: this.#exceptions,
      exceptionsListed: this.#exceptionTexts,
      problems: this.#problems,
    }
  }

  #refuse(record: ImportRecord, command: Command, refusal: Refusal): void {
    if (record.settledBy?.includes(refusal.code)) {
      this.#known++
      return
    }
    // Another source said this before in other words, such as the same event in XML and JSON. The first one stands.
    if (refusal.code === 'key_reused') {
      this.#differing++
      return
    }
    this.#refused++
    if (this.#problems.length >= listedMax) return
    const { code, message, fix } = refusal
    this.#problems.push({ place: record.place, id: record.id, verb: command.verb, code, message, fix })
  }
}

function notesOf(body: { readonly notes?: unknown }): Notes | undefined {
  return typeof body.notes === 'object' && body.notes !== null ? body.notes : undefined
}
