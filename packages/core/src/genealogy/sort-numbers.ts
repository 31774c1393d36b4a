const digitBits = 8
const digits = 1 << digitBits
/** Below this many numbers, insertion is quicker than counting digits. */
const insertionMax = 40

/** Working memory of `sortNumbers`, kept from call to call. */
export class SortScratch {
  readonly counts = new Int32Array(digits)
  spare = new Int32Array(4096)
}

/**
 * Sorts non-negative numbers of a part of a column in place: by their digits, because the built-in sort of typed arrays
 * takes longer than the search whose result it would put in order. What is sorted already costs one look. O(n) for each
 * byte of the range the numbers lie in.
 */
export function sortNumbers(numbers: Int32Array, begin: number, end: number, scratch: SortScratch): void {
  let least = numbers[begin] ?? 0
  let most = least
  let before = least
  let isSorted = true
  for (let index = begin + 1; index < end; index++) {
    const number = numbers[index] ?? 0
    if (number < before) isSorted = false
    if (number < least) least = number
    if (number > most) most = number
    before = number
  }
  if (isSorted) return
  if (end - begin <= insertionMax) insertionSort(numbers, begin, end)
  else digitSort(numbers.subarray(begin, end), { least, most }, scratch)
}

function insertionSort(numbers: Int32Array, begin: number, end: number): void {
  for (let index = begin + 1; index < end; index++) {
    const number = numbers[index] ?? 0
    let at = index - 1
    while (at >= begin && (numbers[at] ?? 0) > number) {
      numbers[at + 1] = numbers[at] ?? 0
      at -= 1
    }
    numbers[at + 1] = number
  }
}

/** Counting sort digit by digit, the lowest first, over as many digits as the range has. */
function digitSort(
  numbers: Int32Array,
  range: { readonly least: number; readonly most: number },
  scratch: SortScratch,
): void {
  const length = numbers.length
  const { least, most } = range
  if (scratch.spare.length < length) scratch.spare = new Int32Array(length * 2)
  const { counts } = scratch
  let from: Int32Array = numbers
  let into: Int32Array = scratch.spare
  for (let shift = 0; shift < 32 && (most - least) >>> shift > 0; shift += digitBits) {
    counts.fill(0)
    for (let index = 0; index < length; index++) {
      const digit = (((from[index] ?? 0) - least) >>> shift) & (digits - 1)
      counts[digit] = (counts[digit] ?? 0) + 1
    }
    let before = 0
    for (let digit = 0; digit < digits; digit++) {
      const count = counts[digit] ?? 0
      counts[digit] = before
      before += count
    }
    for (let index = 0; index < length; index++) {
      const number = from[index] ?? 0
      const digit = ((number - least) >>> shift) & (digits - 1)
      const slot = counts[digit] ?? 0
      into[slot] = number
      counts[digit] = slot + 1
    }
    ;[from, into] = [into, from]
  }
  if (from !== numbers) numbers.set(from.subarray(0, length))
}
