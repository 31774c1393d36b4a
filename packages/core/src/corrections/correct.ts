import { Type } from 'typebox'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import type { View } from '../base/view.ts'
import { commandSchema, LongText } from '../ledger/command.ts'
import { verb } from '../ledger/decision.ts'
import { type EventRow, eventTable } from '../ledger/record-tables.ts'
import type { Witnessed } from '../ledger/touching.ts'
import { checkUnused } from './downstream.ts'

export interface Corrected extends Witnessed {
  /** Position of the event that is void from now on. */
  readonly position: number
  readonly event: string
  readonly type: string
}

const schema = commandSchema('correct', {
  event: Type.Union([Type.String({ minLength: 1, maxLength: 100 }), Type.Integer({ minimum: 0 })], {
    description: 'The event to take back, by id or position',
  }),
  reason: LongText('Why it was wrong'),
})

/**
 * Takes an event back. Nothing is deleted: the event stays with the mark of its correction, and its effects are undone
 * (B18). Live: only until something was done with what it made.
 */
export const correct = verb<typeof schema, Corrected>({
  verb: 'correct',
  event: 'Corrected',
  version: 1,
  about: 'Voids an earlier event, with a reason; both stay visible.',
  schema,
  decide(command, context) {
    const row = findEvent(context.view, command.event)
    if (isRefusal(row)) return row
    const refusal = checkVoidable(row) ?? checkUnused(context, row)
    if (refusal) return refusal
    return { position: row.position, event: row.id, type: row.type }
  },
  effectsOf: (event) => [{ do: 'void', position: event.body.position }],
})

function findEvent(view: View, named: string | number): EventRow | Refusal<'event_unknown'> {
  const position = typeof named === 'number' ? named : /^\d{1,15}$/.test(named) ? Number(named) : undefined
  const row =
    position === undefined
      ? view.list(eventTable, 'byId', [String(named)])[0]
      : view.get(eventTable, [position])
  return (
    row ??
    refuse('event_unknown', {
      message: `There is no event ${JSON.stringify(named)}.`,
      fix: 'Open the history of the lot and choose the event there.',
      field: 'event',
      value: String(named),
    })
  )
}

function checkVoidable(row: EventRow): Refusal<'correction_of_correction' | 'already_void'> | undefined {
  const about = { field: 'event', value: row.id }
  if (row.type === 'Corrected') {
    return refuse('correction_of_correction', {
      message: `Event ${row.position} is a correction itself.`,
      fix: 'Record what really happened as a new event.',
      ...about,
    })
  }
  if (row.voidedBy === null) return undefined
  return refuse('already_void', {
    message: `Event ${row.position} was taken back before, by event ${row.voidedBy}.`,
    fix: 'Nothing is left to do; record what really happened if it is not on record yet.',
    details: { voidedBy: row.voidedBy },
    ...about,
  })
}
