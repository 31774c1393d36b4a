import type { Answers } from '@lotline/core/recall/answers-shape'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../look/state-chip.tsx'
import { countText, momentText } from '../../shared/language-formats.ts'
import styles from './trace-page.module.css'

/** Says whether the answer is whole; when links are missing it opens the list that mends them. */
export function Completeness({ answers, onGaps }: { answers: Answers; onGaps: () => void }) {
  const { t } = useTranslation()
  const { gaps } = answers.summary
  return (
    <span className={styles['standing']}>
      {gaps > 0 ? (
        <button
          type="button"
          className={styles['chipButton']}
          onClick={onGaps}
          title={t('completeness.gapsTitle')}
        >
          <Chip tone="attention">{t('completeness.gaps', { count: gaps, number: countText(gaps) })}</Chip>
        </button>
      ) : null}
      {answers.reasons.includes('behind') ? (
        <span title={t('completeness.behindTitle')}>
          <Chip tone="attention">{t('completeness.behind')}</Chip>
        </span>
      ) : null}
      {!answers.complete && gaps === 0 && !answers.reasons.includes('behind') ? (
        <Chip tone="attention">{t('completeness.incomplete')}</Chip>
      ) : null}
      {answers.complete ? (
        <span title={t('completeness.completeTitle')}>
          <Chip tone="normal">{t('completeness.complete')}</Chip>
        </span>
      ) : null}
      <span
        className={styles['muted']}
        title={`${t('trace.positionTitle')}. ${momentText(answers.happenedAsOf)}`}
      >
        {t('trace.position', { position: countText(answers.position) })}
      </span>
      {answers.query.asKnownOn === null ? null : (
        <Chip tone="practice">{t('trace.knownOn', { position: countText(answers.query.asKnownOn) })}</Chip>
      )}
    </span>
  )
}
