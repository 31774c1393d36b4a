/**
 * A PostgreSQL array literal: a whole column of a batch as one parameter. `plain` values (numbers, booleans, instants,
 * dates) need no quotes. O(total length).
 */
export function arrayLiteral(values: readonly (string | null)[], plain: boolean): string {
  if (plain) return `{${values.map((value) => value ?? 'NULL').join(',')}}`
  return `{${values.map((value) => (value === null ? 'NULL' : `"${escaped(value)}"`)).join(',')}}`
}

const special = /["\\]/

function escaped(value: string): string {
  return special.test(value) ? value.replace(/["\\]/g, '\\$&') : value
}
