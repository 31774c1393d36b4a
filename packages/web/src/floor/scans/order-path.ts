/** The screen that an order opens, by its kind. */
export function orderPath(code: string, kind: string) {
  if (kind === 'purchase' || kind === 'subcontract')
    return { to: '/floor/receive', search: { scan: code } } as const
  if (kind === 'customer') return { to: '/floor/ship', search: { scan: code } } as const
  return { to: '/floor/job/$order', params: { order: code } } as const
}
