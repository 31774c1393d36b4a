import { randomUUID } from 'node:crypto'
import type { Static } from 'typebox'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { isRefusal, refuse, type Refusal } from '@lotline/core/base/refusal'
import type { Command } from '@lotline/core/catalogue'
import type { Json } from '@lotline/core/identity/rows'
import { nameOf } from '../access/policy.ts'
import { type Ask, type Endpoint, endpoint, type Reply } from '../endpoint/endpoint.ts'
import { problemOf } from '../endpoint/problem.ts'
import { requestMalformed } from '../endpoint/request-refusals.ts'
import { sayShape } from '../endpoint/shape-errors.ts'
import { dryRunCapture } from './dry-run.ts'
import type { Outcome, Together } from '../ledger/capture.ts'
import type { Plant } from '../plant/plant.ts'
import { acceptedAnswer } from './accepted.ts'
import { Accepted, AnyCommand, Bulk, BulkResult, commandsMax } from './capture-shape.ts'
import { checkCommand } from './check-command.ts'
import { recordCommands, type Sender } from './intake.ts'
import { sitesNamed } from './named-sites.ts'
import { permitted } from './permitted.ts'

type CaptureAsk = Ask<unknown, unknown, Json>

/** The one way in: every verb of the floor and the office. */
export function captureRoutes(plantOf: () => Plant): readonly Endpoint[] {
  return [
    endpoint({
      method: 'POST',
      path: '/v1/captures',
      action: 'capture',
      resource: 'ledger',
      tag: 'Capture',
      summary: 'Records a fact, or up to 10,000 of them',
      about:
        'One command, with its key in the header Idempotency-Key or the field `key`; or several with a mode, each with its key. The same key again gives the first answer again.',
      body: Type.Unsafe<Json>(Type.Union([AnyCommand, Bulk])),
      checksBody: true,
      gives: Type.Union([Accepted, BulkResult]),
      givesStatus: 201,
      handle: (ask: CaptureAsk) => (isBulk(ask.body) ? captureMany(plantOf, ask) : captureOne(plantOf, ask)),
    }),
  ]
}

function isBulk(body: Json): boolean {
  return typeof body === 'object' && body !== null && 'commands' in body
}

function senderOf(ask: CaptureAsk): Sender {
  const name = nameOf(ask.subject)
  return { actor: name, sentBy: name }
}

async function captureOne(plantOf: () => Plant, ask: CaptureAsk): Promise<Reply> {
  const checked = checkCommand(ask.body)
  const command = permitted(ask, checked, await sitesNamed(plantOf, ask.subject, [checked]))
  if (isRefusal(command)) return command
  const header = ask.header('idempotency-key')
  if (header !== undefined && command.key !== undefined && header !== command.key) return keysDiffer(header)
  if (header !== undefined && (header.length < 8 || header.length > 200))
    return requestMalformed('Idempotency-Key', 'must have 8 to 200 characters')
  // Without a key a repeated call is a second fact; a person at a terminal may want just that.
  const key = header ?? command.key ?? randomUUID()
  const [outcome] = await recordCommands(plantOf(), [{ ...command, key }], senderOf(ask), 'each')
  if (outcome?.outcome === 'accepted') {
    return { status: outcome.replay ? 200 : 201, json: acceptedAnswer(outcome.event, outcome.replay) }
  }
  if (outcome?.outcome === 'refused') {
    if (outcome.replay) ask.say('idempotent-replayed', 'true')
    return outcome.refusal
  }
  throw new Error('a capture by itself is accepted or refused')
}

const bulkCheck = Compile(
  Type.Object(
    { ...Bulk.properties, commands: Type.Array(Type.Unknown(), { minItems: 1, maxItems: commandsMax }) },
    { additionalProperties: false },
  ),
)

async function captureMany(plantOf: () => Plant, ask: CaptureAsk): Promise<Reply> {
  const body: unknown = ask.body
  if (!bulkCheck.Check(body))
    return sayShape(bulkCheck.Errors(body), (field, says) => requestMalformed(field, says))
  const read = body.commands.map((command, at) => withKey(command as Json, at))
  const sites = await sitesNamed(plantOf, ask.subject, read)
  const checked = read.map((command) => permitted(ask, command, sites))
  const together = body.mode === 'each' ? 'each' : 'all'
  const good = checked.filter((each): each is Command => !isRefusal(each))
  const stops = together === 'all' && good.length < checked.length
  const sender = senderOf(ask)
  const outcomes = stops
    ? []
    : body.dryRun
      ? withheldTogether(await dryRunCapture(plantOf(), sender)(good), together)
      : await recordCommands(plantOf(), good, sender, together)
  let next = 0
  const results = checked.map((each, at) =>
    isRefusal(each)
      ? refusedResult(keyIn(body.commands[at]), each)
      : resultOf(each, outcomes[next++], body.dryRun ?? false),
  )
  const count = (of: (result: Result) => boolean) => results.filter(of).length
  return {
    status: 200,
    json: {
      accepted: count((result) => result.ok),
      refused: count((result) => result.problem !== undefined),
      withheld: count((result) => !result.ok && result.problem === undefined),
      results,
      ...(body.dryRun ? { dryRun: true } : {}),
    },
  }
}

type Result = Static<typeof BulkResult>['results'][number]

/** A command of a call, which must carry its key: of a thousand, nobody could say which one was stored. */
function withKey(value: Json, at: number): Command | Refusal {
  const command = checkCommand(value, `commands/${at}`)
  if (isRefusal(command) || command.key !== undefined) return command
  return refuse('key_missing', {
    message: `Command ${at} has no key.`,
    fix: 'Give each command of a call a `key` of its own, made where the fact was captured.',
    field: `commands/${at}/key`,
  })
}

function keyIn(command: unknown): string {
  const key: unknown =
    typeof command === 'object' && command !== null ? Reflect.get(command, 'key') : undefined
  return typeof key === 'string' ? key : ''
}

function refusedResult(key: string, refusal: Refusal): Result {
  return { key, ok: false, problem: problemOf(refusal) }
}

/** A position that was only guessed is not told. */
function resultOf(command: Command, outcome: Outcome | undefined, dryRun: boolean): Result {
  const key = command.key ?? ''
  if (outcome?.outcome === 'refused') return refusedResult(key, outcome.refusal)
  if (outcome?.outcome !== 'accepted') return { key, ok: false }
  const { event, replay } = outcome
  return { key, ok: true, ...(dryRun && !replay ? {} : { position: event.position }), replayed: replay }
}

/** What an all-or-nothing call would come to: one refusal holds back all others. */
function withheldTogether(outcomes: readonly Outcome[], together: Together): readonly Outcome[] {
  if (together === 'each' || outcomes.every(({ outcome }) => outcome === 'accepted')) return outcomes
  return outcomes.map((each) => (each.outcome === 'accepted' ? { outcome: 'withheld' } : each))
}

function keysDiffer(header: string): Refusal {
  return requestMalformed(
    'Idempotency-Key',
    `is ${JSON.stringify(header.slice(0, 50))} while the field key says another`,
  )
}
