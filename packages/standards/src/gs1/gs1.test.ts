import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { isRefusal } from '@lotline/core/base/refusal'
import { applicationIdentifiers } from './application-identifiers.ts'
import { checkAssociations } from './associations.ts'
import { contentRules } from './content-rules.ts'
import { formatDigitalLink, parseDigitalLink, percentDecode, percentEncode } from './digital-link.ts'
import {
  formatBracketed,
  formatElementString,
  parseBracketed,
  parseElementString,
  separator,
} from './element-string.ts'
import { readScan } from './scan.ts'

const data = new URL('../../../../../shared/data/gs1/', import.meta.url)
const there = existsSync(data)

interface Vector {
  readonly input: string
  readonly kind: string
  readonly expectedValid: boolean
  readonly linter?: string
  readonly stem?: string
  readonly options?: Record<string, boolean>
  readonly symbology?: string
  readonly expectedBarcodeMessage?: string
  readonly expectedBracketed?: string
  readonly expectedDigitalLink?: string
  readonly expectedElementString?: string
  readonly expectedInPath?: string
  readonly expectedInQuery?: string
  readonly referenceEngineDefault?: { valid: boolean; dataStr?: string; aiDataStr?: string | null }
}

function vectors(name: string): Vector[] {
  return JSON.parse(readFileSync(new URL(`vectors/${name}.json`, data), 'utf8')) as Vector[]
}

function failures(list: readonly Vector[], holds: (vector: Vector) => boolean): string[] {
  return list.filter((vector) => !holds(vector)).map(({ input, linter }) => `${linter ?? ''} ${input}`)
}

/** Answers of the reference engine to a bracketed text, a scan or a link, brought to our forms. */
function readAny(vector: Vector) {
  const read =
    vector.kind === 'scan' || vector.kind === 'scan-data-parse'
      ? readScan(vector.input)
      : vector.kind === 'dl'
        ? parseDigitalLink(vector.input)
        : parseBracketed(vector.input)
  if (isRefusal(read)) return read
  if ('kind' in read) return read.kind === 'elements' ? read.values : undefined
  return checkAssociations(read) ?? read
}

/** The reference engine keeps a separator after an identifier that needs none; read and written again it is gone. */
function withoutSpareStops(vector: Vector): string {
  const values = parseElementString((vector.expectedBarcodeMessage ?? '').slice(1).replaceAll('^', separator))
  return isRefusal(values) ? values.message : formatElementString(values)
}

