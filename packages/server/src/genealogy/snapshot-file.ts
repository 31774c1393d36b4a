import { createHash, type Hash } from 'node:crypto'
import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs'
import { endianness } from 'node:os'
import { assert } from '@lotline/core/base/assert'
import type { Column } from '@lotline/core/genealogy/chunked'
import { byteColumn, float64Column, int32Column } from '@lotline/core/genealogy/columns'
import type { Position } from '@lotline/core/genealogy/engine'
import {
  type ColumnKind,
  type GraphState,
  keptColumns,
  keptNumbers,
} from '@lotline/core/genealogy/graph-state'
import { edgeKinds, evidences } from '@lotline/core/genealogy/touch'

/** Which ledger a snapshot stands for, and up to where. */
export interface SnapshotMark {
  readonly org: number
  readonly position: Position
  /** Leaf hash (hex) of the event at that position: another ledger has another. */
  readonly leaf: string
}

/** Raised whenever what the columns mean changes; a file with another is refused. */
export const snapshotFormat = 1
const signature = 'LOTLINE-GRAPH\n'
const words = [...edgeKinds, ...evidences].join(' ')
const blockBytes = 1 << 20
const digestBytes = 32
const headerBytesMax = 4 << 20

interface Header {
  readonly format: number
  readonly byteOrder: string
  /** The words that numbers in the columns stand for, in their order. */
  readonly words: string
  readonly mark: SnapshotMark
  readonly numbers: Record<string, number>
  /** Cells of each chunk of each column, in the order of the file. */
  readonly columns: Record<string, readonly number[]>
}

/**
 * Writes a graph's columns to a file, whole or not at all: signature, length of the header, header, columns, SHA-256 of all of
 * it. Gives its bytes. Blocking: for a thread that has nothing else to do.
 */
export function writeSnapshot(file: string, mark: SnapshotMark, state: GraphState): number {
  const plan = Object.keys(keptColumns).map((name) => [name, columnsOf(state, name)] as const)
  const header: Header = {
    format: snapshotFormat,
    byteOrder: endianness(),
    words,
    mark,
    numbers: state.numbers,
    columns: Object.fromEntries(plan.map(([name, chunks]) => [name, chunks.map((chunk) => chunk.length)])),
  }
  const fresh = `${file}.new`
  const target = openSync(fresh, 'w', 0o600)
  try {
    const hash = createHash('sha256')
    let bytes = 0
    // Copied first: what is hashed is then what is written, even where another thread appends to the same chunk.
    const block = Buffer.alloc(blockBytes)
    const put = (data: Uint8Array): void => {
      for (let at = 0; at < data.length; at += blockBytes) {
        const length = Math.min(blockBytes, data.length - at)
        block.set(data.subarray(at, at + length))
        hash.update(block.subarray(0, length))
        assert(writeSync(target, block, 0, length) === length, 'the disk took a part of a block only')
        bytes += length
      }
    }
    const head = Buffer.from(JSON.stringify(header))
    const length = Buffer.alloc(4)
    length.writeUInt32LE(head.length)
    for (const part of [Buffer.from(signature), length, head]) put(part)
    for (const [, chunks] of plan) for (const chunk of chunks) put(bytesOf(chunk))
    writeSync(target, hash.digest())
    fsyncSync(target)
    renameSync(fresh, file)
    return bytes + digestBytes
  } catch (error) {
    // A full disk gets its room back.
    rmSync(fresh, { force: true })
    throw error
  } finally {
    closeSync(target)
  }
}

/** What a snapshot file holds, or why it is not used. Throws where it cannot be read at all, as when it is absent. */
export function readSnapshot(file: string): { mark: SnapshotMark; state: GraphState } | { refused: string } {
  const source = openSync(file, 'r')
  try {
    return new SnapshotReader(source).read()
  } finally {
    closeSync(source)
  }
}

class SnapshotReader {
  readonly #source: number
  readonly #hash: Hash = createHash('sha256')

  constructor(source: number) {
    this.#source = source
  }

  read(): { mark: SnapshotMark; state: GraphState } | { refused: string } {
    const size = fstatSync(this.#source).size
    if (size < signature.length + 4 + digestBytes) return { refused: 'it is cut short' }
    if (this.#take(signature.length).toString('latin1') !== signature)
      return { refused: 'it is no snapshot of a graph' }
    const length = this.#take(4).readUInt32LE()
    if (length > headerBytesMax || length > size) return { refused: 'its header is damaged' }
    const header = headerOf(this.#take(length).toString('utf8'))
    if (!header) return { refused: 'its header is damaged' }
    if (header.format !== snapshotFormat || header.words !== words)
      return { refused: 'it was written by another version of the program' }
    if (header.byteOrder !== endianness()) return { refused: 'it was written by another kind of processor' }
    const data = Object.entries(keptColumns).reduce(
      (sum, [name, kind]) => sum + cellBytes[kind] * (header.columns[name] ?? []).reduce((a, b) => a + b, 0),
      0,
    )
    if (size !== signature.length + 4 + length + data + digestBytes) return { refused: 'it is cut short' }
    const kept: Record<string, Column[]> = {}
    for (const [name, kind] of Object.entries(keptColumns))
      kept[name] = (header.columns[name] ?? []).map((cells) => this.#column(kind, cells))
    const found = this.#hash.digest()
    const said = Buffer.alloc(digestBytes)
    readSync(this.#source, said, 0, digestBytes, null)
    if (!found.equals(said)) return { refused: 'its checksum is wrong' }
    // Every column of the plan is there with cells of its kind, and every number: the checks above saw to it.
    return {
      mark: header.mark,
      state: { numbers: header.numbers, kept } as unknown as GraphState,
    }
  }

  #column(kind: ColumnKind, cells: number): Column {
    const column = makeColumn[kind](cells)
    const bytes = bytesOf(column)
    for (let at = 0; at < bytes.length; at += blockBytes) {
      const block = bytes.subarray(at, at + blockBytes)
      readSync(this.#source, block, 0, block.length, null)
      this.#hash.update(block)
    }
    return column
  }

  #take(length: number): Buffer {
    const bytes = Buffer.alloc(length)
    readSync(this.#source, bytes, 0, length, null)
    this.#hash.update(bytes)
    return bytes
  }
}

const makeColumn: Record<ColumnKind, (length: number) => Column> = {
  int32: int32Column,
  float64: float64Column,
  bytes: byteColumn,
}
const cellBytes: Record<ColumnKind, number> = { int32: 4, float64: 8, bytes: 1 }

function columnsOf(state: GraphState, name: string): readonly Column[] {
  return Object.entries(state.kept).find(([key]) => key === name)?.[1] ?? []
}

function bytesOf(column: Column): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
}

/** The header, when it has the shape of one. */
function headerOf(text: string): Header | undefined {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isRecord(given) || !isRecord(given.mark) || !isRecord(given.numbers) || !isRecord(given.columns))
    return undefined
  const { numbers, columns, mark } = given
  const isWhole =
    typeof given.format === 'number' &&
    typeof given.byteOrder === 'string' &&
    typeof given.words === 'string' &&
    keptNumbers.every((name) => Number.isSafeInteger(numbers[name])) &&
    Object.keys(keptColumns).every((name) => isCellCounts(columns[name])) &&
    Number.isSafeInteger(mark.org) &&
    Number.isSafeInteger(mark.position) &&
    typeof mark.leaf === 'string'
  return isWhole ? (given as unknown as Header) : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isCellCounts(value: unknown): boolean {
  return Array.isArray(value) && value.every((cells) => Number.isSafeInteger(cells) && Number(cells) >= 0)
}
