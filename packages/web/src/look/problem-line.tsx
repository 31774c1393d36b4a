import { useTranslation } from 'react-i18next'
import { Problem } from '../shared/problem.ts'
import styles from './look.module.css'

/** Under a form: what happened, and what to do now. */
export function ProblemLine({ fault }: { fault: Error | null }) {
  const { t } = useTranslation()
  if (!fault) return null
  const unreachable = fault instanceof Problem && fault.code === 'server_unreachable'
  const fix = fault instanceof Problem ? fault.fix : undefined
  return (
    <p className={styles['problem']} role="alert">
      {unreachable ? t('problem.server_unreachable') : fault.message}{' '}
      {unreachable ? t('problem.server_unreachable_fix') : fix}
    </p>
  )
}
