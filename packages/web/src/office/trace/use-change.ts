import { useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { type Change, readTraceSearch, type Tab } from './trace-query.ts'

/** Changes what stands in the address; everything the screen shows follows from it, so that a link shows the same. */
export function useChange() {
  const navigate = useNavigate({ from: '/trace' })
  const change: Change = useCallback(
    (changes) => {
      void navigate({
        to: '/trace',
        search: (before) => readTraceSearch({ ...before, ...changes }),
        replace: true,
        resetScroll: false,
      })
    },
    [navigate],
  )
  const openTable = useCallback((tab: Tab, find?: string) => change({ tab, find, view: undefined }), [change])
  return useMemo(() => ({ change, openTable }), [change, openTable])
}
