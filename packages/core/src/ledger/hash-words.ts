import type { Hash } from './merkle-tree.ts'

const consonants = 'bdfghjklmnprstvz'
const vowels = 'aiou'

/**
 * A hash as words that can be read out over a telephone (proquints): sixteen bits make five letters, consonant and vowel in
 * turn. Nothing is left out, so it can be written back to bytes.
 */
export function wordsOf(hash: Hash): readonly string[] {
  const words: string[] = []
  for (let at = 0; at < hash.length; at += 2) {
    const bits = (hash[at] ?? 0) * 256 + (hash[at + 1] ?? 0)
    words.push(
      [
        consonants[bits >> 12],
        vowels[(bits >> 10) & 3],
        consonants[(bits >> 6) & 15],
        vowels[(bits >> 4) & 3],
        consonants[bits & 15],
      ].join(''),
    )
  }
  return words
}

/** The hash that the words stand for; undefined where one is no such word. Blanks, dashes and capitals do not matter. */
export function hashOfWords(text: string): Hash | undefined {
  const words = text.toLowerCase().match(/[a-z]+/g) ?? []
  const bytes: number[] = []
  for (const word of words) {
    const places = [...word].map((letter, at) => (at % 2 === 0 ? consonants : vowels).indexOf(letter))
    if (word.length !== 5 || places.includes(-1)) return undefined
    const bits = places.reduce((sum, place, at) => sum * (at % 2 === 0 ? 16 : 4) + place, 0)
    bytes.push(bits >> 8, bits & 255)
  }
  return Uint8Array.from(bytes)
}
