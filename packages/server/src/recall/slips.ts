/** Changed, missing, added or swapped letters (optimal string alignment distance). O(n m). */
export function slipsBetween(left: string, right: string): number {
  let [older, previous]: [number[], number[]] = [[], [...Array(right.length + 1).keys()]]
  for (let i = 1; i <= left.length; i++) {
    const row = [i]
    for (let j = 1; j <= right.length; j++) {
      const change = left[i - 1] === right[j - 1] ? 0 : 1
      let least = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + change)
      const swapped = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]
      if (swapped) least = Math.min(least, (older[j - 2] ?? 0) + 1)
      row.push(least)
    }
    ;[older, previous] = [previous, row]
  }
  return previous[right.length] ?? 0
}
