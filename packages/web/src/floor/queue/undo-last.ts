import { language } from '../../language/i18n.ts'
import { cardNow, showCard } from '../cards/card-state.ts'
import { showRefusal } from '../cards/refusal-card.ts'
import { whoNow } from '../station/who.ts'
import type { CaptureRecord } from './capture-record.ts'
import { undo } from './queue.ts'

/** Takes back what the card on the screen says was done: by a correction that stays on record, or, unsent, by not sending it. */
export async function undoLast(): Promise<void> {
  const card = cardNow()
  if (card?.kind === 'done' && card.undo !== undefined) await undoRecord(card.undo)
}

export async function undoRecord(done: CaptureRecord): Promise<void> {
  const t = language.getFixedT(null, 'floor')
  const who = whoNow()
  const words = t('undo.words', { what: done.words })
  const settled = await undo(done, {
    job: done.job,
    words,
    ...who,
    reason: t('undo.reason'),
  })
  if (settled === 'withdrawn') showCard({ kind: 'done', title: words, text: t('undo.withdrawn') })
  else if (settled.kind === 'refused') showRefusal(settled.record.problem)
  else showCard({ kind: 'done', title: words, kept: settled.kind === 'kept' })
  window.dispatchEvent(new Event('lotline-floor-changed'))
}
