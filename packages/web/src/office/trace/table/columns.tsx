import type { Answers, BalanceRow } from '@lotline/core/recall/answers-shape'
import { useMemo } from 'react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { Identifier } from '#look/identifier.tsx'
import { Sign } from '#look/icons.tsx'
import { Chip, StatusChip } from '#look/state-chip.tsx'
import { dayText, decimalText, momentText, quantityText } from '#shared/language-formats.ts'
import { isZero } from '../balance-parts.ts'
import type { Column } from './column.ts'
import { wordFor } from '#language/word-for.ts'

type Lists = Answers['answers']
type RowOf<Name extends keyof Lists> = Lists[Name][number]

interface Amount {
  readonly value: string
  readonly unit: string
}

/** The columns of every table of an answer, in the words of the person. */
export function useColumns() {
  const { t } = useTranslation()
  return useMemo(() => columnsIn(t), [t])
}

type Words = TFunction<'translation'>

function columnsIn(t: Words) {
  return {
    affected: affectedColumns(t),
    wentTo: wentToColumns(t),
    remains: remainsColumns(t),
    orders: orderColumns(t),
    sources: sourceColumns(t),
    gaps: gapColumns(t),
    balance: balanceColumns(t),
  }
}

function affectedColumns(t: Words): Column<RowOf<'affected'>>[] {
  return [
    codeColumn(t),
    itemColumn(t, ({ item, kind }) => [item ?? wordFor('kind', kind)]),
    amountColumn('quantity', t('column.quantity'), ({ quantity }) => quantity),
    {
      key: 'ring',
      label: t('column.ring'),
      text: ({ ring }) => t(`ring.${ring}`),
      width: 96,
      grow: 1,
    },
    {
      key: 'status',
      label: t('column.status'),
      text: ({ status, held, marks }) => statusText(t, held ? 'held' : status, marks.length > 0),
      cell: ({ status, held, marks }) =>
        marks.length > 0 && !held ? (
          <Chip tone="attention">{statusText(t, status, true)}</Chip>
        ) : (
          <StatusChip status={status} held={held} />
        ),
      width: 96,
      grow: 1,
    },
    {
      key: 'place',
      label: t('column.place'),
      text: ({ place }) => place ?? t('nowhere'),
      width: 112,
      grow: 1.3,
    },
  ]
}

/** The disposition, and that the route was left in its making. */
function statusText(t: Words, status: string, bypassed: boolean): string {
  const word = wordFor('status', status)
  return bypassed ? t('bypassed', { status: word }) : word
}

function wentToColumns(t: Words): Column<RowOf<'wentTo'>>[] {
  return [
    codeColumn(t),
    {
      key: 'customer',
      label: t('column.customer'),
      text: ({ customer }) => customer.name || customer.code,
      width: 140,
      grow: 1.5,
    },
    amountColumn('quantity', t('column.quantity'), ({ quantity }) => quantity),
    {
      key: 'shipment',
      label: t('column.shipment'),
      text: ({ shipment }) => shipment,
      cell: ({ shipment }) => <Identifier code={shipment} />,
      width: 112,
      grow: 1,
    },
    {
      key: 'shippedAt',
      label: t('column.shippedAt'),
      text: ({ shippedAt }) => momentText(shippedAt),
      order: ({ shippedAt }) => shippedAt,
      width: 152,
      grow: 1,
    },
    {
      key: 'deliveredAt',
      label: t('column.deliveredAt'),
      text: ({ deliveredAt }) => momentText(deliveredAt),
      order: ({ deliveredAt }) => deliveredAt ?? '',
      width: 152,
      grow: 1,
    },
    amountColumn('returned', t('column.returned'), ({ returned }) => returned),
    {
      key: 'container',
      label: t('column.container'),
      text: ({ container }) => container ?? '–',
      cell: ({ container }) => (container === null ? '–' : <Identifier code={container} />),
      width: 120,
      grow: 1.5,
    },
  ]
}

function remainsColumns(t: Words): Column<RowOf<'remains'>>[] {
  return [
    codeColumn(t),
    itemColumn(t, ({ item }) => [item]),
    amountColumn('quantity', t('column.quantity'), ({ quantity }) => quantity),
    {
      key: 'holder',
      label: t('column.holder'),
      text: ({ holder }) => `${holder.name || holder.code}, ${wordFor('holder', holder.kind)}`,
      width: 152,
      grow: 2,
    },
    amountColumn('reserved', t('column.reserved'), ({ reserved }) => reserved),
    {
      key: 'status',
      label: t('column.status'),
      text: ({ held }) => (held ? t('status.held') : '–'),
      cell: ({ held }) => (held ? <StatusChip status="held" held /> : '–'),
      width: 80,
      grow: 0.7,
    },
    {
      key: 'ring',
      label: t('column.ring'),
      text: ({ ring }) => t(`ring.${ring}`),
      width: 96,
      grow: 1,
    },
  ]
}

