import type { ReactNode } from 'react'
import styles from './look.module.css'

/** Words that lead somewhere on this very screen. */
export function LinkButton({
  onClick,
  children,
  label,
}: {
  onClick: () => void
  children: ReactNode
  label?: string
}) {
  return (
    <button type="button" className={styles['linkButton']} onClick={onClick} aria-label={label}>
      {children}
    </button>
  )
}
