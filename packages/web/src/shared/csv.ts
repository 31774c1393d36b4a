/** Spreadsheets run cells that begin so as formulas; an apostrophe keeps them words. */
const formula = /^[=+@\t\r]|^-(?!\d)/

/** One line of CSV (RFC 4180), every cell quoted so that identifiers stay text. Nothing known is an empty cell. */
export function csvLine(cells: readonly (string | number | boolean | null | undefined)[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

function cell(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return ''
  const text = String(value)
  return `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
}

/** `H 1/2` becomes `H-1-2`: a name every file system takes. */
export function fileNamePart(text: string): string {
  return text
    .replace(/[^\p{L}\p{N}._]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
}
