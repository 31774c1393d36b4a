import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { refuse, type Refusal } from '@lotline/core/base/refusal'

export type FileRefusal = Refusal<'file_unreadable' | 'file_not_text' | 'file_too_large'>

/** Pieces of a file are read in this size. */
const pieceBytes = 256 * 1024

/** Whole-file formats (spreadsheets, SQLite, event logs) are read up to here; event and part lists have no bound. */
export const wholeFileBytesMax = 256 * 1024 * 1024

/** A file to import. It can be read again from its start, because an import checks all of it before it records any of it. */
export interface SourceFile {
  readonly name: string
  readonly bytes: number
  read(): AsyncIterable<Uint8Array>
}

/** A file on this machine. */
export async function fileAt(path: string): Promise<SourceFile | FileRefusal> {
  try {
    const { size } = await stat(path)
    const handle = await open(path, 'r')
    await handle.close()
    return { name: path, bytes: size, read: () => createReadStream(path, { highWaterMark: pieceBytes }) }
  } catch (error) {
    return refuse('file_unreadable', {
      message: `The file ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      fix: 'Check its name and the rights to it.',
      value: path,
    })
  }
}

/** Content that is in memory already, such as a request's body. */
export function fileOf(name: string, content: Uint8Array): SourceFile {
  return { name, bytes: content.length, read: () => Readable.from(slices(content)) }
}

function* slices(content: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < content.length; at += pieceBytes) yield content.subarray(at, at + pieceBytes)
}

/** Thrown while text is read that is not UTF-8; the import answers it as the refusal it carries. */
export class NotText extends Error {
  override name = 'NotText'
  readonly refusal: FileRefusal
  constructor(refusal: FileRefusal) {
    super(refusal.message)
    this.refusal = refusal
  }
}

/** The text of a file, piece by piece: UTF-8, or UTF-16 where its mark says so. Throws `NotText`. */
export async function* textOf(file: SourceFile): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined
  try {
    for await (const piece of file.read()) {
      decoder ??= new TextDecoder(encodingOf(piece), { fatal: true })
      yield decoder.decode(piece, { stream: true })
    }
    const last = decoder?.decode()
    if (last !== undefined && last !== '') yield last
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new NotText(
      refuse('file_not_text', {
        message: `The file ${file.name} is not text in UTF-8.`,
        fix: 'Save it as UTF-8 and import it again; nothing was stored.',
        value: file.name,
      }),
    )
  }
}

function encodingOf(piece: Uint8Array): string {
  if (piece[0] === 0xff && piece[1] === 0xfe) return 'utf-16le'
  if (piece[0] === 0xfe && piece[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}

/** The whole content, for formats that cannot be read in pieces. */
export async function wholeOf(file: SourceFile): Promise<Uint8Array | FileRefusal> {
  if (file.bytes > wholeFileBytesMax) {
    return refuse('file_too_large', {
      message: `The file ${file.name} has ${file.bytes} bytes; this format is read up to ${wholeFileBytesMax}.`,
      fix: 'Split it, or export it as CSV, EPCIS or Catena-X, which are read in pieces.',
      value: file.name,
    })
  }
  const pieces: Uint8Array[] = []
  for await (const piece of file.read()) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** The whole text. */
export async function wholeText(file: SourceFile): Promise<string | FileRefusal> {
  if (file.bytes > wholeFileBytesMax) {
    const refusal = await wholeOf(file)
    if ('refused' in refusal) return refusal
  }
  let text = ''
  for await (const piece of textOf(file)) text += piece
  return text
}

/** The first bytes, to tell the format by. */
export async function beginningOf(file: SourceFile): Promise<Uint8Array> {
  for await (const piece of file.read()) return piece
  return new Uint8Array()
}
