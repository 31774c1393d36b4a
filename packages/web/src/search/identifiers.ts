/**
 * Splits what was typed, pasted or scanned into identifiers: by line, tab, comma or semicolon. Blanks stay, since an
 * identifier may hold them; so does the group separator (ASCII 29) of GS1 symbols. Each is kept once, in order.
 */
export function identifiersIn(text: string): string[] {
  const parts = text.split(/[\r\n\t,;]+/).map((part) => part.trim())
  return [...new Set(parts.filter((part) => part !== ''))]
}

/** The inverse, for the search box. */
export function identifiersText(ids: readonly string[]): string {
  return ids.join(', ')
}
