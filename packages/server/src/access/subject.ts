import { sameSecret } from './admin-token.ts'
import type { Subject } from './policy.ts'

/** What of a request says who asks. */
export interface Caller {
  readonly authorization: string | undefined
  /** Address of the other end of the connection. */
  readonly address: string
  /** The `Host` the request was sent to: a foreign page that tricks a browser to this address cannot forge it. */
  readonly host: string
  readonly origin: string | undefined
  readonly fetchSite: string | undefined
}

export interface Entry {
  readonly token: string
  readonly demo: boolean
}

/** Who the caller is. A wrong token is a stranger, demo or not. */
export function subjectOf(caller: Caller, entry: Entry): Subject {
  const given = /^Bearer +(\S+)$/i.exec(caller.authorization ?? '')?.[1]
  if (given !== undefined) {
    return sameSecret(given, entry.token)
      ? { kind: 'administrator', name: 'administrator' }
      : { kind: 'stranger' }
  }
  return entry.demo && isOwnPage(caller) ? { kind: 'demo-reader' } : { kind: 'stranger' }
}

/**
 * Whether the request comes from this machine, to its loopback address, and not from a foreign page: the only ones a demo
 * trusts without a token.
 */
export function isOwnPage(caller: Caller): boolean {
  const local = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/.test(caller.address)
  return local && /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(caller.host) && !isForeignPage(caller)
}

/** Whether a browser says that another site's page sent it. Programs send neither header. */
export function isForeignPage(caller: Caller): boolean {
  if (caller.fetchSite !== undefined && !['same-origin', 'none'].includes(caller.fetchSite)) return true
  if (caller.origin === undefined) return false
  return caller.origin !== `http://${caller.host}` && caller.origin !== `https://${caller.host}`
}
