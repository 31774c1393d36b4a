import { Type, type Static } from 'typebox'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { findTraceable } from '../identity/lookup.ts'
import { commandSchema, Reference, Text } from '../ledger/command.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import type { Effect, RecordedEvent } from '../ledger/effects.ts'
import { findOrder } from '../ledger/orders.ts'
import type { DocumentRow } from '../ledger/record-tables.ts'
import { documentFields, documentOf } from '../ledger/documents.ts'

const schema = commandSchema('attach', {
  what: Type.Optional(Reference),
  order: Type.Optional(Text('Order')),
  kind: Text('What it is: certificate, drawing, photo, test report ...'),
  ...documentFields,
})
type Attach = Static<typeof schema>

type AttachedBody = Omit<DocumentRow, 'position' | 'ordinal'>

/** Binds a file to a lot or an order by its hash. */
export const attach = verb({
  verb: 'attach',
  event: 'Attached',
  version: 1,
  about: 'Binds a file to a lot or an order by its SHA-256; the file itself is stored under that hash.',
  schema,
  decide: decideAttach,
  effectsOf: (event: RecordedEvent<string, AttachedBody>): readonly Effect[] => {
    const { sha256, name, mediaType, size, kind, traceable, orderNo } = event.body
    return [{ do: 'attached', row: { sha256, name, mediaType, size, kind, traceable, orderNo } }]
  },
})

function decideAttach(command: Attach, context: DecisionContext): AttachedBody | Refusal {
  if (command.what === undefined && command.order === undefined) {
    return refuse('attached_to_nothing', {
      message: 'It is not said what the file belongs to.',
      fix: 'Name a lot, serial or container (what) or an order.',
      field: 'what',
    })
  }
  const row = command.what === undefined ? undefined : findTraceable(context.view, command.what, 'what')
  if (isRefusal(row)) return row
  const order = command.order === undefined ? undefined : findOrder(context.view, command.order)
  if (isRefusal(order)) return order
  return documentOf(command, { kind: command.kind, traceable: row?.no ?? null, orderNo: order?.no ?? null })
}
