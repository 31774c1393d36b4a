import { ProblemError, type ProblemBody, ServerUnreachable } from './problem.ts'

export type QueryValue = string | number | boolean | readonly string[] | undefined
export type Query = Readonly<Record<string, QueryValue>>

/** Where a Lotline is, and who asks. */
export interface Address {
  readonly url: string
  readonly token?: string | undefined
}

export interface Call {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly query?: Query
  readonly json?: unknown
  /** A body that is sent as it is. */
  readonly content?: { readonly body: NonNullable<RequestInit['body']>; readonly mediaType: string }
  /** Fields and a file, as a page's form sends them. */
  readonly form?: FormData
  readonly accept?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Sends a call. A refusal becomes `ProblemError`, a missing server `ServerUnreachable`. */
export async function send(address: Address, call: Call): Promise<Response> {
  const response = await reach(address, call)
  if (response.ok) return response
  throw new ProblemError(response.status, problemIn(await response.text()))
}

async function reach(address: Address, call: Call): Promise<Response> {
  const headers = new Headers({ accept: call.accept ?? 'application/json', ...call.headers })
  if (address.token !== undefined) headers.set('authorization', `Bearer ${address.token}`)
  const init: RequestInit & { duplex?: 'half' } = { method: call.method, headers }
  if (call.content) {
    headers.set('content-type', call.content.mediaType)
    init.body = call.content.body
    // A stream is sent while the answer may already be on its way; the standard wants that said.
    init.duplex = 'half'
  } else if (call.form) {
    // Its media type names the boundary, which only the sender knows.
    init.body = call.form
  } else if (call.json !== undefined) {
    headers.set('content-type', 'application/json')
    init.body = JSON.stringify(call.json)
  }
  try {
    return await fetch(addressOf(address.url, call), init)
  } catch (error) {
    throw new ServerUnreachable(`No Lotline answers at ${address.url}.`, { cause: error })
  }
}

function addressOf(url: string, call: Call): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(call.query ?? {})) {
    if (value === undefined) continue
    for (const one of typeof value === 'object' ? value : [value]) query.append(name, String(one))
  }
  const path = `${url.replace(/\/$/, '')}${call.path}`
  return query.size === 0 ? path : `${path}?${query.toString()}`
}

function problemIn(text: string): ProblemBody {
  if (!text.startsWith('{')) return { detail: text.slice(0, 200) }
  const body: ProblemBody = JSON.parse(text)
  return body
}

/** The documents of an NDJSON answer, one by one, without holding more than a piece of it. */
export async function* linesOf(response: Response): AsyncGenerator<unknown> {
  const reader = response.body?.getReader()
  if (!reader) return
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    rest += value === undefined ? decoder.decode() : decoder.decode(value, { stream: true })
    const lines = rest.split('\n')
    rest = done ? '' : (lines.pop() ?? '')
    for (const line of lines) if (line !== '') yield JSON.parse(line)
    if (done) return
  }
}
