import type { ReactNode } from 'react'
import styles from './floor.module.css'

interface BigButtonProps {
  readonly onClick: () => void
  readonly children: ReactNode
  /** The one thing to do next on this screen. */
  readonly primary?: boolean
  readonly quiet?: boolean
  /** Why it cannot be used now, in words; then it says so instead of acting. */
  readonly because?: string | undefined
  readonly pressed?: boolean
  readonly wide?: boolean
}

/** A button for gloves: 64 pixels high, the primary one 96. A disabled one says why. */
export function BigButton({ onClick, children, primary, quiet, because, pressed, wide }: BigButtonProps) {
  return (
    <button
      type="button"
      className={styles['big']}
      data-primary={primary || undefined}
      data-quiet={quiet || undefined}
      data-wide={wide || undefined}
      aria-disabled={because !== undefined || undefined}
      aria-pressed={pressed}
      onClick={() => {
        if (because === undefined) onClick()
      }}
    >
      <span>{children}</span>
      {because === undefined ? null : <span className={styles['because']}>{because}</span>}
    </button>
  )
}
