import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'

/** Opens the trace of some identifiers: a new question, so that no pin or table of the last one stays. */
export function useOpenTrace(): (ids: readonly string[], all?: boolean) => void {
  const navigate = useNavigate()
  return useCallback(
    (ids, all = false) => {
      if (ids.length === 0) return
      void navigate({ to: '/trace', search: { id: ids, ...(all && { all: true as const }) } })
    },
    [navigate],
  )
}
