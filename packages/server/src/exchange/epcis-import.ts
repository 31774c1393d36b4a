import { isRefusal, refuse, type Refusal } from '@lotline/core/base/refusal'
import { type DocumentFrame, epcisReader, type RawEvent } from '@lotline/standards/epcis/document-reader'
import type { EpcisEvent } from '@lotline/standards/epcis/event'
import { eventHash } from '@lotline/standards/epcis/event-hash'
import { readRawEvent } from '@lotline/standards/epcis/read-document'
import { EpcisCommands } from './epcis-commands.ts'
import { epcisSystem, EpcisNames } from './epcis-names.ts'
import type { ImportRecord } from './import-record.ts'
import type { Importable, Opened } from './importable.ts'
import { plainObject } from './plain-json.ts'
import { type SourceFile, textOf } from './source-file.ts'

/** Events that are kept to be put in order; a file already in order is never kept, whatever its size. */
const unsortedMax = 400_000

interface Read {
  readonly frame: DocumentFrame
  readonly names: EpcisNames
  readonly total: number
  readonly isSorted: boolean
}

/**
 * Opens an EPCIS file: every event is read and checked before the first is recorded, in memory for one event. The second
 * reading maps them in order of time; only a file that is not in order is held in memory for that.
 */
export async function openEpcis(file: SourceFile, unsorted = unsortedMax): Promise<Opened> {
  const read = await readAll(file)
  if (isRefusal(read)) return read
  if (!read.isSorted && read.total > unsorted) return tooManyUnsorted(read.total, unsorted)
  const defined = read.names.definitions()
  const importable: Importable = {
    total: defined.length + read.total,
    skipped: {},
    async *records(): AsyncGenerator<ImportRecord> {
      yield* defined
      const commands = new EpcisCommands(read.names)
      for await (const { raw, event } of inOrder(file, read)) yield recordOf(raw, event, commands)
    },
  }
  return importable
}

interface Placed {
  readonly raw: RawEvent
  readonly event: EpcisEvent
}

/** The first reading: what is wrong, what is named, and whether the events stand in order of time. */
async function readAll(file: SourceFile): Promise<Read | Refusal> {
  const names = new EpcisNames()
  let total = 0
  let isSorted = true
  let last: EpcisEvent | undefined
  const see = (raw: RawEvent, frame: Pick<DocumentFrame, 'prefixes'>): Refusal | undefined => {
    const event = readRawEvent(raw, frame)
    if (isRefusal(event)) return event
    names.see(event)
    total++
    if (last && order(event, last) < 0) isSorted = false
    last = event
    return undefined
  }
  const reader = await readerOf(file)
  for await (const piece of textOf(file)) {
    const raws = reader.push(piece)
    if (isRefusal(raws)) return raws
    for (const raw of raws) {
      const refusal = see(raw, { prefixes: {} })
      if (refusal) return refusal
    }
  }
  const end = reader.end()
  if (isRefusal(end)) return end
  for (const raw of end.rest) {
    const refusal = see(raw, end.frame)
    if (refusal) return refusal
  }
  names.seeMasterData(end.frame.masterData)
  return { frame: end.frame, names, total, isSorted }
}

async function readerOf(file: SourceFile) {
  let beginning = ''
  for await (const piece of textOf(file)) {
    beginning += piece
    if (beginning.length > 200) break
  }
  return epcisReader(beginning)
}

async function* inOrder(file: SourceFile, read: Read): AsyncGenerator<Placed> {
  if (read.isSorted) {
    yield* eventsOf(file, read.frame)
    return
  }
  const events: Placed[] = []
  for await (const placed of eventsOf(file, read.frame)) events.push(placed)
  yield* events.sort((a, b) => order(a.event, b.event) || byId(a.event, b.event))
}

/** By time; at the same moment, what makes and takes in comes before what uses, and what packs before what ships. */
function order(a: EpcisEvent, b: EpcisEvent): number {
  if (a.eventTime !== b.eventTime) return a.eventTime < b.eventTime ? -1 : 1
  return rankOf(a) - rankOf(b)
}

/** Nothing else tells them apart: any order will do that does not depend on how the file was shuffled. */
function byId(a: EpcisEvent, b: EpcisEvent): number {
  const [left, right] = [a.eventId ?? eventHash(a), b.eventId ?? eventHash(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

function rankOf(event: EpcisEvent): number {
  if (event.type === 'ObjectEvent') return event.action === 'ADD' ? 0 : event.action === 'DELETE' ? 5 : 4
  return { TransformationEvent: 1, AssociationEvent: 2, AggregationEvent: 3, TransactionEvent: 4 }[event.type]
}

/** The second reading; the file was found good, so what fails now has changed under our hands. */
async function* eventsOf(file: SourceFile, frame: DocumentFrame): AsyncGenerator<Placed> {
  const reader = await readerOf(file)
  const read = (raw: RawEvent): Placed => {
    const event = readRawEvent(raw, frame)
    if (isRefusal(event)) throw new Error(`${file.name} changed while it was imported: ${event.message}`)
    return { raw, event }
  }
  for await (const piece of textOf(file)) {
    const raws = reader.push(piece)
    if (isRefusal(raws)) throw new Error(`${file.name} changed while it was imported: ${raws.message}`)
    for (const raw of raws) yield read(raw)
  }
  const end = reader.end()
  if (isRefusal(end)) throw new Error(`${file.name} changed while it was imported: ${end.message}`)
  for (const raw of end.rest) yield read(raw)
}

/** One event as a record. An event that comes with an error declaration is the event itself, and then its taking back. */
function recordOf(raw: RawEvent, event: EpcisEvent, commands: EpcisCommands): ImportRecord {
  const id = event.eventId ?? eventHash(event)
  const { errorDeclaration, ...source } = event.source
  const used = plainObject(source)
  return {
    place: raw.place,
    id,
    system: epcisSystem,
    content: { event: used, ...prefixesUsed(event, JSON.stringify(used)) },
    commands: commands.of(event, id),
    ...(event.error === undefined || errorDeclaration === undefined
      ? {}
      : {
          takenBack: {
            reason:
              `${event.error.reason ?? 'declared in error'}: ${JSON.stringify(plainObject({ errorDeclaration }))}`.slice(
                0,
                4000,
              ),
            happenedAt: event.error.declaredAtGiven,
          },
        }),
  }
}

/** Namespaces that the event uses, so that it can be given back whole without its document. */
function prefixesUsed(event: EpcisEvent, text: string): { prefixes?: Record<string, string> } {
  const used = Object.entries(event.prefixes).filter(([prefix]) => text.includes(`"${prefix}:`))
  return used.length === 0 ? {} : { prefixes: Object.fromEntries(used) }
}

function tooManyUnsorted(total: number, most: number): Refusal<'file_not_in_order'> {
  return refuse('file_not_in_order', {
    message: `The file has ${total} events that are not in order of time; up to ${most} are put in order here.`,
    fix: 'Sort the events by eventTime, or split the file.',
  })
}
