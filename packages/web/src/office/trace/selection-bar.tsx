import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Identifier } from '../../look/identifier.tsx'
import { StatusChip } from '../../look/state-chip.tsx'
import { countText, quantityText } from '../../shared/language-formats.ts'
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
  /** The folded box that is pinned, and how many it stands for. */
  readonly fold?: { readonly key: string; readonly count: number } | undefined
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
  readonly onOpen: (box: string) => void
  readonly onList: (box: string) => void
  /** How many units are pinned, and what to do to hear what they have in common. */
  readonly units: number
  readonly onCause: () => void
}

export function SelectionBar({
  pinned,
  isolated,
  onIsolate,
  onUnpin,
  onWhy,
  onTrace,
  onOpen,
  onList,
  units,
  onCause,
}: BarProps) {
  const { t } = useTranslation()
  const { label, kind, item, quantity, status, held, id, more, fold } = pinned
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
        {fold === undefined ? null : (
          <>
            <Button size="xs" variant="default" onClick={() => onOpen(fold.key)}>
              {t('graph.openSome', { number: countText(Math.min(fold.count, 50)) })}
            </Button>
            <Button size="xs" variant="default" onClick={() => onList(fold.key)}>
              {t('graph.list', { number: countText(fold.count) })}
            </Button>
          </>
        )}
        {units < 2 ? null : (
          <Button size="xs" variant="default" onClick={onCause}>
            {t('cause.ask', { number: countText(units) })}
          </Button>
        )}
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
