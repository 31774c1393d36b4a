import type { Command } from '@lotline/core/catalogue'
import type { Answers } from '@lotline/core/recall/answers-shape'
import type { CommonCause } from '@lotline/core/recall/common-cause-shape'
import type { Exposure } from '@lotline/core/recall/exposure-shape'
import type { Lanes } from '@lotline/core/recall/lanes-shape'
import type { Explanation, Trace, TraceDirection } from '@lotline/core/recall/trace-shape'
import type { WhatIf } from '@lotline/core/recall/what-if-shape'
import type { ProblemBody } from './problem.ts'
import { type Address, type Call, linesOf, type Query, send } from './transport.ts'

/** What a question may say beside its identifiers; see `GET /v1/answers` in the reference. */
export interface QuestionOptions {
  readonly item?: string
  readonly kind?: string
  readonly all?: boolean
  readonly follow?: 'contains' | 'touched'
  readonly ring?: 'proven' | 'possible' | 'cannot-exclude'
  readonly happenedFrom?: string
  readonly happenedTo?: string
  readonly asKnownOn?: string
  readonly limit?: number
  readonly cursor?: string
}

export interface Accepted {
  readonly position: number
  readonly event: { readonly id: string; readonly type: string; readonly position: number }
  readonly key: string
  readonly replayed: boolean
  readonly made: Readonly<
    Record<string, readonly { readonly code: string; readonly id: string; readonly kind: string }[]>
  >
  readonly notes: {
    readonly gaps: readonly string[]
    readonly exceptions: readonly { readonly code: string; readonly message: string; readonly fix: string }[]
  }
}

export interface BulkAnswer {
  /** Nothing was recorded; this is what would be. */
  readonly dryRun?: boolean
  readonly accepted: number
  readonly refused: number
  readonly withheld: number
  readonly results: readonly {
    readonly key: string
    readonly ok: boolean
    readonly position?: number
    readonly replayed?: boolean
    readonly problem?: ProblemBody
  }[]
}

export interface Match {
  readonly type: string
  readonly id: string
  readonly code: string
  readonly kind: string
  readonly item: string | null
  readonly status: string
  readonly uri: string | null
}

export interface Found {
  readonly text: string
  readonly matches: readonly Match[]
  readonly near: readonly Match[]
}

export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly nextCursor: string | null
}

/**
 * Talks to a Lotline over HTTP, with core's shapes. What the server refuses is thrown as `ProblemError`, a server that is
 * not there as `ServerUnreachable`.
 */
export class Client {
  readonly address: Address

  constructor(address: Address) {
    this.address = address
  }

  /** Records one fact. `key` makes a repetition harmless. */
  capture(command: Command, key?: string): Promise<Accepted> {
    const headers = key === undefined ? {} : { 'idempotency-key': key }
    return this.ask({ method: 'POST', path: '/v1/captures', json: command, headers })
  }

  /** Records several facts, each by itself or all together. */
  captureMany(commands: readonly Command[], mode: 'all-or-nothing' | 'each' = 'each'): Promise<BulkAnswer> {
    return this.ask({ method: 'POST', path: '/v1/captures', json: { mode, commands } })
  }

  /** The four answers for identifiers: summary and balance whole, lists page by page. */
  answers(ids: readonly string[], options: QuestionOptions = {}): Promise<Answers> {
    return this.ask({ method: 'POST', path: '/v1/answers', json: { ids, ...options } })
  }

  trace(
    ids: readonly string[],
    options: QuestionOptions & { direction?: TraceDirection } = {},
  ): Promise<Trace> {
    return this.ask({ method: 'POST', path: '/v1/trace', json: { ids, ...options } })
  }

  /** A trace as it is drawn: at most 250 boxes, with those opened that `open` names. */
  lanes(
    ids: readonly string[],
    options: QuestionOptions & { direction?: TraceDirection; open?: readonly string[] } = {},
  ): Promise<Lanes> {
    return this.ask({ method: 'GET', path: '/v1/lanes', query: { id: ids, ...options } })
  }

  explain(id: string, to: string, options: QuestionOptions = {}): Promise<Explanation> {
    return this.ask({ method: 'GET', path: '/v1/explain', query: { id, to, ...options } })
  }

  /** What failing units have in common, against good ones: given, or all others of the same items. */
  commonCause(
    ids: readonly string[],
    options: QuestionOptions & { good?: readonly string[] } = {},
  ): Promise<CommonCause> {
    return this.ask({ method: 'POST', path: '/v1/common-cause', json: { ids, ...options } })
  }

  /** What every bought lot would touch, the most exposed first. */
  exposure(options: { sort?: string; limit?: number; cursor?: string } = {}): Promise<Exposure> {
    return this.ask({ method: 'GET', path: '/v1/exposure', query: options })
  }

  /** The scope if something were otherwise than recorded, beside the scope as recorded. Nothing is saved. */
  whatIf(
    ids: readonly string[],
    options: QuestionOptions & {
      contaminated?: readonly string[]
      stops?: readonly string[]
      crossContact?: readonly { equipment: string; from?: string; to?: string }[]
      notBefore?: string
      notAfter?: string
    } = {},
  ): Promise<WhatIf> {
    return this.ask({ method: 'POST', path: '/v1/what-if', json: { ids, ...options } })
  }

  search(text: string): Promise<Found> {
    return this.ask({ method: 'GET', path: '/v1/search', query: { text } })
  }

  /** One page of a list: items, parties, places, orders, holds, gaps, exceptions, stock, attempts. */
  list<Row>(name: string, query: Query = {}): Promise<Page<Row>> {
    return this.ask({ method: 'GET', path: `/v1/${name}`, query })
  }

  /** Any other call; the answer's shape is the caller's word. */
  async ask<Answer>(call: Call): Promise<Answer> {
    const response = await send(this.address, call)
    const answer: Answer = JSON.parse(await response.text())
    return answer
  }

  /** A call whose answer comes line by line. */
  async *lines(call: Call): AsyncGenerator<unknown> {
    yield* linesOf(await send(this.address, { ...call, accept: 'application/x-ndjson' }))
  }
}
