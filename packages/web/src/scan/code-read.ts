/** The way a code came in. What a hand typed is told apart for ever: it is recorded as declared, not as scanned. */
export type ReadBy = 'wedge' | 'serial' | 'hid' | 'camera' | 'panel' | 'typed'

/** One code that was read, before anybody knows what it means. */
export interface CodeRead {
  readonly text: string
  readonly by: ReadBy
  /** When it was read, by the clock of the device. */
  readonly at: number
}

type Listener = (read: CodeRead) => void

const listeners = new Set<Listener>()

/** Every source gives its reads here, and whoever works with them listens here: a screen never knows the scanner. */
export function announceRead(text: string, by: ReadBy): void {
  const read = { text, by, at: Date.now() }
  for (const listener of listeners) listener(read)
}

export function onRead(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
