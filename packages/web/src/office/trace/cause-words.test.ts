import type { CauseShape } from '@lotline/core/recall/common-cause-shape'
import { expect, test } from 'vitest'
import { causeWords } from './cause-words.ts'

test('[C8] a cause says how many of how many, its odds with their interval, and its chance', () => {
  const cause: CauseShape = {
    kind: 'lot',
    ...{ id: '7', name: 'L-7', item: null, same: [], sameCount: 2, explainedBy: null },
    ...{
      failingWith: 9,
      goodWith: 1,
      chance: 1e-7,
      bonferroni: 0.0123,
      falseDiscovery: 0.01,
      significant: true,
    },
    odds: { value: 1234.5, low: 10.4, high: 99.5, corrected: false },
  }
  expect(causeWords(cause, { failing: 10, good: 2_000 })).toEqual({
    name: 'L-7 +2',
    failing: '9 / 10',
    good: '1 / 2,000',
    odds: '1,235 (10–100)',
    adjusted: '0.012',
  })
  expect(causeWords({ ...cause, bonferroni: 1e-9 }, { failing: 10, good: 20 }).adjusted).toBe('< 0.001')
})
