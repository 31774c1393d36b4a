import { isRefusal, type Refusal } from '@lotline/core/base/refusal'
import type { JsonValue } from './json-value.ts'
import { depthMax, type JsonRefusal, malformedAt, parseJson } from './parse.ts'
import { recordLengthMax, recordTooLarge } from './record-limit.ts'

/** One element of a sliced list: where it stands, and its value. */
export interface Slice {
  /** JSON pointer: `/epcisBody/eventList/12`. */
  readonly path: string
  readonly line: number
  readonly value: JsonValue
}

export type SliceRefusal = JsonRefusal | Refusal<'record_too_large'>

/**
 * Reads a JSON file of any size piece by piece: the elements of the lists named by `paths` come out one by one, and what is
 * around them is kept and read at the end. Memory is one element plus the surroundings, so a file of 200 MB needs a few
 * megabytes. Paths are pointers (`/epcisBody/eventList`); `` (empty) is a list at the top.
 */
export class JsonSlicer {
  readonly #paths: ReadonlySet<string>
  /** Text seen but not yet given out: the surroundings when outside of a list, the element when inside. */
  #outside = ''
  #element = ''
  #inElement = false
  #inString = false
  #escape = false
  /** Where we are: names and indexes; `key` is the last text seen, which is a name when a colon follows. */
  readonly #stack: { readonly list: boolean; name: string; index: number }[] = []
  /** The last thing in the sliced list was a comma. */
  #comma = false
  #lastText = ''
  #textStart = -1
  #sliceDepth = -1
  #line = 1
  #elementLine = 1
  #failed: SliceRefusal | undefined

  constructor(paths: readonly string[]) {
    this.#paths = new Set(paths)
  }

  /** Takes the next piece of the file and gives the elements that ended in it. */
  push(piece: string): readonly Slice[] | SliceRefusal {
    if (this.#failed) return this.#failed
    const done: Slice[] = []
    let kept = 0
    for (let at = 0; at < piece.length; at++) {
      const code = piece.charCodeAt(at)
      if (code === 10) this.#line++
      if (this.#inString) {
        if (this.#escape) this.#escape = false
        else if (code === 92) this.#escape = true
        else if (code === 34) {
          this.#inString = false
          this.#lastText += piece.slice(Math.max(this.#textStart, 0), at)
        }
        continue
      }
      if (code <= 32) continue
      const ends = this.#inElement && this.#stack.length === this.#sliceDepth && (code === 44 || code === 93)
      const begins = !this.#inElement && this.#sliceDepth === this.#stack.length && code !== 44 && code !== 93
      if (ends) {
        this.#keep(piece.slice(kept, at))
        kept = code === 44 ? at + 1 : at
        const slice = this.#finish()
        if (isRefusal(slice)) return (this.#failed = slice)
        done.push(slice)
        this.#comma = code === 44
      } else if (this.#betweenElements() && (code === 44 || (code === 93 && this.#comma))) {
        return (this.#failed = this.#malformed('a value is missing beside a comma'))
      } else if (begins) {
        this.#keep(piece.slice(kept, at))
        kept = at
        this.#inElement = true
        this.#comma = false
        this.#elementLine = this.#line
      }
      if (code === 34) {
        this.#inString = true
        this.#lastText = ''
        this.#textStart = at + 1
      } else if (!this.#step(code)) {
        return (this.#failed = this.#malformed(`it is nested deeper than ${depthMax} levels`))
      }
    }
    if (this.#inString) this.#lastText += piece.slice(Math.max(this.#textStart, 0))
    this.#textStart = -1
    this.#keep(piece.slice(kept))
    if (this.#element.length > recordLengthMax) return (this.#failed = recordTooLarge(this.#elementLine))
    if (this.#outside.length > recordLengthMax) return (this.#failed = recordTooLarge(this.#elementLine))
    return done
  }

  /** Ends the file: what stood around the lists, which are empty in it. Refused when the file was cut. */
  end(): JsonValue | SliceRefusal {
    if (this.#failed) return this.#failed
    // Only the line is known here: what was cut out of the lists no longer counts towards a column.
    const isCut = this.#inElement || this.#inString || this.#stack.length > 0
    if (isCut && this.#sliceDepth >= 0) return this.#malformed('the file ends here, in the middle of a value')
    return parseJson(this.#inElement ? this.#outside + this.#element : this.#outside, 1, 'last')
  }

  #keep(text: string): void {
    if (this.#inElement) this.#element += text
    else this.#outside += text
  }

  #betweenElements(): boolean {
    return !this.#inElement && this.#sliceDepth === this.#stack.length
  }

  #finish(): Slice | SliceRefusal {
    const path = `${this.#path()}/${this.#stack.at(-1)?.index ?? 0}`
    const value = parseJson(this.#element, this.#elementLine, 'last')
    this.#element = ''
    this.#inElement = false
    return isRefusal(value) ? value : { path, line: this.#elementLine, value }
  }

  /** Follows the brackets. False when nested too deep. */
  #step(code: number): boolean {
    const top = this.#stack.at(-1)
    if (code === 58 && top) top.name = this.#lastText
    else if (code === 44 && top) top.index++
    else if (code === 123 || code === 91) {
      if (this.#stack.length > depthMax) return false
      this.#stack.push({ list: code === 91, name: '', index: 0 })
      if (this.#sliceDepth < 0 && code === 91 && this.#paths.has(this.#path()))
        this.#sliceDepth = this.#stack.length
    } else if (code === 125 || code === 93) {
      if (this.#stack.length === this.#sliceDepth) this.#sliceDepth = -1
      this.#stack.pop()
    }
    return true
  }

  #path(): string {
    return this.#stack
      .slice(0, -1)
      .map(({ list, name, index }) => `/${list ? index : name}`)
      .join('')
  }

  #malformed(what: string): SliceRefusal {
    return malformedAt(what, this.#line)
  }
}
