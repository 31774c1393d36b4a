import { csvLine } from '../../shared/csv.ts'

/** A cell of an exported row: amounts as two columns, lists joined, all else as it is. */
type Cell = string | number | boolean | null

/**
 * Writes objects as CSV with one column per field, in the order the first rows name them; an amount becomes its value and,
 * beside it, its unit. Nothing is left out and nothing is rounded. O(rows * fields).
 */
export function csvOf(rows: readonly object[]): string {
  const flat = rows.map((row) => flatRow(row))
  const names = [...new Set(flat.flatMap((row) => [...row.keys()]))]
  return csvLine(names) + flat.map((row) => csvLine(names.map((name) => row.get(name)))).join('')
}

function flatRow(row: object): Map<string, Cell> {
  const cells = new Map<string, Cell>()
  for (const [name, value] of Object.entries(row)) addCells(cells, name, value)
  return cells
}

function addCells(cells: Map<string, Cell>, name: string, value: unknown): void {
  if (Array.isArray(value)) cells.set(name, value.join(' '))
  else if (typeof value === 'object' && value !== null) {
    for (const [part, inner] of Object.entries(value))
      addCells(cells, part === 'value' ? name : `${name}.${part}`, inner)
  } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    cells.set(name, value)
  else cells.set(name, null)
}
