import { refuse, type Refusal } from '@lotline/core/base/refusal'
import { ExactNumber, type JsonObject, type JsonValue } from './json-value.ts'

export type JsonRefusal = Refusal<'json_malformed'>

/** Deeper nesting than any record has; a bound keeps a hostile file from exhausting the stack. */
export const depthMax = 64

class Malformed extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

/**
 * Reads JSON strictly (RFC 8259), with three differences from `JSON.parse`: a number that would lose digits keeps its text,
 * a key that stands twice or is `__proto__` is refused, and the refusal says line and column. `lineFirst` is the line at
 * which the text stands in its file. `twice: 'last'` lets the last of equal names count, as published files of others need.
 * O(n).
 */
export function parseJson(
  text: string,
  lineFirst = 1,
  twice: 'refused' | 'last' = 'refused',
): JsonValue | JsonRefusal {
  const reader = new Reader(text, twice === 'last')
  try {
    return reader.document()
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    return malformed(error.message, text, error.at, lineFirst)
  }
}

/** The refusal of a text that is not JSON, with the place in words. */
function malformed(what: string, text: string, at: number, lineFirst: number): JsonRefusal {
  const before = text.slice(0, at)
  const column = at - before.lastIndexOf('\n')
  return malformedAt(what, lineFirst + before.split('\n').length - 1, column, text.slice(at, at + 20))
}

/** The same where only the line is known. */
export function malformedAt(what: string, line: number, column?: number, value?: string): JsonRefusal {
  return refuse('json_malformed', {
    message: `The file is not JSON at line ${line}${column === undefined ? '' : `, column ${column}`}: ${what}.`,
    fix: 'Ask the sender for the whole file; it may have been cut or edited by hand.',
    field: `line ${line}`,
    value,
  })
}

class Reader {
  readonly #text: string
  #at = 0

  readonly #lastCounts: boolean

  constructor(text: string, lastCounts: boolean) {
    this.#text = text
    this.#lastCounts = lastCounts
  }

  document(): JsonValue {
    if (this.#text.startsWith('\ufeff')) this.#at = 1
    const value = this.#value(0)
    this.#blank()
    if (this.#at < this.#text.length) this.#fail('text follows after the end')
    return value
  }

  #fail(what: string): never {
    throw new Malformed(what, this.#at)
  }

  #blank(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return
      this.#at++
    }
  }

  #value(depth: number): JsonValue {
    if (depth > depthMax) this.#fail(`nested deeper than ${depthMax} levels`)
    this.#blank()
    const letter = this.#text.charAt(this.#at)
    if (letter === '{') return this.#object(depth)
    if (letter === '[') return this.#array(depth)
    if (letter === '"') return this.#string()
    if (letter === 't') return this.#word('true', true)
    if (letter === 'f') return this.#word('false', false)
    if (letter === 'n') return this.#word('null', null)
    if (letter === '') this.#fail('the file ends here, in the middle of a value')
    return this.#number()
  }

  #word<Value>(word: string, value: Value): Value {
    if (!this.#text.startsWith(word, this.#at)) this.#fail('not a value')
    this.#at += word.length
    return value
  }

  #object(depth: number): JsonObject {
    const object: JsonObject = {}
    this.#at++
    this.#blank()
    if (this.#text.charAt(this.#at) === '}') {
      this.#at++
      return object
    }
    for (;;) {
      this.#blank()
      if (this.#text.charAt(this.#at) !== '"') this.#fail('a name in quotes is missing')
      const key = this.#string()
      if (key === '__proto__') this.#fail('the name __proto__ is not allowed')
      if (!this.#lastCounts && Object.hasOwn(object, key))
        this.#fail(`the name ${JSON.stringify(key)} stands twice`)
      this.#blank()
      if (this.#text.charAt(this.#at) !== ':') this.#fail('a colon is missing')
      this.#at++
      object[key] = this.#value(depth + 1)
      if (this.#next('}')) return object
    }
  }

  #array(depth: number): JsonValue[] {
    const list: JsonValue[] = []
    this.#at++
    this.#blank()
    if (this.#text.charAt(this.#at) === ']') {
      this.#at++
      return list
    }
    for (;;) {
      list.push(this.#value(depth + 1))
      if (this.#next(']')) return list
    }
  }

  /** Steps over a comma (false) or the closing bracket (true). */
  #next(close: '}' | ']'): boolean {
    this.#blank()
    const letter = this.#text.charAt(this.#at)
    if (letter === '') this.#fail('the file ends here, before a closing bracket')
    if (letter !== ',' && letter !== close) this.#fail(`a comma or ${close} is missing`)
    this.#at++
    return letter === close
  }

  #string(): string {
    const start = this.#at
    let end = start + 1
    let escaped = false
    for (;;) {
      const code = this.#text.charCodeAt(end)
      if (Number.isNaN(code)) this.#fail('the file ends inside a text')
      if (code === 34) break
      if (code < 32) this.#fail('a text holds a control character')
      if (code === 92) {
        escaped = true
        end++
      }
      end++
    }
    this.#at = end + 1
    return escaped
      ? this.#unescape(this.#text.slice(start + 1, end), start)
      : this.#text.slice(start + 1, end)
  }

  #unescape(raw: string, start: number): string {
    return raw.replace(/\\(u[0-9A-Fa-f]{4}|.?)/gs, (_, code: string) => {
      const simple = escapes[code]
      if (simple !== undefined) return simple
      if (code.length === 5) return String.fromCharCode(Number.parseInt(code.slice(1), 16))
      throw new Malformed(`\\${code} is no escape`, start)
    })
  }

  #number(): number | ExactNumber {
    const pattern = /-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)
    if (!found) this.#fail('not a value')
    const [text] = found
    this.#at += text.length
    const number = Number(text)
    const plain = text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')
    return String(number) === plain ? number : new ExactNumber(text)
  }
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}
