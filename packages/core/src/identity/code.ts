import { refuse, type Refusal } from '../base/refusal.ts'

/** The key codes are compared by: NFKC, trimmed, inner blanks one. Case and leading zeros count (GS1 General Specifications 7.11). */
export function codeKeyOf(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/g, ' ')
}

// Control, bidirectional, zero-width and other invisible characters: they make two codes look the same on every screen.
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/u

/** Letters of other alphabets that look like Latin ones. Facts of Unicode confusables, the subset codes meet. */
const likeLatin: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  С: 'C',
  Е: 'E',
  Н: 'H',
  І: 'I',
  Ј: 'J',
  К: 'K',
  М: 'M',
  О: 'O',
  Р: 'P',
  Ѕ: 'S',
  Т: 'T',
  Х: 'X',
  У: 'Y',
  Α: 'A',
  Β: 'B',
  Ε: 'E',
  Ζ: 'Z',
  Η: 'H',
  Ι: 'I',
  Κ: 'K',
  Μ: 'M',
  Ν: 'N',
  Ο: 'O',
  Ρ: 'P',
  Τ: 'T',
  Υ: 'Y',
  Χ: 'X',
}

/**
 * What a code looks like at a glance: `LOT-2024-0847`, `lot 2024-O847` and `20240847` share a skeleton. Upper case,
 * letters that look like digits become those digits, everything but letters and digits falls away, and so do a leading
 * word (`LOT`, `BATCH`, `SN`, `HT` ...) and zeros that only pad a group of digits.
 */
export function skeletonOf(text: string): string {
  const plain = [...codeKeyOf(text).toUpperCase()].map((letter) => likeLatin[letter] ?? letter).join('')
  const groups = plain
    .replace(/^(LOT|BATCH|CHARGE|SERIAL|SN|S\/N|HEAT|HT|NO|NR)[^A-Z0-9]*(?=.*\d)/, '')
    .split(/[^A-Z0-9]+/)
  return groups
    .map((group) =>
      group
        .replace(/[OQ]/g, '0')
        .replace(/[IL]/g, '1')
        .replace(/^0+(?=.)/, ''),
    )
    .join('')
}

/** Refuses codes that cannot be read back from a label: empty, too long, invisible characters. */
export function checkCode(text: string, field: string): Refusal<'code_malformed'> | undefined {
  if (invisible.test(text)) {
    return refuse('code_malformed', {
      message: `The code ${escaped(text)} holds characters that cannot be seen.`,
      fix: 'Scan or type it again without control, zero-width or direction characters.',
      field,
      value: escaped(text),
    })
  }
  if (codeKeyOf(text) === '') {
    return refuse('code_malformed', {
      message: 'The code is empty.',
      fix: 'Scan or type a code.',
      field,
      value: text,
    })
  }
  return undefined
}

/** A text with what cannot be seen written as its number, so that a person sees what is wrong with it. */
function escaped(text: string): string {
  return [...JSON.stringify(text)]
    .map((letter) =>
      invisible.test(letter) ? `\\u${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}` : letter,
    )
    .join('')
}
