/** Numbers as a PostgreSQL array: one text, whatever their count. */
export function numberList(numbers: Iterable<number>): string {
  return `{${[...numbers].join(',')}}`
}
