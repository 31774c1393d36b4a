const digitBits = 11
const digitMask = (1 << digitBits) - 1
/** Below this many numbers, insertion is quicker than counting digits. */
const insertionMax = 24

/** Working memory of `sortNumbers`, kept from call to call. */
export class SortScratch {
  counts = new Int32Array(1 << digitBits)
  spare = new Int32Array(4096)
}

/**
 * Sorts non-negative numbers of a part of a column in place: by their digits, because the built-in sort of typed arrays
 * takes longer than the whole search whose result it would put in order. What is sorted already costs one look. O(n) for
 * each 11 bits by which the numbers differ.
 */
export function sortNumbers(numbers: Int32Array, begin: number, end: number, scratch: SortScratch): void {
  let differing = 0
  let isSorted = true
  const first = numbers[begin] ?? 0
  for (let index = begin + 1; index < end; index++) {
    const number = numbers[index] ?? 0
    differing |= number ^ first
    if (number < (numbers[index - 1] ?? 0)) isSorted = false
  }
  if (isSorted) return
  if (end - begin <= insertionMax) insertionSort(numbers, begin, end)
  else digitSort(numbers.subarray(begin, end), differing, scratch)
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

/** Counting sort digit by digit, the lowest first; digits in which all numbers agree are passed over. */
function digitSort(numbers: Int32Array, differing: number, scratch: SortScratch): void {
  const length = numbers.length
  if (scratch.spare.length < length) scratch.spare = new Int32Array(length * 2)
  const { counts } = scratch
  let from = numbers
  let into = scratch.spare.subarray(0, length)
  for (let shift = 0; shift < 31; shift += digitBits) {
    if (((differing >>> shift) & digitMask) === 0) continue
    counts.fill(0)
    for (let index = 0; index < length; index++) {
      const digit = ((from[index] ?? 0) >>> shift) & digitMask
      counts[digit] = (counts[digit] ?? 0) + 1
    }
    let before = 0
    for (let digit = 0; digit <= digitMask; digit++) {
      const count = counts[digit] ?? 0
      counts[digit] = before
      before += count
    }
    for (let index = 0; index < length; index++) {
      const number = from[index] ?? 0
      const digit = (number >>> shift) & digitMask
      const slot = counts[digit] ?? 0
      into[slot] = number
      counts[digit] = slot + 1
    }
    ;[from, into] = [into, from]
  }
  if (from !== numbers) numbers.set(from)
}
