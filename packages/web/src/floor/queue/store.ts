import { Dexie, type EntityTable } from 'dexie'
import type { CaptureRecord, KeptAnswer, ScanRecord } from './capture-record.ts'

class FloorStore extends Dexie {
  readonly captures!: EntityTable<CaptureRecord, 'seq'>
  readonly scans!: EntityTable<ScanRecord, 'no'>
  readonly kept!: EntityTable<KeptAnswer, 'name'>

  constructor() {
    super('lotline-floor')
    // Keys are unique here as well: a scan that is stored twice is an error of ours, and must show.
    this.version(1).stores({ captures: '++seq, &key, state, job', scans: '++no, at', kept: 'name, at' })
  }
}

export const store = new FloorStore()

/** Asks the browser not to throw the store away when the disk is full. */
export async function keepStore(): Promise<void> {
  await navigator.storage?.persist?.()
}
