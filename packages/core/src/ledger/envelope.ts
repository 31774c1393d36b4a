import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Json } from '../identity/rows.ts'
import { canonicalJson } from './canonical.ts'
import type { RecordedEvent } from './effects.ts'

/** Version of the envelope's shape; old ones stay readable for ever. */
export const ENVELOPE_VERSION = 1

/** `prev` of the first event of a ledger. */
export const GENESIS = '0'.repeat(64)

export interface Sealing {
  readonly org: string
  /** Leaf hash (hex) of the event one position before. */
  readonly prev: string
  /** 16 random bytes as hex: a proof given for this leaf tells nothing about others. */
  readonly salt: string
}

/**
 * The bytes that are the fact: canonical JSON of the whole envelope. Everything else about an event is derived from them.
 */
export function envelopeBytes(event: RecordedEvent<string, Json>, sealing: Sealing): Uint8Array {
  return utf8ToBytes(envelopeText(event, sealing))
}

/** The text whose UTF-8 bytes are the fact. */
export function envelopeText(event: RecordedEvent<string, Json>, sealing: Sealing): string {
  const { version, ...rest } = event
  return canonicalJson({
    ...rest,
    v: ENVELOPE_VERSION,
    typeVersion: version,
    ...sealing,
  } as unknown as Json)
}

/** Reads the stored bytes back, given as UTF-8 text; the inverse of `envelopeBytes`. */
export function readEnvelope(text: string): { event: RecordedEvent<string, Json>; sealing: Sealing } {
  const { v: _v, typeVersion, org, prev, salt, ...rest } = JSON.parse(text)
  return { event: { ...rest, version: typeVersion }, sealing: { org, prev, salt } }
}

/** The leaf hash of RFC 6962 section 2.1: SHA-256(0x00 || bytes), in hex. */
export function leafHash(bytes: Uint8Array): string {
  return bytesToHex(sha256(concatBytes(Uint8Array.of(0), bytes)))
}
