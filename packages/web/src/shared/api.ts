import { Problem, type ProblemBody } from './problem.ts'

/** The administrator token, where somebody at the machine pasted it. Gone when the tab closes; people have a cookie instead. */
let token: string | null =
  typeof sessionStorage === 'undefined' ? null : sessionStorage.getItem('lotline-token')

export function keepToken(given: string | null): void {
  token = given
  if (given === null) sessionStorage.removeItem('lotline-token')
  else sessionStorage.setItem('lotline-token', given)
}

export function hasToken(): boolean {
  return token !== null
}

export type Parameters = {
  readonly [name: string]: string | number | boolean | readonly string[] | null | undefined
}

/** Asks the server. Throws a `Problem` for what it refuses, and for a server that cannot be reached. */
export async function ask<T>(path: string, parameters: Parameters = {}, signal?: AbortSignal): Promise<T> {
  const response = await send(path, parameters, 'application/json', signal)
  return response.json()
}

/** An answer that is no JSON: a picture, a note. */
export async function askText(
  path: string,
  parameters: Parameters = {},
  signal?: AbortSignal,
): Promise<string> {
  const response = await send(path, parameters, '*/*', signal)
  return response.text()
}

/** Asks what is too long for an address, such as many identifiers. */
export async function askAbout<T>(path: string, about: object, signal?: AbortSignal): Promise<T> {
  const response = await post(path, about, signal)
  return response.json()
}

/** Streams an answer line by line (NDJSON), so that a set of any size needs no more memory than its rows. */
export async function* askLines(
  path: string,
  parameters: Parameters,
  signal?: AbortSignal,
): AsyncGenerator<unknown> {
  const response = await send(path, parameters, 'application/x-ndjson', signal)
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (!reader) return
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    const lines = (rest + (value ?? '')).split('\n')
    rest = done ? '' : (lines.pop() ?? '')
    for (const line of lines) if (line.trim() !== '') yield JSON.parse(line)
    if (done) return
  }
}

/** What the server says of a fact it recorded. */
export interface Recorded {
  readonly position: number
  readonly made: Readonly<Record<string, readonly { readonly code: string }[]>>
}

/** Records one fact. The command carries its key, so sending it again is harmless. Gives the server's clock as well. */
export async function sendCapture(
  command: object,
): Promise<{ readonly answer: Recorded; readonly date: number | undefined }> {
  const response = await post('/v1/captures', command)
  const date = Date.parse(response.headers.get('date') ?? '')
  return { answer: await response.json(), date: Number.isNaN(date) ? undefined : date }
}

/** Sends JSON. Throws a `Problem` like every other question. */
export async function post(path: string, json: object, signal?: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json', 'content-type': 'application/json' }
  if (token !== null) headers['authorization'] = `Bearer ${token}`
  const body = JSON.stringify(json)
  const response = await reach(path, { method: 'POST', headers, body, signal: signal ?? null })
  if (response.ok) return response
  throw new Problem(response.status, await problemOf(response))
}

async function send(
  path: string,
  parameters: Parameters,
  accept: string,
  signal?: AbortSignal,
): Promise<Response> {
  const query = queryOf(parameters)
  const headers: Record<string, string> = { accept }
  if (token !== null) headers['authorization'] = `Bearer ${token}`
  const response = await reach(query === '' ? path : `${path}?${query}`, {
    headers,
    signal: signal ?? null,
  })
  if (response.ok) return response
  throw new Problem(response.status, await problemOf(response))
}

async function reach(path: string, ask: RequestInit): Promise<Response> {
  try {
    return await fetch(path, ask)
  } catch (fault) {
    if (ask.signal?.aborted) throw fault
    throw new Problem(0, { code: 'server_unreachable' })
  }
}

async function problemOf(response: Response): Promise<ProblemBody> {
  const text = await response.text()
  return text.startsWith('{') ? JSON.parse(text) : { detail: text.slice(0, 200) }
}

function queryOf(parameters: Parameters): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null || value === undefined || value === '') continue
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one))
  }
  return query.toString()
}
