import type { CauseShape } from '@lotline/core/recall/common-cause-shape'
import { countText } from '../../shared/language-formats.ts'

/** The numbers of a cause as people read them: so many of so many, odds with their interval, a chance of three digits. */
export function causeWords(cause: CauseShape, of: { readonly failing: number; readonly good: number }) {
  const { name, sameCount, failingWith, goodWith, odds, bonferroni } = cause
  return {
    name: sameCount > 0 ? `${name} +${sameCount}` : name,
    failing: `${countText(failingWith)} / ${countText(of.failing)}`,
    good: `${countText(goodWith)} / ${countText(of.good)}`,
    odds: `${short(odds.value)} (${short(odds.low)}–${short(odds.high)})`,
    adjusted: bonferroni < 0.001 ? '< 0.001' : bonferroni.toFixed(3),
  }
}

function short(value: number): string {
  return value >= 100 ? countText(Math.round(value)) : String(Number(value.toPrecision(2)))
}
