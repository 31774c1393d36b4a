import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../look/notice.tsx'
import { Problem } from '../../shared/problem.ts'
import styles from './trace-page.module.css'

/** What happened, to which thing, why, and what to do now. */
export function ProblemNotice({ fault, onAgain }: { fault: Error; onAgain: () => void }) {
  const { t } = useTranslation()
  const problem = fault instanceof Problem ? fault : undefined
  const unreachable = problem?.code === 'server_unreachable'
  return (
    <Notice
      title={t('strip.missing')}
      text={unreachable ? t('problem.server_unreachable') : fault.message}
      tone="stop"
    >
      <p>{unreachable ? t('problem.server_unreachable_fix') : problem?.fix}</p>
      <p className={styles['muted']}>{t('problem.code', { code: problem?.code ?? 'page_fault' })}</p>
      <Button variant="default" onClick={onAgain}>
        {t('problem.again')}
      </Button>
    </Notice>
  )
}
