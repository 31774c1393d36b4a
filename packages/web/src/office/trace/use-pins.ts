import { useCallback, useState } from 'react'
import type { Drawing } from './graph/drawing.ts'
import { pinsAfter, useSelection } from './selection.ts'
import type { Change, TraceSearch } from './trace-query.ts'

const none: readonly string[] = []

/** What is pinned stands in the address; what is hovered over or shown alone is of the moment. */
export function usePins(search: TraceSearch, lanes: Drawing | undefined, change: Change) {
  const [hovered, hover] = useState<string>()
  const [alone, setAlone] = useState(false)
  const pins = search.pin ?? none
  const selection = useSelection(lanes, pins)
  const preview = useSelection(lanes, hovered === undefined ? none : [hovered])
  const pin = useCallback(
    (key: string, add: boolean) => change({ pin: pinsAfter(pins, key, add) }),
    [change, pins],
  )
  const unpin = useCallback(() => {
    setAlone(false)
    change({ pin: undefined })
  }, [change])
  const isolate = useCallback(() => setAlone((now) => !now), [])
  const path = hovered === undefined || pins.length > 0 ? selection.path : preview.path
  return { pins, selection, path, alone, pin, unpin, isolate, hover }
}
