/** How many of two groups have something, and how many there are. */
export interface Counts {
  readonly failingWith: number
  readonly failing: number
  readonly goodWith: number
  readonly good: number
}

/**
 * The chance that at least as many failing units had it, were it shared out without regard to failing: Fisher's exact test,
 * one-sided. O(smaller group). Sums logarithms, so it keeps some twelve digits at any size.
 */
export function fisherEnriched(counts: Counts): number {
  const { failing, good, failingWith, goodWith } = counts
  const having = failingWith + goodWith
  const most = Math.min(failing, having)
  const whole = logChoose(failing + good, having)
  let sum = 0
  for (let with_ = failingWith; with_ <= most; with_++)
    sum += Math.exp(logChoose(failing, with_) + logChoose(good, having - with_) - whole)
  return Math.min(1, sum)
}

export interface OddsRatio {
  readonly value: number
  /** Bounds of the 95 % confidence interval. */
  readonly low: number
  readonly high: number
  /** Whether half a unit was added to each count (Haldane and Anscombe), because one of them is zero. */
  readonly corrected: boolean
}

/** Odds of failing with it against without it, with Woolf's interval on the logarithm. O(1). */
export function oddsRatioOf({ failingWith, failing, goodWith, good }: Counts): OddsRatio {
  const cells = [failingWith, failing - failingWith, goodWith, good - goodWith]
  const corrected = cells.some((cell) => cell === 0)
  const [a = 0, b = 0, c = 0, d = 0] = corrected ? cells.map((cell) => cell + 0.5) : cells
  const log = Math.log((a * d) / (b * c))
  const error = 1.959963984540054 * Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
  return { value: Math.exp(log), low: Math.exp(log - error), high: Math.exp(log + error), corrected }
}

/**
 * Adjusts the chances of many tests: Bonferroni's bounds the chance of even one false finding, Benjamini and Hochberg's the
 * share of false ones among the findings (given in the order of the chances). O(n log n).
 */
export function adjusted(chances: readonly number[]): { bonferroni: number[]; falseDiscovery: number[] } {
  const count = chances.length
  const order = chances.map((_, index) => index).sort((a, b) => (chances[b] ?? 0) - (chances[a] ?? 0))
  const falseDiscovery = chances.map(() => 1)
  let least = 1
  order.forEach((index, at) => {
    least = Math.min(least, ((chances[index] ?? 1) * count) / (count - at))
    falseDiscovery[index] = least
  })
  return { bonferroni: chances.map((chance) => Math.min(1, chance * count)), falseDiscovery }
}

const logFactorials: number[] = [0]

function logChoose(of: number, choose: number): number {
  if (choose < 0 || choose > of) return -Infinity
  for (let next = logFactorials.length; next <= of; next++)
    logFactorials.push((logFactorials[next - 1] ?? 0) + Math.log(next))
  const log = (count: number) => logFactorials[count] ?? 0
  return log(of) - log(choose) - log(of - choose)
}
