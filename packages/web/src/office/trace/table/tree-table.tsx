import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Identifier } from '#look/identifier.tsx'
import { StatusChip, toneOf } from '#look/state-chip.tsx'
import type { Drawing } from '../graph/drawing.ts'
import { countText, quantityText, shareText } from '#shared/language-formats.ts'
import type { Selection } from '../selection.ts'
import type { Direction } from '../trace-query.ts'
import { type TreeRow, treeRows } from '../tree-rows.ts'
import type { Column } from './column.ts'
import { VirtualTable } from './virtual-table.tsx'
import styles from './virtual-table.module.css'
import { wordFor } from '#language/word-for.ts'

interface TreeTableProps {
  readonly lanes: Drawing
  readonly direction: Direction
  readonly selection: Selection
  readonly onPin: (key: string, add: boolean) => void
  readonly onHover: (key: string | undefined) => void
}

/** The graph in words: the same boxes and links, for whoever cannot or need not see the drawing. */
export function TreeTable({ lanes, direction, selection, onPin, onHover }: TreeTableProps) {
  const { t } = useTranslation()
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const rows = useMemo(() => treeRows(lanes, direction, closed), [lanes, direction, closed])
  const columns = useTreeColumns()
  const toggle = ({ key, expanded }: TreeRow): void =>
    setClosed((before) => new Set(expanded ? [...before, key] : [...before].filter((one) => one !== key)))
  return (
    <VirtualTable
      label={t('graph.label')}
      rows={rows}
      columns={columns}
      rowKey={({ key }) => key}
      empty={t('table.empty_tree')}
      marked={({ node }) => selection.boxes.has(node.key)}
      onOpen={({ node }, add) => onPin(node.key, add)}
      onHover={(row) => onHover(row?.node.key)}
      tree={{ level: ({ level }) => level, expanded: ({ expanded }) => expanded, toggle }}
    />
  )
}

function useTreeColumns(): Column<TreeRow>[] {
  const { t } = useTranslation()
  return useMemo(
    () => [
      {
        key: 'code',
        label: t('column.code'),
        text: ({ node }) => node.label,
        cell: ({ node, seenAbove }) => (
          <span className={styles['treeCell']}>
            {node.kind === 'process' ? node.label : <Identifier code={node.label} strong />}
            {node.count > 1 ? (
              <span className={styles['quiet']}>{t('table.foldOf', { number: countText(node.count) })}</span>
            ) : null}
            {seenAbove ? <span className={styles['quiet']}>{t('table.seenAbove')}</span> : null}
            {toneOf(node.status, node.held ?? false) === 'normal' ? null : (
              <StatusChip status={node.status} held={node.held ?? false} />
            )}
          </span>
        ),
        width: 220,
        grow: 3,
      },
      {
        key: 'item',
        label: t('column.item'),
        text: ({ node }) => node.item ?? wordFor('kind', node.kind),
        width: 112,
        grow: 1,
      },
      {
        key: 'quantity',
        label: t('column.quantity'),
        text: ({ edge, node }) => quantityText(edge?.quantity ?? node.quantity),
        right: true,
        width: 96,
        grow: 0.8,
      },
      {
        key: 'share',
        label: t('column.share'),
        text: ({ edge }) => (edge?.shared ? shareText(edge.shareOfSource) : '–'),
        right: true,
        width: 104,
        grow: 0.7,
      },
      {
        key: 'basis',
        label: t('column.basis'),
        text: ({ edge }) => (edge ? t(`evidence.${edge.evidence}`) : '–'),
        width: 96,
        grow: 0.8,
      },
    ],
    [t],
  )
}