describe.skipIf(!there)('published GS1 vectors (skipped: ../shared/data/gs1 is absent)', () => {
  test('[B20] the identifier table agrees with the syntax dictionary', () => {
    const lines = readFileSync(new URL('gs1-syntax-dictionary.txt', data), 'utf8').split('\n')
    const rows = lines.filter((line) => /^\d/.test(line))
    const published = new Map<string, { fixed: boolean; parts: string[]; link: boolean }>()
    for (const row of rows) {
      const [numbers = '', ...words] = (row.split('#')[0] ?? '').trim().split(/\s+/)
      const [first = '', last = first] = numbers.split('-')
      const flags = /^[*?]+$/.test(words[0] ?? '') ? (words.shift() ?? '') : ''
      const parts = words
        .filter((word) => /^\[?[NXYZ][.\d]/.test(word))
        .map((word) => word.replace(/[[\]]/g, ''))
      for (let at = Number(first); at <= Number(last); at++) {
        const fixed = flags.includes('*')
        published.set(String(at).padStart(first.length, '0'), { fixed, parts, link: flags.includes('?') })
      }
    }
    expect([...applicationIdentifiers.keys()].sort()).toEqual([...published.keys()].sort())
    for (const [ai, { fixed, parts, link }] of published) {
      const ours = applicationIdentifiers.get(ai)
      expect({ ai, fixed: ours?.fixed, link: ours?.digitalLink.attribute }).toEqual({ ai, fixed, link })
      const shown = ours?.parts.map(({ set, lengthMin, lengthMax, rules }) =>
        [`${set}${lengthMin === lengthMax ? '' : '..'}${lengthMax}`, ...rules].join(','),
      )
      expect({ ai, shown }).toEqual({ ai, shown: parts })
    }
  })

  test('[B20] content rules give the verdict of the reference linters', () => {
    const ours = vectors('linter').filter(({ linter }) => linter !== undefined && linter in contentRules)
    const judged = ours.filter(({ linter }) => !/coupon|packagetype|gcppos/.test(linter ?? ''))
    expect(judged.length).toBeGreaterThan(1900)
    expect(
      failures(
        judged,
        ({ input, linter, expectedValid }) => contentRules[linter ?? '']?.holds(input) === expectedValid,
      ),
    ).toEqual([])
  })

  test('[B20] scans, bracketed texts and links split as the reference engine splits them', () => {
    const all = vectors('engine-run')
    expect(all.length).toBe(2147)
    expect(
      failures(all, (vector) => {
        const values = readAny(vector)
        if (!vector.expectedValid) return isRefusal(values)
        if (values === undefined || isRefusal(values)) return false
        const link = formatDigitalLink(values)
        return (
          formatBracketed(values) === vector.expectedBracketed &&
          (vector.kind === 'dl' || withoutSpareStops(vector) === formatElementString(values)) &&
          (vector.expectedDigitalLink === undefined ? isRefusal(link) : link === vector.expectedDigitalLink)
        )
      }),
    ).toEqual([])
  })

  test('[B20] element strings of the reference unit tests', () => {
    const list = vectors('unit-element-string').filter(({ input }) => input.startsWith('^'))
    expect(
      failures(
        list,
        ({ input, expectedValid }) =>
          isRefusal(parseElementString(input.slice(1).replaceAll('^', separator))) !== expectedValid,
      ),
    ).toEqual([])
  })

  test('[B20] links of the reference unit tests', () => {
    const list = vectors('unit-digital-link-parse').filter(
      ({ options }) => options === undefined || options['permitZeroSuppressedGTINinDLuris'] === true,
    )
    expect(list.length).toBeGreaterThan(50)
    expect(
      failures(list, ({ input, options, expectedValid }) => {
        const read = parseDigitalLink(input, { shortGtin: options !== undefined })
        return isRefusal(read) !== expectedValid
      }),
    ).toEqual([])
    const made = vectors('unit-digital-link-generate')
    expect(
      failures(made, ({ input, stem, expectedValid, expectedDigitalLink }) => {
        const values = parseBracketed(input)
        const link = isRefusal(values) ? values : formatDigitalLink(values, stem)
        return expectedValid ? link === expectedDigitalLink : isRefusal(link)
      }),
    ).toEqual([])
  })

  test('[B20] percent coding in path and query', () => {
    const wrong = (name: string, code: typeof percentDecode) =>
      failures(
        vectors(name),
        (vector) =>
          code(vector.input, 'path') === vector.expectedInPath &&
          code(vector.input, 'query') === vector.expectedInQuery,
      )
    expect(wrong('unit-dl-percent-decode', percentDecode)).toEqual([])
    expect(wrong('unit-dl-percent-encode', percentEncode)).toEqual([])
  })

  test('[B20] symbology prefixes', () => {
    expect(
      failures(
        vectors('unit-scan-data-parse').filter(({ input }) => !input.includes('HtTps')),
        ({ input, expectedValid }) => isRefusal(readScan(input)) !== expectedValid,
      ),
    ).toEqual([])
  })
})

describe('reading without guessing', () => {
  test('[B20] a lot that could hold an expiry is asked about', () => {
    const scan = readScan('010950600013435210AB17251231')
    expect(scan).toMatchObject({ kind: 'ambiguous' })
    expect('readings' in scan ? scan.readings.map(formatBracketed) : []).toEqual([
      '(01)09506000134352(10)AB17251231',
      '(01)09506000134352(10)AB17(251)231',
      '(01)09506000134352(10)AB(17)251231',
    ])
  })

  test('[B20] the same data with its separator reads one way', () => {
    const scan = readScan(`]C1010950600013435210AB${separator}17251231`)
    expect('values' in scan ? formatBracketed(scan.values) : scan).toBe('(01)09506000134352(10)AB(17)251231')
  })

  test('[B20] leading zeros and case of a lot are kept', () => {
    expect(parseBracketed('(01)09506000134352(10)00aB')).toEqual([
      { ai: '01', value: '09506000134352' },
      { ai: '10', value: '00aB' },
    ])
  })

  test('[B20] a bare lot is refused on a trade label and allowed on an internal one', () => {
    expect(readScan('(10)AB1')).toMatchObject({ code: 'gs1_bad_combination', field: '10' })
    expect(readScan('(10)AB1', { single: true })).toMatchObject({ kind: 'elements' })
  })

  test('[B20] a wrong check digit is shown where it lies', () => {
    expect(parseBracketed('(01)09506000134353')).toMatchObject({
      code: 'gs1_bad_value',
      value: '|09506000134353|',
    })
  })

  test.each([
    ['(12345)1', 'gs1_unreadable'],
    ['(01)09506000134352(29)1', 'gs1_unknown_identifier'],
    [']C19', 'gs1_unknown_identifier'],
    ['https://example.com/01/09506000134352?89=1', 'gs1_bad_link'],
    [']d2', 'gs1_unreadable'],
  ])('[B20] %s is refused as %s', (text, code) => {
    expect(readScan(text)).toMatchObject({ ...(text === '(12345)1' ? { kind: 'plain' } : { code }) })
    if (text === '(12345)1') expect(parseBracketed(text)).toMatchObject({ code })
  })
})
