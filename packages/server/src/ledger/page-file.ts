import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assert } from '@lotline/core/base/assert'

/** Keeps pages of bytes, each under the place it is given. Synchronous, because a fold is. */
export interface PageStore {
  write(page: Uint8Array): number
  read(place: number): Uint8Array
}

/** What is read at once: nearly every page, with its length. */
const readAhead = 64 << 10
/** Pages are mostly small, and come many at once. */
const pendingBytesMax = 4 << 20

/**
 * A file of pages that lives as long as it is open; pages written anew are appended. It is made when the first page comes, in
 * `folder` or where the system keeps what passes, and gone after `close`.
 */
export class PageFile implements PageStore {
  readonly #parent: string
  #folder: string | undefined
  #file = -1
  /** Pages that are not in the file yet, one after the other, and where the first of them will lie. */
  #pending: Uint8Array[] = []
  #pendingFrom = 0
  #end = 0

  constructor(parent = tmpdir()) {
    this.#parent = parent
  }

  write(page: Uint8Array): number {
    const place = this.#end
    const length = Buffer.alloc(4)
    length.writeUInt32LE(page.length)
    this.#pending.push(length, page)
    this.#end += length.length + page.length
    if (this.#end - this.#pendingFrom >= pendingBytesMax) this.#flush()
    return place
  }

  read(place: number): Uint8Array {
    if (place >= this.#pendingFrom) this.#flush()
    const first = Buffer.allocUnsafe(Math.min(readAhead, this.#pendingFrom - place))
    this.#fill(first, place)
    const length = first.readUInt32LE()
    if (length <= first.length - 4) return first.subarray(4, 4 + length)
    const whole = Buffer.allocUnsafe(length)
    this.#fill(whole, place + 4)
    return whole
  }

  close(): void {
    if (this.#folder === undefined) return
    closeSync(this.#file)
    rmSync(this.#folder, { recursive: true, force: true })
    this.#folder = undefined
  }

  #flush(): void {
    if (this.#folder === undefined) {
      this.#folder = mkdtempSync(join(this.#parent, 'lotline-pages-'))
      this.#file = openSync(join(this.#folder, 'pages'), 'wx+', 0o600)
      // An open file needs no name, except on Windows: so nothing is left behind even by a kill.
      if (process.platform !== 'win32') rmSync(this.#folder, { recursive: true })
    }
    const bytes = Buffer.concat(this.#pending)
    for (let at = 0; at < bytes.length;)
      at += writeSync(this.#file, bytes, at, bytes.length - at, this.#pendingFrom + at)
    this.#pendingFrom = this.#end
    this.#pending = []
  }

  #fill(into: Buffer, place: number): void {
    for (let at = 0; at < into.length;) {
      const read = readSync(this.#file, into, at, into.length - at, place + at)
      assert(read > 0, 'a page of the file is cut')
      at += read
    }
  }
}
