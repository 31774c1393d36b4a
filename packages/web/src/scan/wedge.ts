/** Keys of a scanner that types follow each other faster than any hand. */
const gapMsMax = 40
/** Shorter bursts are two keys pressed at once, not a code. */
const lengthMin = 3

export type WedgeOutcome =
  | { readonly kind: 'waiting' }
  /** A whole code was scanned. */
  | { readonly kind: 'scan'; readonly text: string }
  /** A key that is no part of a scan, as far as can be told. */
  | { readonly kind: 'none' }

/**
 * Tells a scanner that types (a "wedge") from a person, by its speed and the Enter at its end. It never depends on where
 * the focus is. `at` is a time in milliseconds of one clock.
 */
export function wedge(): { feed(key: { key: string; ctrlKey: boolean }, at: number): WedgeOutcome } {
  let burst = ''
  let last = Number.NEGATIVE_INFINITY
  return {
    feed(pressed, at) {
      const fast = at - last <= gapMsMax
      last = at
      if (pressed.key === 'Enter') {
        const text = fast ? burst : ''
        burst = ''
        return text.length >= lengthMin ? { kind: 'scan', text } : { kind: 'none' }
      }
      const letter = letterOf(pressed)
      if (letter === undefined) return { kind: burst === '' ? 'none' : 'waiting' }
      burst = fast ? burst + letter : letter
      return { kind: burst.length > 1 ? 'waiting' : 'none' }
    },
  }
}

/** Scanners send the group separator of GS1 symbols as Ctrl and a closing bracket. */
function letterOf({ key, ctrlKey }: { key: string; ctrlKey: boolean }): string | undefined {
  if (ctrlKey) return key === ']' ? '\u001d' : undefined
  return key.length === 1 ? key : undefined
}
