import type { RecordedEvent } from '@lotline/core/ledger/effects'
import { PostgresView } from '../database/table-store.ts'
import { atSize, type Transaction } from '../database/transaction.ts'
import { type Answered, storeAnswers } from './answers.ts'
import { appendEvents, finishLedger } from './append.ts'
import type { Head } from './ledger-head.ts'

/**
 * What one batch writes, sent to the database without waiting for it, so that the next stretch is decided meanwhile.
 * Statements of a transaction run in the order they were sent: whatever is read later sees what was written before.
 */
export class LedgerBook {
  readonly tx: Transaction
  readonly head: Head
  readonly view = new PostgresView('guessing')
  readonly #orgCode: string
  readonly #sent: Promise<unknown>[] = []
  #leaf: string
  #next: number

  constructor(tx: Transaction, head: Head, orgCode: string) {
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

  /** Everything that was sent, and the head moved behind it. */
  finish(): readonly Promise<unknown>[] {
    if (this.#next === this.head.next) return this.#sent
    return [...this.#sent, ...finishLedger(this.tx, { ...this.head, next: this.#next, leaf: this.#leaf })]
  }

  /** Takes back what was written since `begin`. */
  takeBack(): Promise<unknown> {
    return this.tx.query('rollback to savepoint before_rows')
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
