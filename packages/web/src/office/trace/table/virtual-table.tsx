import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Sign } from '#look/icons.tsx'
import type { Column, Sorting } from './column.ts'
import styles from './virtual-table.module.css'

/** How rows hang below each other, for a table that is a tree. */
export interface TreeOf<Row> {
  readonly level: (row: Row) => number
  /** Undefined for a row without branches. */
  readonly expanded: (row: Row) => boolean | undefined
  readonly toggle: (row: Row) => void
}

export interface TableProps<Row> {
  readonly label: string
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  readonly rowKey: (row: Row) => string
  readonly empty: string
  readonly marked: (row: Row) => boolean
  readonly sorting?: Sorting | undefined
  readonly onSort?: (sorting: Sorting | undefined) => void
  readonly onOpen: (row: Row, add: boolean) => void
  readonly onHover?: (row: Row | undefined) => void
  /** Called when the last rows come into sight. */
  readonly onEnd?: () => void
  readonly tree?: TreeOf<Row>
}

/**
 * A table of any length: only the rows in sight are in the page. One stop for the Tab key; arrows (or j and k) walk,
 * Enter opens. On a narrow screen each row becomes a small card with its column names.
 */
export function VirtualTable<Row>(table: TableProps<Row>) {
  const { rows, columns, rowKey, tree } = table
  const scroll = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(0)
  const name = useId()
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => 32,
    overscan: 12,
    getItemKey: (at) => {
      const row = rows[at]
      return row === undefined ? at : rowKey(row)
    },
  })
  const items = virtual.getVirtualItems()
  useEnd(items.at(-1)?.index ?? 0, table)
  useMarkedInSight(table, (at) => virtual.scrollToIndex(at, { align: 'auto' }))

  const walk = (event: KeyboardEvent<HTMLDivElement>): void =>
    walked(event, table, active, (next) => {
      setActive(next)
      virtual.scrollToIndex(next, { align: 'auto' })
    })
  return (
    <div
      ref={scroll}
      className={styles['scroll']}
      role={tree ? 'treegrid' : 'grid'}
      aria-label={table.label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={items.some(({ index }) => index === active) ? `${name}-${active}` : undefined}
      tabIndex={0}
      onKeyDown={walk}
      onMouseLeave={() => table.onHover?.(undefined)}
      style={trackVariables(columns)}
    >
      <Head table={table} />
      {rows.length === 0 ? (
        <Empty words={table.empty} columns={columns.length} />
      ) : (
        <div role="rowgroup" className={styles['body']} style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, key, start }) => {
            const row = rows[index]
            if (row === undefined) return null
            return (
              <div
                key={key}
                id={`${name}-${index}`}
                ref={virtual.measureElement}
                data-index={index}
                {...rowAttributes(table, row, index)}
                data-active={index === active || undefined}
                style={{ transform: `translateY(${start}px)` }}
                onClick={(event) => (setActive(index), table.onOpen(row, event.shiftKey))}
              >
                <Cells table={table} row={row} />
              </div>
            )
          })}
        </div>
      )}
    </div>
  )
}

function trackVariables<Row>(columns: readonly Column<Row>[]) {
  return {
    '--tracks': columns.map(({ width, grow }) => `minmax(${width}px, ${grow}fr)`).join(' '),
    '--least': `${columns.reduce((sum, { width }) => sum + width, 0)}px`,
  }
}

function rowAttributes<Row>({ marked, tree, onHover }: TableProps<Row>, row: Row, index: number) {
  return {
    role: 'row',
    className: styles['row'],
    'aria-rowindex': index + 2,
    'aria-selected': marked(row),
    'aria-level': tree?.level(row),
    'aria-expanded': tree?.expanded(row),
    onMouseEnter: () => onHover?.(row),
  }
}

function walked<Row>(
  event: KeyboardEvent<HTMLDivElement>,
  { rows, tree, onOpen }: TableProps<Row>,
  active: number,
  go: (row: number) => void,
): void {
  if (event.target !== event.currentTarget) return
  const next = nextRow(event.key, active, rows.length)
  const row = rows[active]
  if (next !== undefined) go(next)
  else if (row !== undefined && event.key === 'Enter') onOpen(row, event.shiftKey)
  else if (row !== undefined && tree && opens(event.key, tree.expanded(row))) tree.toggle(row)
  else return
  event.preventDefault()
  event.stopPropagation()
}

