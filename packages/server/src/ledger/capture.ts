import type { Refusal } from '@lotline/core/base/refusal'
import type { Instant } from '@lotline/core/base/instant'
import type { MutableView } from '@lotline/core/base/view'
import type { GraphChange } from '@lotline/core/genealogy/engine'
import type { Draft, Environment } from '@lotline/core/ledger/decide'
import type { RecordedEvent } from '@lotline/core/ledger/effects'
import type { OrgNo } from '../database/transaction.ts'

/** What somebody asks to have recorded, checked against its verb's schema. */
export interface Capture<Command> {
  readonly command: Command
  /** For the record of refused attempts. */
  readonly verb: string
  /** Idempotency key, made by the client before sending. */
  readonly key: string
  /** SHA-256 of command, canonical body and who acted, in hex: the same key with another print is refused. */
  readonly print: string
  readonly actor: string
  readonly sentBy: string
  /** The server's clock when it arrived. */
  readonly receivedAt: Instant
}

/** What became of one capture. */
export type Outcome =
  | {
      readonly outcome: 'accepted'
      /** The first answer again, to a repeated key. */
      readonly replay: boolean
      readonly event: RecordedEvent
    }
  | { readonly outcome: 'refused'; readonly replay: boolean; readonly refusal: Refusal }
  /** Nothing against it, but another capture of the same all-or-nothing call was refused. Nothing of it is stored. */
  | { readonly outcome: 'withheld' }

/** How the captures of one call belong together. */
export type Together = 'each' | 'all'

/** The rules the writer runs: the catalogue of core, or a toy one in tests. Both functions are pure and may throw `NotLoaded`. */
export interface Rules<Command> {
  decide(command: Command, environment: Environment): Draft | Refusal
  apply(view: MutableView, event: RecordedEvent): GraphChange
}

/** What one commit did, told to followers in order of position. */
export interface Committed {
  readonly org: OrgNo
  /** First position of the commit; it holds `events.length` of them. */
  readonly from: number
  readonly events: readonly RecordedEvent[]
  readonly changes: readonly GraphChange[]
}

/** Another program holds the ledger longer than a capture waits (a rebuild, a very large import): nothing was stored. */
export class LedgerBusy extends Error {
  override name = 'LedgerBusy'
}

/** The connection was lost during commit and the answer could not be found out: ask again with the same key. */
export class OutcomeUnknown extends Error {
  override name = 'OutcomeUnknown'
}
