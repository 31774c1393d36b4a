/** A JSON number that no JavaScript number holds exactly; quantities are read from its text. */
export class ExactNumber {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  /** Kept as text where JSON is written again: digits matter more than the type. */
  toJSON(): string {
    return this.text
  }
}

export type JsonValue = null | boolean | number | string | ExactNumber | JsonValue[] | JsonObject
export interface JsonObject {
  [key: string]: JsonValue
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)
  )
}

export function isArray(value: JsonValue | undefined): value is JsonValue[] {
  return Array.isArray(value)
}

/** The text at a key, or `undefined` when there is none or it is no text. */
export function textAt(object: JsonObject, key: string): string | undefined {
  const value = object[key]
  return typeof value === 'string' ? value : undefined
}

/** The texts of a list; anything else in it is left out. */
export function textsOf(value: JsonValue | undefined): readonly string[] {
  return isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** The objects of a list; anything else in it is left out. */
export function objectsOf(value: JsonValue | undefined): readonly JsonObject[] {
  return isArray(value) ? value.filter(isObject) : []
}

/** A number written as a plain decimal, exactly, exponents multiplied out: `1.5e3` is `1500`. */
export function decimalText(value: number | ExactNumber | string): string | undefined {
  const parts = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/.exec(
    value instanceof ExactNumber ? value.text : String(value),
  )
  if (!parts) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts
  const digits = whole + fraction
  const point = whole.length + Number(exponent)
  const left = point <= 0 ? '0' : digits.slice(0, point).padEnd(point, '0')
  const right = point < 0 ? '0'.repeat(-point) + digits : digits.slice(point)
  const kept = right.replace(/0+$/, '')
  return `${sign}${left.replace(/^0+(?=\d)/, '')}${kept === '' ? '' : `.${kept}`}`
}
