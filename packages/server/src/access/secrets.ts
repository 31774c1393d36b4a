import { createHash, randomBytes } from 'node:crypto'

/** A secret that is shown once and never kept: 256 random bits. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of it. A plain hash is enough: nobody can guess 256 random bits. */
export function hashOfSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
