import type { Refusal } from '@lotline/core/base/refusal'
import { cursorMalformed } from './request-refusals.ts'

/** Where the next page begins, and the ledger position the first page stood at. */
export interface Cursor {
  readonly offset: number
  readonly position: number
}

export function writeCursor(cursor: Cursor): string {
  return Buffer.from(`${cursor.offset}.${cursor.position}`).toString('base64url')
}

export function readCursor(text: string | undefined): Cursor | undefined | Refusal {
  if (text === undefined) return undefined
  const parts = /^(\d{1,9})\.(-?\d{1,15})$/.exec(Buffer.from(text, 'base64url').toString('latin1'))
  return parts ? { offset: Number(parts[1]), position: Number(parts[2]) } : cursorMalformed(text)
}
