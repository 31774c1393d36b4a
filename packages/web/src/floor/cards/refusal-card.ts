import { floorWord } from '../../language/floor-word.ts'
import { language } from '../../language/i18n.ts'
import type { ProblemBody } from '../../shared/problem.ts'
import { Problem } from '../../shared/problem.ts'
import { type Choice, showCard } from './card-state.ts'

/** The red card of a refusal: what happened to which thing, why, and what to do now, as the server says it. */
export function showRefusal(problem: ProblemBody | undefined, choices: readonly Choice[] = []): void {
  const t = language.getFixedT(null, 'floor')
  const code = problem?.code
  showCard({
    kind: 'stop',
    title: titleOf(code),
    text: problem?.detail ?? t('stop.noReason'),
    ...(problem?.fix === undefined ? {} : { fix: problem.fix }),
    ...(code === undefined ? {} : { code }),
    choices,
  })
}

/** The head of a red card: the reason in two or three words, so that it is read from two metres away. */
export function titleOf(code: string | undefined): string {
  const t = language.getFixedT(null, 'floor')
  return floorWord('stop.titles', code ?? '') ?? t('stop.title')
}

export function showFault(fault: unknown): void {
  const t = language.getFixedT(null, 'floor')
  if (fault instanceof Problem && fault.status > 0) {
    showRefusal({
      code: fault.code,
      detail: fault.message,
      ...(fault.fix === undefined ? {} : { fix: fault.fix }),
    })
    return
  }
  showCard({ kind: 'stop', title: t('stop.offline'), text: t('stop.offlineText'), fix: t('stop.offlineFix') })
}
