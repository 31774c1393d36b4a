import { liveQuery } from 'dexie'
import { useEffect, useState } from 'react'

/** What the device's store holds now, and again whenever it changes, also by another tab. `question` must not change while mounted. */
export function useLive<T>(question: () => Promise<T>, first: T): T {
  const [value, setValue] = useState(first)
  const [ask] = useState(() => question)
  useEffect(() => {
    const watching = liveQuery(ask).subscribe((next) => setValue(() => next))
    return () => watching.unsubscribe()
  }, [ask])
  return value
}
