import { exitCodes } from './exit-code.ts'
import { say } from './terminal.ts'

/** How long a clean stop may take before a person may end it by force. */
const patienceMs = 20_000

const signals = ['SIGTERM', 'SIGINT'] as const

/**
 * Resolves at the first signal to stop. Ctrl-C reaches npm and us, and npm passes its own on, so repeats are one wish: they
 * are ignored while the stop is under way, else the database would stay behind. Only when the stop has taken longer than
 * 20 seconds does a further signal end the program at once.
 */
export function stopSignal(): Promise<void> {
  let askedAt: number | undefined
  return new Promise((resolve) => {
    const stop = () => {
      if (askedAt === undefined) {
        askedAt = performance.now()
        say('Stopping ...')
        resolve()
      } else if (performance.now() - askedAt > patienceMs) {
        say('Ended before everything was stopped; the next start will put it in order.')
        process.exit(exitCodes.failed)
      }
    }
    for (const signal of signals) process.on(signal, stop)
  })
}
