import { Sign } from './icons.tsx'
import styles from './look.module.css'
import { wordFor } from '../language/word-for.ts'

/** What a state asks of people; normal asks nothing and stays grey. */
export type Tone = 'normal' | 'attention' | 'stop' | 'done' | 'practice'

const signs = { attention: 'triangle', stop: 'octagon', done: 'check', practice: 'frame' } as const

/** Colour never stands alone: the sign's shape and the word say the same. */
export function Chip({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={styles['chip']} data-tone={tone}>
      {tone === 'normal' ? null : <Sign name={signs[tone]} />}
      {children}
    </span>
  )
}

export function toneOf(status: string | null, held: boolean): Tone {
  if (held) return 'stop'
  switch (status) {
    case 'held':
    case 'failed':
    case 'rejected':
    case 'expired':
    case 'recalled':
    case 'quarantine':
      return 'stop'
    case 'pending':
    case 'unknown':
      return 'attention'
    default:
      return 'normal'
  }
}

/** The disposition of a lot, in the shop's word for it. */
export function StatusChip({ status, held }: { status: string | null; held: boolean }) {
  const shown = held ? 'held' : (status ?? 'unknown')
  return <Chip tone={toneOf(status, held)}>{wordFor('status', shown)}</Chip>
}
