import { useRouterState } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useExpected, useOrder, useOrders, usePlaces } from '../ask/questions.ts'

export interface PracticeLabel {
  readonly code: string
  readonly about: string
}

const perGroup = 6

/** Labels of things that are really there: open work and its lots, what is expected, places. */
export function usePracticeLabels(): readonly {
  readonly title: string
  readonly labels: readonly PracticeLabel[]
}[] {
  const { t } = useTranslation('floor')
  const order = useRouterState({
    select: ({ location }) => /^\/floor\/job\/([^/]+)/.exec(location.pathname)?.[1],
  })
  const orders = useOrders()
  const expected = useExpected()
  const places = usePlaces()
  const here = useOrder(order === undefined ? undefined : decodeURIComponent(order))
  const work = (orders.data?.value.rows ?? []).filter(({ kind }) => kind === 'work' || kind === 'customer')
  const lots = (here.data?.value.orderLines ?? []).flatMap(({ lots: each }) => each.slice(0, 3))
  const arriving = expected.data?.value.rows ?? []
  const groups = [
    {
      title: t('scanner.lots'),
      labels: lots.map((lot) => ({ code: lot.code, about: `${lot.item} · ${lot.quantity} ${lot.unit}` })),
    },
    {
      title: t('scanner.jobs'),
      labels: work
        .toReversed()
        .slice(0, perGroup)
        .map(({ code, item, party }) => ({ code, about: item ?? party ?? '' })),
    },
    {
      title: t('scanner.arriving'),
      labels: arriving
        .slice(0, perGroup)
        .map((line) => ({ code: line.orderCode, about: `${line.item} · ${line.party ?? ''}` })),
    },
    {
      title: t('scanner.places'),
      labels: (places.data?.value.rows ?? [])
        .filter(({ kind }) => kind !== 'site')
        .slice(0, 12)
        .map(({ code, name }) => ({ code, about: name })),
    },
  ]
  return groups.filter(({ labels }) => labels.length > 0)
}
