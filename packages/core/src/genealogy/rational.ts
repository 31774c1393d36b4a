import { assert } from '../base/assert.ts'

/** An exact fraction in lowest terms; the denominator is above zero. */
export interface Rational {
  readonly numerator: bigint
  readonly denominator: bigint
}

export const nothing: Rational = { numerator: 0n, denominator: 1n }
export const whole: Rational = { numerator: 1n, denominator: 1n }

/** `numerator / denominator` in lowest terms. Throws on a denominator of zero. */
export function rational(numerator: bigint, denominator: bigint): Rational {
  assert(denominator !== 0n, 'a fraction has a denominator')
  const sign = denominator < 0n ? -1n : 1n
  const divisor = greatestDivisor(numerator < 0n ? -numerator : numerator, denominator * sign)
  return { numerator: (sign * numerator) / divisor, denominator: (sign * denominator) / divisor }
}

export function plus(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
}

export function times(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator)
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [left, right] = [a, b]
  while (right !== 0n) [left, right] = [right, left % right]
  return left === 0n ? 1n : left
}
