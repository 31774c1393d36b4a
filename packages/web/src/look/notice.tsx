import type { ReactNode } from 'react'
import styles from './notice.module.css'

/** What belongs here, why it is not here, and one thing to do. */
export function Notice({
  title,
  text,
  tone,
  children,
}: {
  title: string
  text: string
  tone?: 'stop'
  children?: ReactNode
}) {
  return (
    <section className={styles['notice']} data-tone={tone} role={tone === 'stop' ? 'alert' : undefined}>
      <h1 className={styles['title']}>{title}</h1>
      <p className={styles['text']}>{text}</p>
      {children}
    </section>
  )
}
