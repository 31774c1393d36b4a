/**
 * Counts for 32 sources at once: the n-th plane holds the n-th binary digit of each source's count, one bit a source. Adding
 * one to every source of a mask is a carry through the planes, some two steps on average, however many sources it has.
 */
export class BitCounters {
  readonly #planes: Int32Array

  /** `digits` is how many binary digits a count may have. */
  constructor(digits: number) {
    this.#planes = new Int32Array(digits)
  }

  /** Adds one to each source of the mask. */
  add(mask: number): void {
    this.#carry(mask, 0)
  }

  /** Adds a whole number below 2^53 to each source of the mask. O(digits that are set). */
  addTimes(mask: number, amount: number): void {
    for (let [left, digit] = [amount, 0]; left > 0; left = Math.floor(left / 2), digit++)
      if (left % 2 === 1) this.#carry(mask, digit)
  }

  /** The count of one source. */
  of(source: number): number {
    let count = 0
    for (let digit = this.#planes.length - 1; digit >= 0; digit--)
      count = count * 2 + (((this.#planes[digit] ?? 0) >>> source) & 1)
    return count
  }

  clear(): void {
    this.#planes.fill(0)
  }

  #carry(mask: number, digit: number): void {
    const planes = this.#planes
    for (let carry = mask, at = digit; carry !== 0 && at < planes.length; at++) {
      const plane = planes[at] ?? 0
      planes[at] = plane ^ carry
      carry &= plane
    }
  }
}
