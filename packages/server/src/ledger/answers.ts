import { randomUUID } from 'node:crypto'
import { assert } from '@lotline/core/base/assert'
import type { Instant } from '@lotline/core/base/instant'
import { isRefusal, refuse, type Refusal } from '@lotline/core/base/refusal'
import type { RecordedEvent } from '@lotline/core/ledger/effects'
import { readEnvelope } from '@lotline/core/ledger/envelope'
import { arrayLiteral } from '../database/array-literal.ts'
import type { Reader, Transaction } from '../database/transaction.ts'
import type { Capture, Outcome } from './capture.ts'

/** The stored answer of an idempotency key. */
export interface Answer {
  readonly print: string
  readonly outcome: Exclude<Outcome, { outcome: 'withheld' }>
}

/** Stored answers of these keys, by key. Read under the head lock, so a twin that was first has its answer by now. */
export async function findAnswers(reader: Reader, keys: readonly string[]): Promise<Map<string, Answer>> {
  const rows = await reader.raw(
    'find answers',
    `select k.key, encode(k.print, 'hex'), k.outcome::text, convert_from(b.bytes, 'UTF8')
       from unnest($2::text[]) as asked(key)
      cross join lateral
        (select * from capture_key where org_id = $1 and capture_key.key = asked.key offset 0) k
       left join lateral
        (select bytes from event_bytes where org_id = $1 and position = k.first_position offset 0) b on true`,
    [reader.org, arrayLiteral(keys, false)],
  )
  const answers = new Map<string, Answer>()
  for (const [key, print, outcome, bytes] of rows) {
    assert(typeof key === 'string' && typeof print === 'string', 'key and print are never null')
    answers.set(key, { print, outcome: outcomeOf(outcome ?? 'null', bytes ?? null) })
  }
  return answers
}

function outcomeOf(stored: string, bytes: string | null): Answer['outcome'] {
  const refusal: unknown = JSON.parse(stored)
  if (isRefusal(refusal)) return { outcome: 'refused', replay: true, refusal }
  assert(bytes !== null, 'an accepted capture has its event')
  return { outcome: 'accepted', replay: true, event: readEnvelope(bytes).event as RecordedEvent }
}

/** The answer to a key that was used before: the first answer again, or a refusal when it came with other content. */
export function replayOf(known: Answer, capture: Capture<unknown>): Answer['outcome'] {
  if (known.print === capture.print) return known.outcome
  return {
    outcome: 'refused',
    replay: false,
    refusal: refuse('key_reused', {
      message: `The key ${capture.key} already stands for another capture.`,
      fix: 'Send the first content again to get its answer, or use a new key for new content.',
      field: 'key',
      value: capture.key,
    }),
  }
}

/** A capture of this batch whose answer is to be stored. */
export interface Answered {
  readonly capture: Capture<unknown>
  readonly event: RecordedEvent | undefined
  readonly refusal: Refusal | undefined
}

const insertAnswers = `insert into capture_key
    (org_id, key, print, outcome, first_position, last_position, recorded_at)
  select $1::bigint, unnest($2::text[]), decode(unnest($3::text[]), 'hex'), unnest($4::jsonb[]),
    unnest($5::bigint[]), unnest($5::bigint[]), $6::timestamptz`

/** Stores the answers of a batch, refusals included: trying again after a refusal is a new key. */
export function storeAnswers(
  tx: Transaction,
  answered: readonly Answered[],
  now: Instant,
): Promise<unknown>[] {
  if (answered.length === 0) return []
  return [
    tx.raw('insert answers', insertAnswers, [
      tx.org,
      arrayLiteral(
        answered.map(({ capture }) => capture.key),
        false,
      ),
      arrayLiteral(
        answered.map(({ capture }) => capture.print),
        true,
      ),
      arrayLiteral(
        answered.map(({ refusal }) => (refusal ? JSON.stringify(refusal) : '{"accepted":true}')),
        false,
      ),
      arrayLiteral(
        answered.map(({ event }) => (event ? String(event.position) : null)),
        true,
      ),
      now,
    ]),
  ]
}

const insertAttempts = `insert into attempt
    (org_id, attempt_id, key, verb, actor, code, refusal, command, recorded_at)
  select $1::bigint, given.*, $9::timestamptz
    from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::jsonb[]) as given`

/** Keeps who tried what and which rule said no. */
export function storeAttempts(
  tx: Transaction,
  refused: readonly { capture: Capture<unknown>; refusal: Refusal }[],
  now: Instant,
): Promise<unknown>[] {
  if (refused.length === 0) return []
  const texts = (of: (each: (typeof refused)[number]) => string): string =>
    arrayLiteral(refused.map(of), false)
  return [
    tx.raw('insert attempts', insertAttempts, [
      tx.org,
      texts(() => randomUUID()),
      texts(({ capture }) => capture.key),
      texts(({ capture }) => capture.verb),
      texts(({ capture }) => capture.actor),
      texts(({ refusal }) => refusal.code),
      texts(({ refusal }) => JSON.stringify(refusal)),
      texts(({ capture }) => JSON.stringify(capture.command)),
      now,
    ]),
  ]
}
