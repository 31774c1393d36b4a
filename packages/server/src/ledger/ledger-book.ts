import type { RecordedEvent } from '@lotline/core/ledger/effects'
import type { PostgresView } from '../database/table-store.ts'
import { atSize, type Transaction } from '../database/transaction.ts'
import { type Answered, storeAnswers } from './answers.ts'
import { appendEvents, finishLedger } from './append.ts'
import type { Head } from './ledger-head.ts'

/** What is known of the ledger's tables as of a version of its head, and kept for the next batch. */
export interface Known {
  readonly version: Promise<string>
  readonly view: PostgresView
}

/** Rows that are kept from one batch to the next: some tens of megabytes. */
const rowsKeptMax = 150_000

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

  /** `view`: empty, or what the batch before this one knew of the tables, if nobody else has written since. */
  constructor(tx: Transaction, head: Head, orgCode: string, view: PostgresView) {
    this.view = view
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

  /** Moves the head behind what was written. What is then known holds once the transaction commits. */
  finish(): Known | undefined {
    const { head, view, tx } = this
    const isSame = this.#next === head.next
    const version = isSame
      ? Promise.resolve(head.version)
      : finishLedger(tx, { ...head, next: this.#next, leaf: this.#leaf })
    tx.leave([...this.#sent, version])
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
