import { sameSecret } from './admin-token.ts'
import { secretMark } from './api-key.ts'
import type { Action, Resource, Subject } from './policy.ts'

/** What of a request says who asks. */
export interface Caller {
  readonly authorization: string | undefined
  /** Secret of the cookie, if the browser sent one. */
  readonly session: string | undefined
  /** Address of the other end of the connection. */
  readonly address: string
  /** The `Host` the request was sent to: a foreign page that tricks a browser to this address cannot forge it. */
  readonly host: string
  readonly origin: string | undefined
  readonly fetchSite: string | undefined
}

/** What the door knows: the token of this machine's programs, and whom a session stands for. */
export interface Entry {
  readonly token: string
  readonly personOf?: (secret: string) => Promise<Subject | undefined>
  /** Whom the secret of a key stands for; undefined for one that is unknown, over or revoked. */
  readonly keyOf?: (secret: string, use: KeyAsk) => Promise<Subject | undefined>
  /** Told of whoever was denied, before the answer goes out. */
  readonly denied?: (
    subject: Subject,
    what: {
      readonly action: Action
      readonly resource: Resource
      readonly method: string
      readonly path: string
    },
    from: { readonly address: string; readonly request: string },
  ) => Promise<void>
}

/** What a key is shown for, as it is kept. */
export interface KeyAsk {
  /** Method and route. */
  readonly about: string
  readonly address: string
  readonly request: string
}

/** Whether a token says that it is the secret of a key. */
export function isKeySecret(token: string): boolean {
  return token.startsWith(secretMark)
}

/** The token of a request that carries one. */
export function tokenIn(caller: Pick<Caller, 'authorization'>): string | undefined {
  return /^Bearer +(\S+)$/i.exec(caller.authorization ?? '')?.[1]
}

/** Who the caller is. A wrong token is a stranger, whatever cookie comes with it; a foreign page never acts with a cookie. */
export async function subjectOf(
  caller: Caller,
  entry: Entry,
  ask: { readonly about: string; readonly request: string },
): Promise<Subject> {
  const stranger = { kind: 'stranger' } as const
  if (caller.authorization !== undefined) {
    const given = tokenIn(caller)
    if (given !== undefined && isKeySecret(given))
      return (await entry.keyOf?.(given, { ...ask, address: caller.address })) ?? stranger
    return given !== undefined && sameSecret(given, entry.token)
      ? { kind: 'administrator', name: 'administrator' }
      : stranger
  }
  if (caller.session === undefined || isForeignPage(caller)) return stranger
  return (await entry.personOf?.(caller.session)) ?? stranger
}

/** Whether a write with a cookie says where it comes from, as every browser does. */
export function saysItsPage(caller: Caller): boolean {
  return caller.origin !== undefined || caller.fetchSite !== undefined
}

/**
 * Whether the request comes from this machine, to its loopback address, and not from a foreign page: the only ones a demo
 * lets in without a password.
 */
export function isOwnPage(caller: Omit<Caller, 'session'>): boolean {
  const local = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/.test(caller.address)
  return local && /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(caller.host) && !isForeignPage(caller)
}

/** Whether a browser says that another site's page sent it. Programs send neither header. */
export function isForeignPage(caller: Omit<Caller, 'session'>): boolean {
  if (caller.fetchSite !== undefined && !['same-origin', 'none'].includes(caller.fetchSite)) return true
  if (caller.origin === undefined) return false
  return caller.origin !== `http://${caller.host}` && caller.origin !== `https://${caller.host}`
}
