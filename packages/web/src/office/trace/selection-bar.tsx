import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Identifier } from '../../look/identifier.tsx'
import { StatusChip } from '../../look/state-chip.tsx'
import { quantityText } from '../../shared/language-formats.ts'
import styles from './trace-page.module.css'
import { wordFor } from '../../language/word-for.ts'

/** What is pinned last, in words, whichever of graph and table it was pinned in. */
export interface Pinned {
  readonly label: string
  readonly kind: string
  readonly item: string | null
  readonly quantity: { readonly value: string; readonly unit: string } | null
  readonly status: string | null
  readonly held: boolean
  /** Number of a traceable to ask about; undefined for a process or place. */
  readonly id: string | undefined
  /** How many more are pinned with it. */
  readonly more: number
}

interface BarProps {
  readonly pinned: Pinned
  readonly isolated: boolean
  readonly onIsolate: () => void
  readonly onUnpin: () => void
  readonly onWhy: () => void
  readonly onTrace: () => void
}

export function SelectionBar({ pinned, isolated, onIsolate, onUnpin, onWhy, onTrace }: BarProps) {
  const { t } = useTranslation()
  const { label, kind, item, quantity, status, held, id, more } = pinned
  const about = [wordFor('kind', kind), item ?? '', quantity ? quantityText(quantity) : '']
  return (
    <div className={styles['selection']} role="region" aria-label={t('graph.pinned', { label })}>
      <span className={styles['selected']}>
        <Identifier code={label} strong />
        <span className={styles['muted']}>{about.filter((part) => part !== '').join(' · ')}</span>
        {kind === 'process' || status === null ? null : <StatusChip status={status} held={held} />}
        {more > 0 ? <span className={styles['muted']}>{t('trace.andMore', { count: more })}</span> : null}
      </span>
      <span className={styles['controls']}>
        {id === undefined ? null : (
          <>
            <Button size="xs" variant="default" onClick={onWhy}>
              {t('graph.why')}
            </Button>
            <Button size="xs" variant="default" onClick={onTrace}>
              {t('graph.traceThis')}
            </Button>
          </>
        )}
        <Button size="xs" variant="default" aria-pressed={isolated} onClick={onIsolate}>
          {t(isolated ? 'graph.showAll' : 'graph.isolate')}
        </Button>
        <Button size="xs" variant="subtle" onClick={onUnpin}>
          {t('graph.unpin')}
        </Button>
      </span>
    </div>
  )
}
