import type { PostgresView } from '../database/table-store.ts'
import type { Transaction } from '../database/transaction.ts'

/**
 * Writes rows of a large batch while the rest of it is still being decided, so that the database and this process work at the
 * same time. A savepoint stands before them: a call that is refused as a whole takes them back.
 */
export class EarlyWrites {
  readonly #view: PostgresView
  readonly #sent: Promise<unknown>[] = []
  /** The first failures; what is sent after one fails only because of it. */
  readonly #failures: unknown[] = []

  constructor(view: PostgresView) {
    this.#view = view
  }

  /** Sends what the view has to write by now; waits for nothing. */
  write(tx: Transaction): void {
    if (this.#sent.length === 0) this.#send(tx.query('savepoint before_rows'))
    this.#send(this.#view.flush(tx))
  }

  /** Does `work` and rejects with the failure of an early write, if one was its cause. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } finally {
      await Promise.all(this.#sent)
      if (this.#failures.length > 0) throw this.#failures[0]
    }
  }

  /** Undoes all that was written early. */
  takenBack(tx: Transaction): Promise<unknown>[] {
    return this.#sent.length === 0 ? [] : [tx.query('rollback to savepoint before_rows')]
  }

  #send(sending: Promise<unknown>): void {
    this.#sent.push(sending.catch((error: unknown) => this.#failures.push(error)))
  }
}
