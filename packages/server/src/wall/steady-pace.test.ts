import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { atSteadyPace } from './steady-pace.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

/** After how many milliseconds an answer leaves that takes so long to find. */
async function leavesAfter(milliseconds: number, fails = false): Promise<number> {
  const asked = performance.now()
  let left = 0
  const answer = atSteadyPace(async () => {
    await new Promise((resolve) => setTimeout(resolve, milliseconds))
    if (fails) throw new Error('lost')
  })
    .catch(() => {})
    .finally(() => {
      left = performance.now() - asked
    })
  await vi.advanceTimersByTimeAsync(500)
  await answer
  return left
}

test('[H3] an answer that takes a little longer leaves no later, and neither does a failure', async () => {
  expect(await leavesAfter(3)).toBe(50)
  expect(await leavesAfter(31)).toBe(50)
  expect(await leavesAfter(31, true)).toBe(50)
  expect(await leavesAfter(140)).toBe(150)
})
