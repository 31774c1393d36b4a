export type Words = { readonly [key: string]: string | Words }

const accents: Readonly<Record<string, string>> = {
  a: 'á',
  b: 'ƀ',
  c: 'ç',
  d: 'ð',
  e: 'é',
  f: 'ƒ',
  g: 'ĝ',
  h: 'ĥ',
  i: 'í',
  j: 'ĵ',
  k: 'ķ',
  l: 'ļ',
  m: 'ɱ',
  n: 'ñ',
  o: 'ó',
  p: 'þ',
  q: 'ɋ',
  r: 'ŕ',
  s: 'š',
  t: 'ţ',
  u: 'ú',
  v: 'ṽ',
  w: 'ŵ',
  x: 'ẋ',
  y: 'ý',
  z: 'ž',
}

/**
 * The words of a language that nobody speaks: every letter changed, a third longer, in brackets. On a screen in it, whatever has no
 * brackets was written into the program and cannot be translated.
 */
export function pseudoWords(words: Words): Words {
  return Object.fromEntries(
    Object.entries(words).map(([key, value]) => [
      key,
      typeof value === 'string' ? pseudoText(value) : pseudoWords(value),
    ]),
  )
}

function pseudoText(text: string): string {
  const changed = text
    .split(/(\{\{\w+\}\})/)
    .map((part) =>
      part.startsWith('{{') ? part : [...part].map((letter) => accents[letter] ?? letter).join(''),
    )
    .join('')
  return `[${changed}${'~'.repeat(Math.ceil(text.length / 3))}]`
}
