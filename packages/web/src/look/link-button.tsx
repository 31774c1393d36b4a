import type { ReactNode } from 'react'
import styles from './look.module.css'

interface LinkButtonProps {
  readonly onClick: () => void
  readonly children: ReactNode
  /** What it is called for those who cannot see the row it stands in. */
  readonly label?: string
  /** For words that open something below them. */
  readonly expanded?: boolean
  readonly controls?: string
}

/** Words that lead somewhere on this very screen. */
export function LinkButton({ onClick, children, label, expanded, controls }: LinkButtonProps) {
  return (
    <button
      type="button"
      className={styles['linkButton']}
      onClick={onClick}
      aria-label={label}
      aria-expanded={expanded}
      aria-controls={controls}
    >
      {children}
    </button>
  )
}
