import { useSearch } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { type Label, plainLabel } from '../../scan/label.ts'
import { showFault } from '../cards/refusal-card.ts'

/** A code that was scanned elsewhere and led here is the first scan of this screen, once. */
export function useFirstScan(take: (label: Label) => Promise<unknown>): void {
  const { scan } = useSearch({ strict: false })
  const used = useRef<string>(undefined)
  useEffect(() => {
    if (scan === undefined || used.current === scan) return
    used.current = scan
    take(plainLabel(scan)).catch(showFault)
  }, [scan, take])
}