function Cells<Row>({ table: { columns, tree }, row }: { table: TableProps<Row>; row: Row }) {
  return columns.map((column, at) => (
    <div
      key={column.key}
      role="gridcell"
      className={styles['cell']}
      data-right={column.right || undefined}
      data-wrap={column.wrap || undefined}
      data-label={column.label}
      style={tree && at === 0 ? { paddingInlineStart: 8 + 16 * (tree.level(row) - 1) } : undefined}
    >
      {tree && at === 0 ? <Toggle tree={tree} row={row} /> : null}
      <span className={styles['said']} title={column.wrap ? undefined : column.text(row)}>
        {column.cell ? column.cell(row) : column.text(row)}
      </span>
    </div>
  ))
}

function useEnd<Row>(last: number, { rows, onEnd }: TableProps<Row>): void {
  useEffect(() => {
    if (last >= rows.length - 20) onEnd?.()
  }, [last, rows.length, onEnd])
}

/** What is pinned in the graph comes into sight in the table. */
function useMarkedInSight<Row>({ rows, marked }: TableProps<Row>, show: (at: number) => void): void {
  const first = rows.findIndex((row) => marked(row))
  const latest = useRef(show)
  latest.current = show
  useEffect(() => {
    if (first >= 0) latest.current(first)
  }, [first])
}

function Head<Row>({ table: { columns, sorting, onSort } }: { table: TableProps<Row> }) {
  const { t } = useTranslation()
  return (
    <div role="rowgroup" className={styles['head']}>
      <div role="row" aria-rowindex={1} className={styles['headRow']}>
        {columns.map(({ key, label, right }) => {
          const sorted = sorting?.key === key ? sorting : undefined
          return (
            <div
              key={key}
              role="columnheader"
              className={styles['cell']}
              data-right={right || undefined}
              aria-sort={sorted ? (sorted.down ? 'descending' : 'ascending') : onSort ? 'none' : undefined}
            >
              {onSort ? (
                <button
                  type="button"
                  className={styles['sort']}
                  onClick={() => onSort(nextSorting(key, sorted))}
                >
                  {label}
                  {sorted ? (
                    <span aria-label={t(sorted.down ? 'table.sortedDown' : 'table.sortedUp')}>
                      {sorted.down ? '↓' : '↑'}
                    </span>
                  ) : null}
                </button>
              ) : (
                label
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function Toggle<Row>({ tree, row }: { tree: TreeOf<Row>; row: Row }) {
  const expanded = tree.expanded(row)
  if (expanded === undefined) return <span className={styles['leaf']} />
  return (
    <span
      className={styles['toggle']}
      aria-hidden="true"
      onClick={(event) => {
        event.stopPropagation()
        tree.toggle(row)
      }}
    >
      <Sign name={expanded ? 'down' : 'right'} />
    </span>
  )
}

function Empty({ words, columns }: { words: string; columns: number }) {
  return (
    <div role="rowgroup">
      <div role="row">
        <div role="gridcell" aria-colspan={columns} className={styles['empty']}>
          {words}
        </div>
      </div>
    </div>
  )
}

function nextSorting(key: string, sorted: Sorting | undefined): Sorting | undefined {
  if (!sorted) return { key, down: false }
  return sorted.down ? undefined : { key, down: true }
}

function nextRow(key: string, active: number, count: number): number | undefined {
  const pageRows = 15
  const to = (at: number): number => Math.max(0, Math.min(count - 1, at))
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return to(active + 1)
    case 'ArrowUp':
    case 'k':
      return to(active - 1)
    case 'PageDown':
      return to(active + pageRows)
    case 'PageUp':
      return to(active - pageRows)
    case 'Home':
      return 0
    case 'End':
      return to(count - 1)
    default:
      return undefined
  }
}

function opens(key: string, expanded: boolean | undefined): boolean {
  if (expanded === undefined) return false
  return expanded ? key === 'ArrowLeft' || key === 'c' : key === 'ArrowRight' || key === 'e'
}
