/**
 * Whoever reads us may stop early, as `head` does. What is still written then is dropped and the work ends as it would
 * have: a server must stop cleanly, and an import must be finished.
 */
export function allowEarlyReader(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
}

/** Writes a result for people or programs. */
export function out(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}

/** Writes a message about the work itself, so that a result can be piped on without it. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** A result for programs: one JSON document. */
export function outJson(value: unknown): void {
  out(JSON.stringify(value, null, 2))
}

const useColour = process.stdout.isTTY === true && !process.env['NO_COLOR']

function coloured(code: number, text: string): string {
  return useColour ? `\u001b[${code}m${text}\u001b[0m` : text
}

export const bold = (text: string): string => coloured(1, text)
export const faint = (text: string): string => coloured(2, text)
export const warning = (text: string): string => coloured(33, text)

/** Rows as a table: columns as wide as their widest cell, numbers to the right. */
export function table(
  heads: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  if (rows.length === 0) return faint('none')
  const cells = rows.map((row) => row.map((cell) => shown(cell)))
  const widths = heads.map((head, at) => Math.max(head.length, ...cells.map((row) => (row[at] ?? '').length)))
  const isNumber = heads.map((_, at) => cells.every((row) => /^-?[\d.]*$/.test(row[at] ?? '')))
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => (isNumber[at] ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd()
  return [bold(line(heads)), ...cells.map(line)].join('\n')
}

// What cannot be seen could move the cursor or hide text; it is shown as its number.
const invisible = /[\p{Cc}\p{Cf}]/gu

function shown(cell: string | number | null): string {
  if (cell === null) return ''
  return String(cell).replace(
    invisible,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
