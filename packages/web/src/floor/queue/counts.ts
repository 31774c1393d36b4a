import type { CaptureRecord } from './capture-record.ts'
import { store } from './store.ts'
import { useLive } from './use-live.ts'

export interface QueueCounts {
  readonly unsent: number
  readonly needsLook: number
}

export function useQueueCounts(): QueueCounts {
  return useLive(
    async () => {
      const unsent = await store.captures.where('state').equals('waiting').count()
      const refused = await store.captures.where('state').equals('refused').toArray()
      return { unsent, needsLook: refused.filter(({ seen }) => seen !== true).length }
    },
    { unsent: 0, needsLook: 0 },
  )
}

/** The captures of one job on this device, oldest first. Mount it anew for another job. */
export function useCapturesOf(job: string): readonly CaptureRecord[] {
  return useLive<readonly CaptureRecord[]>(() => store.captures.where('job').equals(job).sortBy('seq'), [])
}
