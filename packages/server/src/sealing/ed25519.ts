import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { CheckSignature } from '@lotline/core/ledger/checkpoint-note'

/** How a bare public key of 32 bytes begins in DER (RFC 8410). */
const spkiStart = Buffer.from('302a300506032b6570032100', 'hex')

/** Checks an Ed25519 signature with Node's own means. */
export const checkSignature: CheckSignature = (publicKey, message, signature) => {
  if (publicKey.length !== 32) return false
  const key = createPublicKey({ key: Buffer.concat([spkiStart, publicKey]), format: 'der', type: 'spki' })
  return verify(null, message, key, signature)
}

/** The 32 bytes of a public key. */
export function rawPublicKey(key: KeyObject): Uint8Array {
  return Uint8Array.from(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32))
}
