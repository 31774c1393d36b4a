import { Type, type Static } from 'typebox'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { commandSchema, LongText, Reference, Text } from '../ledger/command.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import type { Effect, RecordedEvent } from '../ledger/effects.ts'
import { seedEffects } from '../ledger/lots.ts'
import { holdTable, type HoldRow } from '../ledger/tables.ts'
import { type Named, named } from './held.ts'

const holdSchema = commandSchema('hold', {
  what: Type.Array(Reference, { minItems: 1, maxItems: 10_000, description: 'What is held' }),
  reasonCode: Text('Kind of reason, such as supplier-notice or inspection'),
  reason: LongText('Why, in words people on the floor understand'),
  cascade: Type.Optional(
    Type.Boolean({ description: 'Also hold what was and will be made from it; yes if left out' }),
  ),
})
type Hold = Static<typeof holdSchema>

const releaseSchema = commandSchema('release', {
  hold: Type.Integer({ minimum: 1, description: 'Number of the hold' }),
  what: Type.Optional(
    Type.Array(Reference, {
      minItems: 1,
      maxItems: 10_000,
      description: 'Only these; all of the hold if left out',
    }),
  ),
  reason: LongText('Why it is safe'),
})
type Release = Static<typeof releaseSchema>

export interface HoldPlacedBody {
  /** Number of the hold: what `release` names. */
  readonly hold: number
  readonly traceables: readonly Named[]
  readonly reasonCode: string
  readonly reason: string
  readonly cascade: boolean
}

interface HoldReleasedBody {
  readonly hold: number
  readonly only: readonly Pick<Named, 'no' | 'code'>[] | null
  readonly reason: string
}

/** Stops use of lots, serials or what is in containers, and of all that was and will be made from them. */
export const hold = verb({
  verb: 'hold',
  event: 'HoldPlaced',
  version: 1,
  about:
    'Puts lots, serials or the contents of containers on hold for a reason; what was and will be made from them is held as well. A lot may have several holds.',
  schema: holdSchema,
  decide: decideHold,
  effectsOf(event: RecordedEvent<string, HoldPlacedBody>): readonly Effect[] {
    const { hold: root, traceables, reasonCode, reason, cascade: cascades } = event.body
    return traceables.flatMap(({ no: traceable, seed }): Effect[] => [
      ...(seed ? seedEffects(event, seed) : []),
      { do: 'hold', root, traceable, reasonCode, reason, cascades },
    ])
  },
})

/** Ends one hold, everywhere or for some things only. Other holds on the same things stay. */
export const release = verb({
  verb: 'release',
  event: 'HoldReleased',
  version: 1,
  about:
    'Ends one hold, for all or for the named things only; a lot that is held for another reason stays held.',
  schema: releaseSchema,
  decide: decideRelease,
  effectsOf(event: RecordedEvent<string, HoldReleasedBody>): readonly Effect[] {
    const { hold: root, only } = event.body
    return [{ do: 'release', root, only: only && only.map((each) => each.no) }]
  },
})

function decideHold(command: Hold, context: DecisionContext): HoldPlacedBody | Refusal {
  const traceables = named(context, command.what)
  if (isRefusal(traceables)) return traceables
  const { reasonCode, reason, cascade = true } = command
  return { hold: context.next('hold'), traceables, reasonCode, reason, cascade }
}

function decideRelease(command: Release, context: DecisionContext): HoldReleasedBody | Refusal {
  const rows = context.view.list(holdTable, 'byRoot', [command.hold])
  const open = rows.filter((row) => row.releasedPosition === null)
  if (rows.length === 0) return holdUnknown(command.hold)
  if (open.length === 0) return holdEnded(command.hold)
  const { hold: number, reason } = command
  if (command.what === undefined) return { hold: number, only: null, reason }
  const only = named(context, command.what)
  if (isRefusal(only)) return only
  const stranger = only.find((each) => !open.some((row) => row.traceable === each.no))
  if (stranger) return notUnderHold(stranger, open)
  return { hold: number, only: only.map(({ no, code }) => ({ no, code })), reason }
}

function holdUnknown(hold: number): Refusal<'hold_unknown'> {
  return refuse('hold_unknown', {
    message: `There is no hold ${hold}.`,
    fix: 'Take the number from the list of holds.',
    field: 'hold',
    value: String(hold),
  })
}

function holdEnded(hold: number): Refusal<'hold_ended'> {
  return refuse('hold_ended', {
    message: `Hold ${hold} was released before.`,
    fix: 'Nothing is left to do; if a lot is still held, it is for another reason.',
    field: 'hold',
    value: String(hold),
  })
}

function notUnderHold(stranger: Named, open: readonly HoldRow[]): Refusal<'not_under_hold'> {
  return refuse('not_under_hold', {
    message: `${stranger.code} is not held by hold ${open[0]?.root ?? 0}.`,
    fix: 'Check which hold it is under; each is released by its own number.',
    field: 'what',
    value: stranger.code,
  })
}
