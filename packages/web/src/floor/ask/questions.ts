import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'
import { askKept, type Kept } from './kept-answer.ts'
import type { HeldThing, ListedLine, ListedOrder, ListedPlace, OrderRecord, Rows } from './floor-shapes.ts'

/** Orders kept on the device for the time without a network. */
const ordersKeptMax = 40
const refreshMs = 60_000

function useKept<T>(
  name: string,
  path: string,
  parameters: Readonly<Record<string, string | number>> = {},
  enabled = true,
) {
  return useQuery<Kept<T>>({
    queryKey: ['floor', name],
    queryFn: () => askKept<T>(name, path, parameters),
    retry: false,
    enabled,
  })
}

export function useOrder(code: string | undefined) {
  return useKept<OrderRecord>(
    `order:${code ?? ''}`,
    `/v1/orders/${encodeURIComponent(code ?? '')}`,
    {},
    code !== undefined,
  )
}

export function useOrders() {
  return useKept<Rows<ListedOrder>>('orders', '/v1/orders', { status: 'open', limit: 1_000 })
}

export function useExpected() {
  return useKept<Rows<ListedLine>>('expected', '/v1/order-lines', {
    kind: 'purchase',
    status: 'open',
    open: 'true',
    limit: 1_000,
  })
}

export function usePlaces() {
  return useKept<Rows<ListedPlace>>('places', '/v1/places', { limit: 1_000 })
}

export function useHeld() {
  return useKept<Rows<HeldThing>>('held', '/v1/held', { limit: 1_000 })
}

/** Asks again what a capture may have changed. */
export function useRefresh(): () => void {
  const queries = useQueryClient()
  return useCallback(() => void queries.invalidateQueries({ queryKey: ['floor'] }), [queries])
}

/** Fetches what work without a network needs: open orders with their lots and routes, places, the hold list, what is expected. */
export function useReadyForOffline(): void {
  const orders = useOrders()
  useExpected()
  usePlaces()
  useHeld()
  const refresh = useRefresh()
  useEffect(() => {
    const timer = window.setInterval(refresh, refreshMs)
    return () => window.clearInterval(timer)
  }, [refresh])
  const list = orders.data?.old === false ? orders.data.value : undefined
  useEffect(() => {
    if (list) void keepOrders(list.rows)
  }, [list])
}

async function keepOrders(orders: readonly ListedOrder[]): Promise<void> {
  const work = orders.filter(({ kind }) => kind === 'work' || kind === 'customer' || kind === 'purchase')
  for (const { code } of work.slice(-ordersKeptMax)) {
    const kept = await askKept<OrderRecord>(`order:${code}`, `/v1/orders/${encodeURIComponent(code)}`).catch(
      () => undefined,
    )
    // The network is gone: the others would fail as well.
    if (!kept || kept.old) return
  }
}
