import { language } from '../../language/i18n.ts'
import type { ProblemBody } from '../../shared/problem.ts'
import type { Asked } from '../queue/capture-record.ts'
import { record, type Settled } from '../queue/queue.ts'
import { whoNow } from '../station/who.ts'
import { showCard } from './card-state.ts'
import { showRefusal } from './refusal-card.ts'

export interface CaptureAbout {
  /** What is sent in order: the order, else the thing. */
  readonly job: string
  /** What was done with which thing, in full: the words of the green card. */
  readonly words: string
  /** More to say once it is recorded, such as the numbers that were given. */
  readonly after?: (made: readonly string[]) => string | undefined
  /** A refusal that a person can answer: gives true when it showed its own question. */
  readonly mend?: (problem: ProblemBody) => boolean
}

/** Records what was done and shows the card: done, kept until there is a network, or refused with reason and remedy. */
export async function captureWithCard(command: Asked, about: CaptureAbout): Promise<Settled> {
  const { job, words, after, mend } = about
  const settled = await record(command, { job, words, ...whoNow() })
  window.dispatchEvent(new Event('lotline-floor-changed'))
  if (settled.kind === 'refused') {
    const { problem } = settled.record
    const asked = problem !== undefined && (mend?.(problem) === true || askNew(command, about, problem))
    if (!asked) showRefusal(problem)
    return settled
  }
  const more = after?.(settled.record.made ?? [])
  showCard({
    kind: 'done',
    title: words,
    ...(more === undefined ? {} : { text: more }),
    kept: settled.kind === 'kept',
    undo: settled.record,
  })
  return settled
}

/** A new code that looks like one that is known: the person who has the label in the hand says which it is. */
function askNew(command: Asked, about: CaptureAbout, problem: ProblemBody): boolean {
  if (problem.code !== 'lot_looks_alike') return false
  const t = language.getFixedT(null, 'floor')
  showCard({
    kind: 'look',
    title: t('look.alike'),
    text: problem.detail ?? '',
    choices: [
      {
        label: t('look.isNew', { code: problem.value ?? '' }),
        // Verbs that ask about look-alikes have this field.
        act: async () => void (await captureWithCard({ ...command, confirmNew: true } as Asked, about)),
      },
    ],
  })
  return true
}
