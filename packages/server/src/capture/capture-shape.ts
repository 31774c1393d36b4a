import { Type } from 'typebox'
import { verbs } from '@lotline/core/catalogue'
import { Problem } from '../endpoint/problem.ts'

/** Commands of one call at most; the writer's limit. */
export const commandsMax = 10_000

/** Every command, as the reference shows it. Checked by `check-command.ts`, which says better what is wrong. */
export const AnyCommand = Type.Unsafe<object>({
  oneOf: verbs.map((verb) => ({ title: verb.verb, description: verb.about, ...verb.schema })),
})

export const Bulk = Type.Object(
  {
    mode: Type.Enum(['all-or-nothing', 'each'], { description: 'Whether one refusal stops all' }),
    commands: Type.Array(AnyCommand, {
      minItems: 1,
      maxItems: commandsMax,
      description: 'Each with its key',
    }),
    dryRun: Type.Optional(
      Type.Boolean({ description: 'Say what would be recorded and refused; record nothing' }),
    ),
  },
  { additionalProperties: false, title: 'several commands' },
)

export const Accepted = Type.Object({
  position: Type.Integer({ description: 'Place of the fact in the ledger' }),
  event: Type.Object({ id: Type.String(), type: Type.String(), position: Type.Integer() }),
  key: Type.String(),
  replayed: Type.Boolean({ description: 'This key was used before; this is its first answer again' }),
  made: Type.Record(
    Type.String(),
    Type.Array(Type.Object({ code: Type.String(), id: Type.String(), kind: Type.String() })),
  ),
  notes: Type.Object({
    gaps: Type.Array(Type.String()),
    exceptions: Type.Array(Type.Object({ code: Type.String(), message: Type.String(), fix: Type.String() })),
  }),
})

export const BulkResult = Type.Object({
  dryRun: Type.Optional(Type.Boolean({ description: 'Nothing was recorded; this is what would be' })),
  accepted: Type.Integer(),
  refused: Type.Integer(),
  withheld: Type.Integer({
    description: 'Nothing against them, but another of the same all-or-nothing call was refused',
  }),
  results: Type.Array(
    Type.Object({
      key: Type.String(),
      ok: Type.Boolean(),
      position: Type.Optional(Type.Integer()),
      replayed: Type.Optional(Type.Boolean()),
      problem: Type.Optional(Problem),
    }),
  ),
})