function orderColumns(t: Words): Column<RowOf<'orders'>>[] {
  return [
    {
      key: 'order',
      label: t('column.order'),
      text: ({ order }) => order,
      cell: ({ order }) => <Identifier code={order} strong />,
      width: 120,
      grow: 1,
    },
    {
      key: 'kind',
      label: t('column.kind'),
      text: ({ kind }) => wordFor('kind', kind),
      width: 112,
      grow: 1,
    },
    itemColumn(t, ({ item }) => [item]),
    {
      key: 'dueOn',
      label: t('column.dueOn'),
      text: ({ dueOn }) => dayText(dueOn),
      order: ({ dueOn }) => dueOn ?? '9999',
      width: 112,
      grow: 1,
    },
    { key: 'why', label: t('column.why'), text: ({ why }) => t(`why.${why}`), width: 112, grow: 1 },
    {
      key: 'lots',
      label: t('column.lots'),
      text: ({ lots }) => lots.join(', ') || '–',
      width: 140,
      grow: 2,
    },
  ]
}

function sourceColumns(t: Words): Column<RowOf<'sources'>>[] {
  return [
    codeColumn(t),
    {
      key: 'kind',
      label: t('column.kind'),
      text: ({ kind }) => wordFor('kind', kind),
      width: 104,
      grow: 1,
    },
    itemColumn(t, ({ item }) => [item]),
    {
      key: 'supplier',
      label: t('column.supplier'),
      text: ({ supplier }) => supplier ?? t('notRecorded'),
      width: 140,
      grow: 1.5,
    },
    amountColumn('quantity', t('column.quantity'), ({ quantity }) => quantity),
    {
      key: 'ring',
      label: t('column.ring'),
      text: ({ ring }) => t(`ring.${ring}`),
      width: 96,
      grow: 1,
    },
  ]
}

function gapColumns(t: Words): Column<RowOf<'gaps'>>[] {
  return [
    {
      key: 'gap',
      label: t('column.gap'),
      wrap: true,
      text: ({ detail }) => detail,
      cell: ({ detail }) => (
        <span style={{ display: 'flex', gap: 8, color: 'var(--ink-attention)' }}>
          <span style={{ flex: 'none', paddingTop: 2 }}>
            <Sign name="triangle" />
          </span>
          <span style={{ color: 'var(--ink-text)' }}>{detail}</span>
        </span>
      ),
      width: 200,
      grow: 2,
    },
    { key: 'fix', label: t('column.fix'), text: ({ fix }) => fix, wrap: true, width: 200, grow: 2 },
    {
      key: 'code',
      label: t('column.code'),
      text: ({ code }) => code ?? '–',
      cell: ({ code }) => (code === null ? '–' : <Identifier code={code} />),
      width: 112,
      grow: 1,
    },
    {
      key: 'happenedAt',
      label: t('column.happenedAt'),
      text: ({ happenedAt }) => momentText(happenedAt),
      order: ({ happenedAt }) => happenedAt,
      width: 152,
      grow: 1,
    },
  ]
}

/** What each item's balance is made of: one row per term, the rest last. */
export interface BalanceTerm {
  readonly key: string
  readonly item: string
  readonly unit: string
  readonly term: string
  readonly quantity: string
}

export function balanceTerms(rows: readonly BalanceRow[]): BalanceTerm[] {
  return rows.flatMap(({ item, unit, terms, unexplained }) =>
    [...Object.entries(terms), ['unexplained', unexplained] as const].map(([term, quantity]) => ({
      key: `${item} ${term}`,
      item,
      unit,
      term,
      quantity,
    })),
  )
}

function balanceColumns(t: Words): Column<BalanceTerm>[] {
  return [
    {
      key: 'item',
      label: t('column.item'),
      text: ({ item }) => item,
      cell: ({ item }) => <Identifier code={item} strong />,
      width: 140,
      grow: 1.5,
    },
    {
      key: 'term',
      label: t('column.term'),
      text: ({ term }) => wordFor('balance', term),
      width: 120,
      grow: 1,
    },
    {
      key: 'quantity',
      label: t('column.quantity'),
      text: ({ quantity, unit }) => `${decimalText(quantity)} ${unit}`,
      order: ({ quantity }) => Number(quantity),
      right: true,
      cell: ({ quantity, unit, term }) => (
        <span
          style={
            term === 'unexplained' && !isZero(quantity)
              ? { color: 'var(--ink-attention)', fontWeight: 600 }
              : undefined
          }
        >
          {decimalText(quantity)} {unit}
        </span>
      ),
      width: 120,
      grow: 1,
    },
  ]
}

function codeColumn<Row extends { readonly code: string }>(t: Words): Column<Row> {
  return {
    key: 'code',
    label: t('column.code'),
    text: ({ code }) => code,
    cell: ({ code }) => <Identifier code={code} strong />,
    width: 120,
    grow: 1.5,
  }
}

function itemColumn<Row>(t: Words, of: (row: Row) => readonly (string | null)[]): Column<Row> {
  return {
    key: 'item',
    label: t('column.item'),
    text: (row) =>
      of(row)
        .flatMap((part) => part ?? [])
        .join(' ') || t('notRecorded'),
    width: 112,
    grow: 1.5,
  }
}

function amountColumn<Row>(key: string, label: string, of: (row: Row) => Amount | null): Column<Row> {
  return {
    key,
    label,
    right: true,
    text: (row) => quantityText(of(row)),
    order: (row) => Number(of(row)?.value ?? -1),
    cell: (row) => {
      const amount = of(row)
      return key !== 'quantity' && amount && isZero(amount.value) ? '–' : quantityText(amount)
    },
    width: 104,
    grow: 0.9,
  }
}
