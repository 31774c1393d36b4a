import type { Answers } from '@lotline/core/recall/answers-shape'
import { useTranslation } from 'react-i18next'
import type { Lists } from '../use-answers.ts'
import type { Selection } from '../selection.ts'
import type { Tab } from '../trace-query.ts'
import type { Column } from './column.ts'
import { balanceTerms, useColumns } from './columns.tsx'
import { TablePane } from './table-pane.tsx'

export interface AnswerTablesProps {
  readonly tab: Exclude<Tab, 'tree'>
  readonly lists: Lists
  readonly balance: Answers['balance']
  readonly selection: Selection
  readonly find: string
  readonly onFind: (find: string) => void
  readonly onPin: (id: string, add: boolean) => void
  readonly onHover: (id: string | undefined) => void
  /** Opens the trace of something that is no traceable of this one, such as an order. */
  readonly onTrace: (code: string) => void
  readonly more: boolean
  readonly onMore: () => void
}

/** The table of one answer. Rows of traceables are linked with the graph; an order or balance row leads elsewhere. */
export function AnswerTable(tables: AnswerTablesProps) {
  const { lists, onTrace } = tables
  const columns = useColumns()
  switch (tables.tab) {
    case 'affected':
      return <Linked tables={tables} rows={lists.affected} columns={columns.affected} />
    case 'wentTo':
      return (
        <Linked
          tables={tables}
          rows={lists.wentTo}
          columns={columns.wentTo}
          more={({ shipment, container }) => `${shipment} ${container}`}
        />
      )
    case 'remains':
      return (
        <Linked
          tables={tables}
          rows={lists.remains}
          columns={columns.remains}
          more={({ holder }) => `${holder.kind} ${holder.code}`}
        />
      )
    case 'sources':
      return <Linked tables={tables} rows={lists.sources} columns={columns.sources} />
    case 'orders':
      return (
        <Plain
          tables={tables}
          rows={lists.orders}
          columns={columns.orders}
          rowKey={({ order, item, why }) => `${order} ${item} ${why}`}
          onOpen={({ order }) => onTrace(order)}
        />
      )
    case 'gaps':
      return (
        <Plain
          tables={tables}
          rows={lists.gaps}
          columns={columns.gaps}
          rowKey={({ no }) => String(no)}
          onOpen={({ traceable }, add) => traceable !== null && tables.onPin(traceable, add)}
        />
      )
    case 'balance':
      return (
        <Plain
          tables={tables}
          rows={balanceTerms(tables.balance)}
          columns={columns.balance}
          rowKey={({ key }) => key}
          onOpen={({ item }) => tables.onFind(item)}
        />
      )
  }
}

interface LinkedProps<Row> {
  readonly tables: AnswerTablesProps
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  /** What tells two rows of one traceable apart. */
  readonly more?: (row: Row) => string
}

function Linked<Row extends { readonly id: string }>({ tables, rows, columns, more }: LinkedProps<Row>) {
  const { selection, onPin, onHover } = tables
  return (
    <Plain
      tables={tables}
      rows={rows}
      columns={columns}
      rowKey={(row) => `${row.id} ${more?.(row) ?? ''}`}
      marked={({ id }) => selection.ids.has(id)}
      onOpen={({ id }, add) => onPin(id, add)}
      onHover={(row) => onHover(row?.id)}
    />
  )
}

interface PlainProps<Row> {
  readonly tables: AnswerTablesProps
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  readonly rowKey: (row: Row) => string
  readonly marked?: (row: Row) => boolean
  readonly onOpen: (row: Row, add: boolean) => void
  readonly onHover?: (row: Row | undefined) => void
}

function Plain<Row>({ tables, rows, columns, rowKey, marked, onOpen, onHover }: PlainProps<Row>) {
  const { t } = useTranslation()
  const { tab, find, onFind, more, onMore } = tables
  return (
    <TablePane
      key={tab}
      label={t(`tabs.${tab}`)}
      empty={t(`table.empty_${tab}`)}
      rows={rows}
      columns={columns}
      rowKey={rowKey}
      marked={marked ?? (() => false)}
      onOpen={onOpen}
      {...(onHover && { onHover })}
      find={find}
      onFind={onFind}
      more={more && tab !== 'balance'}
      onMore={onMore}
    />
  )
}
