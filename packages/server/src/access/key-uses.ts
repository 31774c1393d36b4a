import type { Accounts } from './account.ts'
import { changing } from './account.ts'
import { noteKeyUse } from './api-key.ts'
import { audit, type AuditEntry } from './audit-log.ts'

/** Uses alike within this time are counted, and written together at its end. */
const windowMs = 60_000

/** How many kinds of use are counted at once: whoever tries ever new paths fills neither memory nor trail. */
const countedMax = 5_000

/** One way in which a key was used, or failed to be. */
export interface KeyUse extends Pick<AuditEntry, 'actor' | 'about' | 'address' | 'request'> {
  readonly kind: 'key-used' | 'key-refused'
  /** Beginning of the secret that was shown. */
  readonly prefix: string
}

/**
 * Keeps every use of keys in the audit trail. The first of a kind (key, what it did, from where) is written before it is
 * answered; those that follow within the minute are counted, and their number is written when it is over. A program that
 * asks a thousand times a minute so costs two entries.
 */
export class KeyUses {
  readonly #accountsOf: () => Accounts
  readonly #counted = new Map<string, { readonly use: KeyUse; more: number }>()
  readonly #timer: NodeJS.Timeout
  readonly #failed: (error: unknown) => void

  constructor(accountsOf: () => Accounts, failed: (error: unknown) => void) {
    this.#accountsOf = accountsOf
    this.#failed = failed
    this.#timer = setInterval(() => void this.flush().catch(failed), windowMs)
    this.#timer.unref()
  }

  async note(use: KeyUse): Promise<void> {
    const kind = `${use.kind} ${use.prefix} ${use.about} ${use.address}`
    const known = this.#counted.get(kind)
    if (known) {
      known.more++
      return
    }
    if (this.#counted.size >= countedMax) await this.flush()
    this.#counted.set(kind, { use, more: 0 })
    await this.#write(use).catch((error: unknown) => {
      // What could not be written must not count as written.
      this.#counted.delete(kind)
      throw error
    })
  }

  /** Writes what was counted, and begins to count anew. */
  async flush(): Promise<void> {
    const counted = [...this.#counted.values()]
    this.#counted.clear()
    for (const { use, more } of counted) {
      if (more > 0) await this.#write(use, more)
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.flush().catch(this.#failed)
  }

  #write({ prefix, ...entry }: KeyUse, more?: number): Promise<void> {
    return changing(this.#accountsOf(), async (tx) => {
      await audit(tx, { ...entry, prefix, ...(more === undefined ? {} : { times: more }) })
      if (entry.kind === 'key-used') await noteKeyUse(tx, prefix, entry.address ?? '')
    })
  }
}
