import { type Instant, parseInstant } from '@lotline/core/base/instant'
import { refuse, type Refusal } from '@lotline/core/base/refusal'

/** An object-centric event log (OCEL 2.0), read from JSON, XML or SQLite into one form. Values are text. */
export interface OcelLog {
  readonly objects: readonly OcelObject[]
  readonly events: readonly OcelEvent[]
}

export interface OcelObject {
  readonly id: string
  readonly type: string
  /** The last value of each attribute. */
  readonly attributes: Readonly<Record<string, string>>
  readonly related: readonly OcelRelation[]
}

export interface OcelEvent {
  readonly id: string
  readonly type: string
  readonly at: Instant
  readonly atGiven: string
  readonly attributes: Readonly<Record<string, string>>
  readonly objects: readonly OcelRelation[]
}

export interface OcelRelation {
  readonly object: string
  readonly qualifier: string
}

export type OcelRefusal = Refusal<
  'ocel_invalid' | 'json_malformed' | 'record_too_large' | 'xml_malformed' | 'xml_forbidden'
>

/**
 * A time of a log. Databases write a blank for `T` and may leave the offset out; OCEL times are UTC then (OCEL 2.0, 5).
 * `undefined` if it is no time.
 */
export function ocelTime(text: string): Instant | undefined {
  const joined = text.trim().replace(/^(\d{4}-\d{2}-\d{2}) /, '$1T')
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(joined) ? joined : `${joined}Z`
  return parseInstant(zoned.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
}

/** Checks what ties a log together: ids stand once, every object an event names exists. */
export function checkLog(log: OcelLog): OcelRefusal | undefined {
  const objects = new Set<string>()
  for (const { id } of log.objects) {
    if (objects.has(id)) return invalid(`object ${JSON.stringify(id)} stands twice`, id)
    objects.add(id)
  }
  const events = new Set<string>()
  for (const event of log.events) {
    if (events.has(event.id)) return invalid(`event ${JSON.stringify(event.id)} stands twice`, event.id)
    events.add(event.id)
    const unknown = event.objects.find(({ object }) => !objects.has(object))
    if (unknown)
      return invalid(`event ${event.id} names the unknown object ${JSON.stringify(unknown.object)}`, event.id)
  }
  return undefined
}

export function invalid(why: string, field?: string): OcelRefusal {
  return refuse('ocel_invalid', {
    message: `The file is not a valid OCEL 2.0 log: ${why}.`,
    fix: 'Export the log again from its source; nothing of this file was stored.',
    field,
  })
}
