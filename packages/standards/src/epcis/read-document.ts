import { isRefusal, refuse } from '@lotline/core/base/refusal'
import { type DocumentFrame, epcisReader, type RawEvent } from './document-reader.ts'
import type { EpcisEvent, EpcisRefusal } from './event.ts'
import type { Fault } from './field-rules.ts'
import { readEvent } from './read-event.ts'

/** One event of a document, read, or the refusal that says where and what is wrong. */
export function readRawEvent(
  raw: RawEvent,
  frame: Pick<DocumentFrame, 'prefixes'>,
): EpcisEvent | EpcisRefusal {
  if (raw.faults.length > 0) return invalid(raw, raw.faults)
  const event = readEvent(raw.event, frame.prefixes)
  return 'faults' in event ? invalid(raw, event.faults) : event
}

function invalid(raw: RawEvent, faults: readonly Fault[]): EpcisRefusal {
  const [first] = faults
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : ''
  const path = first?.path ?? ''
  return refuse('epcis_invalid', {
    message: `The event at ${raw.place} is not valid: ${path === '' ? 'it' : path} ${first?.why ?? ''}${more}.`,
    fix: 'Ask the sender to correct the event; nothing of this file was stored.',
    field: `${raw.place} ${path}`.trim(),
    details: { faults: faults.map((fault) => ({ path: fault.path, why: fault.why })) },
  })
}

/** Reads a whole document at once: for documents that came in a request, and for tests. Stops at the first refusal. */
export function readDocument(
  text: string,
): { readonly frame: DocumentFrame; readonly events: readonly EpcisEvent[] } | EpcisRefusal {
  const reader = epcisReader(text.slice(0, 200))
  const raws = reader.push(text)
  if (isRefusal(raws)) return raws
  const end = reader.end()
  if (isRefusal(end)) return end
  const events: EpcisEvent[] = []
  for (const raw of [...raws, ...end.rest]) {
    const event = readRawEvent(raw, end.frame)
    if (isRefusal(event)) return event
    events.push(event)
  }
  return { frame: end.frame, events }
}
