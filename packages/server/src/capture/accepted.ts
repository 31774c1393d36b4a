import type { Static } from 'typebox'
import { effectsOf } from '@lotline/core/catalogue'
import type { Notes } from '@lotline/core/ledger/decide'
import type { RecordedEvent } from '@lotline/core/ledger/effects'
import type { Accepted } from './capture-shape.ts'

type AcceptedAnswer = Static<typeof Accepted>

/** Codes of what a capture brought into being, listed at most; all of them are in the event. */
const madeListedMax = 1_000

/** The answer to an accepted capture: where it stands, what it made, and what it noted beside. */
export function acceptedAnswer(event: RecordedEvent, replayed: boolean): AcceptedAnswer {
  const { position, id, type, key } = event
  const made: AcceptedAnswer['made'] = {}
  let listed = 0
  for (const effect of effectsOf(event)) {
    if (effect.do !== 'born' || listed >= madeListedMax) continue
    const group = groupOf(effect.row.kind)
    const own = made[group] ?? []
    own.push({ code: effect.row.code, id: String(effect.row.no), kind: effect.row.kind })
    made[group] = own
    listed++
  }
  return { position, event: { id, type, position }, key, replayed, made, notes: notesOf(event.body) }
}

function groupOf(kind: string): string {
  switch (kind) {
    case 'serial':
      return 'serials'
    case 'supplier-lot':
      return 'supplierLots'
    case 'container':
      return 'containers'
    case 'vessel':
      return 'vessels'
    default:
      return 'lots'
  }
}

function notesOf(body: { readonly notes?: unknown }): AcceptedAnswer['notes'] {
  const notes: Notes = typeof body.notes === 'object' && body.notes !== null ? body.notes : {}
  return {
    gaps: (notes.gaps ?? []).map((gap) => gap.detail),
    exceptions: (notes.exceptions ?? []).map(({ code, message, fix }) => ({ code, message, fix })),
  }
}
