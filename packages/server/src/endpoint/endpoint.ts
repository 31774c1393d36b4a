import type { Static, TSchema } from 'typebox'
import type { Refusal } from '@lotline/core/base/refusal'
import type { Action, Resource, Subject } from '../access/policy.ts'
import type { Upload } from './upload.ts'

export interface UploadInto {
  readonly folder: string
  readonly bytesMax?: number
  /** Name of a file that carries none. */
  readonly name: string
}

export interface Uploaded {
  readonly file: Upload
  readonly fields: Readonly<Record<string, string>>
}

/** What a handler is given: checked input, who asks, and what may be streamed. */
export interface Ask<Query, Params, Body> {
  readonly query: Query
  readonly params: Params
  readonly body: Body
  readonly subject: Subject
  /** Why whoever asks may not do this beside the route's own action; undefined when it is allowed. Denials are noted. */
  readonly refuse: (action: Action, resource: Resource, site?: number | null) => Refusal | undefined
  /** Correlation id of the request. */
  readonly id: string
  /** The caller wants lines of JSON instead of one document. */
  readonly lines: boolean
  /** Stores the file of the body, of routes that take one, and gives the other fields of a form. */
  readonly upload: (into: UploadInto) => Promise<Uploaded | Refusal>
  readonly header: (name: string) => string | undefined
  /** Where the request comes from: what an audit trail says of it. */
  readonly from: { readonly address: string; readonly name: string; readonly request: string }
  /** The request comes from a page of this machine, at its loopback address. */
  readonly isOwnPage: boolean
  /** Gives the browser the secret of its session to keep, or has it forget one. */
  readonly keepSession: (secret: string | null) => void
  /** Sets a header of the answer. */
  readonly say: (name: string, value: string) => void
}

/** Lines of JSON, sent one by one. */
export interface Lines {
  readonly lines: AsyncIterable<unknown>
}

export interface Sent {
  readonly status: number
  readonly json: unknown
}

/** Bytes with their media type: a stored file, a page, figures for a monitor. */
export interface Content {
  readonly mediaType: string
  readonly content: string | Uint8Array
  readonly fileName?: string
}

export type Reply = Refusal | Lines | Sent | Content | object

/** One route: method, path, the action it needs, its schemas, and what it does. */
export interface Endpoint {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly action: Action
  readonly resource: Resource
  readonly tag: string
  readonly summary: string
  readonly about?: string | undefined
  readonly query?: TSchema | undefined
  readonly params?: TSchema | undefined
  readonly body?: TSchema | undefined
  /** Schema of the good answer, for the reference. */
  readonly gives?: TSchema | undefined
  readonly givesStatus?: number | undefined
  /** The handler checks the body itself, because it can say better what is wrong with it. */
  readonly checksBody?: boolean | undefined
  /** The body is a file of any media type, handed on as a stream. */
  readonly takesFile?: boolean | undefined
  readonly handle: (ask: Ask<never, never, never>) => Promise<Reply>
}

/** Declares a route; the types of query, parameters and body follow from their schemas. */
export function endpoint<
  Query extends TSchema = TSchema,
  Params extends TSchema = TSchema,
  Body extends TSchema = TSchema,
>(
  definition: Omit<Endpoint, 'handle' | 'query' | 'params' | 'body'> & {
    query?: Query
    params?: Params
    body?: Body
    handle: (ask: Ask<Static<Query>, Static<Params>, Static<Body>>) => Promise<Reply>
  },
): Endpoint {
  return definition
}
