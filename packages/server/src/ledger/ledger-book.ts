import type { RecordedEvent } from '@lotline/core/ledger/effects'
import { PostgresView } from '../database/table-store.ts'
import { atSize, type Transaction } from '../database/transaction.ts'
import { type Answered, storeAnswers } from './answers.ts'
import { appendEvents, finishLedger } from './append.ts'
import type { Head } from './ledger-head.ts'

/** What is known of the ledger's tables as of a version of its head, and kept for the next batch. */
export interface Known {
  readonly version: string
  readonly view: PostgresView
}

/** Rows that are kept from one batch to the next: some tens of megabytes. */
const rowsKeptMax = 50_000

/**
 * What one batch writes, sent to the database without waiting for it, so that the next stretch is decided meanwhile.
 * Statements of a transaction run in the order they were sent: whatever is read later sees what was written before.
 */
export class LedgerBook {
  readonly tx: Transaction
  readonly head: Head
  readonly view: PostgresView
  readonly #orgCode: string
  readonly #sent: Promise<unknown>[] = []
  #leaf: string
  #next: number

  /** `known` is what the batch before this one knew of the ledger, if nobody else has written since. */
  constructor(tx: Transaction, head: Head, plan: { readonly orgCode: string; readonly known?: Known }) {
    const { orgCode, known } = plan
    this.view = known?.version === head.version ? known.view : new PostgresView('guessing')
    this.tx = atSize(tx, () => this.#next)
    this.head = head
    this.#orgCode = orgCode
    this.#leaf = head.leaf
    this.#next = head.next
  }

  /** From here on everything can be taken back. The lock and the keys stay ours, as they were taken before. */
  begin(): void {
    this.#note([this.tx.query('savepoint before_rows')])
  }

  /** Writes a stretch whole: its events, the rows they changed, and the answers of their keys. */
  write(events: readonly RecordedEvent[], answered: readonly Answered[]): void {
    const { tx, view, head } = this
    const { leaf, sent } = appendEvents(tx, events, this.#orgCode, this.#leaf)
    this.#leaf = leaf
    this.#next += events.length
    this.#note([view.flush(tx), ...sent, ...storeAnswers(tx, answered, head.now)])
    view.forget()
  }

  /** Waits for everything that was sent, the head moved behind it; what is then known holds once the transaction commits. */
  async finish(): Promise<Known | undefined> {
    const { head, view } = this
    const moved =
      this.#next === head.next
        ? head.version
        : finishLedger(this.tx, { ...head, next: this.#next, leaf: this.#leaf })
    const [version] = await Promise.all([moved, ...this.#sent])
    return view.size > rowsKeptMax ? undefined : { version, view }
  }

  /** Takes back what was written since `begin`. */
  async takeBack(): Promise<undefined> {
    await this.tx.query('rollback to savepoint before_rows')
  }

  /** Waits for what was sent; throws what the database said against the first statement it refused. */
  async settled(): Promise<void> {
    await Promise.all(this.#sent)
  }

  #note(sent: readonly Promise<unknown>[]): void {
    for (const each of sent) {
      // Told by `finish` or `settled`; until then a refusal is not unhandled.
      each.catch(() => undefined)
      this.#sent.push(each)
    }
  }
}
