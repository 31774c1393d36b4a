/** Answers to people outside leave at multiples of this, counted from the question. */
const paceMs = 50

/**
 * Holds an answer back to the next beat. Looking up what another company has takes a little longer than looking up what
 * nobody has, because the wall is asked about a row that exists; so the time of an answer shall not tell which it was.
 */
export async function atSteadyPace<T>(work: () => Promise<T>): Promise<T> {
  const asked = performance.now()
  const beat = () => {
    const late = (performance.now() - asked) % paceMs
    return new Promise<void>((resolve) => setTimeout(resolve, paceMs - late))
  }
  try {
    return await work()
  } finally {
    await beat()
  }
}
