import { useTranslation } from 'react-i18next'
import styles from './graph.module.css'

const bases = ['recorded', 'prorata', 'worst'] as const

export function Legend() {
  const { t } = useTranslation()
  return (
    <ul className={styles['legend']} aria-label={t('graph.legend')}>
      {bases.map((basis) => (
        <li key={basis} className={styles['link']} data-basis={basis}>
          <svg width="28" height="8" aria-hidden="true">
            <path className={styles['line']} d="M0 4H28" />
          </svg>
          {t(`graph.${basis}`)}
        </li>
      ))}
    </ul>
  )
}
