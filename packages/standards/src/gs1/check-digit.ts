/**
 * The GS1 check digit (General Specifications 7.9): weights 3 and 1 from the right, up to the next ten.
 * `digits` has no check digit yet. O(n).
 */
export function checkDigitOf(digits: string): string {
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    const fromRight = digits.length - index
    sum += Number(digits[index]) * (fromRight % 2 === 1 ? 3 : 1)
  }
  return String((10 - (sum % 10)) % 10)
}

/** Whether the last digit of an all-digit text is its check digit. */
export function hasCheckDigit(digits: string): boolean {
  return /^\d{2,}$/.test(digits) && checkDigitOf(digits.slice(0, -1)) === digits.slice(-1)
}

/** The 14-digit form in which a GTIN-8, -12, -13 and -14 are one key (GS-09). */
export function gtin14(gtin: string): string {
  return gtin.padStart(14, '0')
}

const set82 = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'
const set32 = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
/** Weights of the alphanumeric check pair: the prime numbers, from the right (General Specifications 7.9.5). */
function primes(count: number): number[] {
  const found: number[] = []
  for (let number = 2; found.length < count; number++) {
    if (found.every((prime) => number % prime !== 0)) found.push(number)
  }
  return found
}

/** The check character pair of a global model number, for the text before it; `undefined` outside set 82. */
export function checkPairOf(text: string): string | undefined {
  const weights = primes(text.length)
  let sum = 0
  for (let index = 0; index < text.length; index++) {
    const value = set82.indexOf(text.charAt(index))
    const weight = weights[text.length - 1 - index]
    if (value < 0 || weight === undefined) return undefined
    sum += value * weight
  }
  const rest = sum % 1021
  return set32.charAt(rest >> 5) + set32.charAt(rest & 31)
}
