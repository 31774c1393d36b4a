/** Does work every so often, never twice at once; a turn that takes long leaves the next ones out. The work says itself what fails. */
export function repeatedly(everyMs: number, work: () => Promise<void>): { end(): Promise<void> } {
  let running: Promise<void> | undefined
  const timer = setInterval(() => {
    running ??= work().finally(() => {
      running = undefined
    })
  }, everyMs).unref()
  return {
    /** No further turn; one that is under way is waited for. */
    end: async () => {
      clearInterval(timer)
      await running
    },
  }
}
