import { CloseButton, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { countText } from '#shared/language-formats.ts'
import { arranged, type Column, type Sorting } from './column.ts'
import styles from './table-pane.module.css'
import { VirtualTable } from './virtual-table.tsx'

interface TablePaneProps<Row> {
  readonly label: string
  readonly empty: string
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  readonly rowKey: (row: Row) => string
  readonly marked: (row: Row) => boolean
  readonly onOpen: (row: Row, add: boolean) => void
  readonly onHover?: (row: Row | undefined) => void
  readonly find: string
  readonly onFind: (find: string) => void
  readonly more: boolean
  readonly onMore: () => void
}

/** A table with what finds and counts its rows. */
export function TablePane<Row>(pane: TablePaneProps<Row>) {
  const { t } = useTranslation()
  const { rows, columns, find, onFind, more } = pane
  const [sorting, setSorting] = useState<Sorting>()
  const shown = useMemo(() => arranged(rows, columns, { find, sorting }), [rows, columns, find, sorting])
  return (
    <div className={styles['pane']}>
      <div className={styles['tools']}>
        <TextInput
          size="xs"
          className={styles['find']}
          aria-label={t('table.filter')}
          placeholder={t('table.filter')}
          value={find}
          onChange={(event) => onFind(event.currentTarget.value)}
          rightSection={
            find === '' ? null : (
              <CloseButton size="xs" aria-label={t('table.clearFilter')} onClick={() => onFind('')} />
            )
          }
        />
        <span className={styles['count']} role="status">
          {find !== ''
            ? t('table.filtered', { number: countText(shown.length), total: countText(rows.length) })
            : more
              ? t('table.rowsLoaded', { number: countText(rows.length) })
              : t('table.rows', { count: rows.length, number: countText(rows.length) })}
        </span>
      </div>
      <VirtualTable
        label={pane.label}
        rows={shown}
        columns={columns}
        rowKey={pane.rowKey}
        empty={find === '' ? pane.empty : t('table.noMatch', { text: find })}
        marked={pane.marked}
        sorting={sorting}
        onSort={setSorting}
        onOpen={pane.onOpen}
        {...(pane.onHover && { onHover: pane.onHover })}
        {...(more && { onEnd: pane.onMore })}
      />
    </div>
  )
}
