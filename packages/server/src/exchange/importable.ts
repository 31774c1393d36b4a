import type { Refusal } from '@lotline/core/base/refusal'
import type { ImportRecord } from './import-record.ts'

/** A file that was read from end to end and found good: its records can be captured, as often as asked. */
export interface Importable {
  /** Records that `records` will give. */
  readonly total: number
  /** What the file holds beside them that is no fact of the ledger, by name. */
  readonly skipped: Readonly<Record<string, number>>
  records(): AsyncIterable<ImportRecord> | Iterable<ImportRecord>
}

export type Opened = Importable | Refusal
