import type pg from 'pg'
import { type Checkpoint, keyIdOf } from '@lotline/core/ledger/checkpoint-note'
import type { LedgerKind, SealedLedger } from './sealed-ledger.ts'
import { Sealer } from './sealer.ts'
import { openSigner, SealBroken, type Signer, type SignerPlan } from './signer.ts'

/** A ledger is sealed once so many entries were added, or once so much time has passed since the first of them. */
export const entriesPerSeal = 1_000
export const secondsPerSeal = 60

const tickMs = 1_000

/** What is known of the seal of one ledger. */
export interface SealState {
  readonly ledger: SealedLedger
  readonly origin: string
  readonly last: Checkpoint | undefined
  /** Why nothing is signed any more: the ledger does not continue what was signed. */
  readonly broken: string | undefined
}

/** Seals ledgers by themselves as they grow, and on demand. */
export interface Sealing {
  readonly signer: Signer
  /** Seals now, and gives the checkpoint; undefined for an empty ledger. */
  seal(kind: LedgerKind): Promise<Checkpoint | undefined>
  state(kind: LedgerKind): SealState
  states(): readonly SealState[]
  changeKey(): Promise<void>
  /** Seals what is left and stops. */
  close(): Promise<void>
}

export interface SealingPlan extends SignerPlan {
  readonly pool: pg.Pool
  readonly ledgers: readonly {
    readonly ledger: SealedLedger
    /** How many entries it has, as far as is known without asking the database. */
    readonly size: () => number
  }[]
  readonly note: (message: string, error: unknown) => void
}

interface Watched {
  readonly sealer: Sealer
  readonly size: () => number
  grownAt: number | undefined
  broken: string | undefined
}

/** Opens the signer and begins to watch. The first seal of a ledger reads all of its leaves; later ones what was added. */
export async function startSealing(plan: SealingPlan): Promise<Sealing> {
  const signer = await openSigner(plan)
  await storeKeys(plan.pool, signer)
  const watched = plan.ledgers.map(({ ledger, size }): Watched => ({
    sealer: new Sealer(plan.pool, ledger, signer),
    size,
    grownAt: undefined,
    broken: undefined,
  }))
  const sealNow = async (each: Watched) => {
    each.grownAt = undefined
    try {
      const checkpoint = await each.sealer.seal()
      each.broken = undefined
      return checkpoint
    } catch (error) {
      if (error instanceof SealBroken) each.broken = error.message
      throw error
    }
  }
  const tick = () => {
    for (const each of watched) {
      if (!isDue(each, performance.now())) continue
      sealNow(each).catch((error: unknown) => plan.note(`${each.sealer.origin} could not be sealed.`, error))
    }
  }
  const timer = setInterval(tick, tickMs)
  const of = (kind: LedgerKind) => watched.find(({ sealer }) => sealer.ledger.kind === kind)
  const known = (kind: LedgerKind): Watched => {
    const each = of(kind)
    if (!each) throw new SealBroken(`There is no ledger ${kind} here.`)
    return each
  }
  return {
    signer,
    seal: (kind) => sealNow(known(kind)),
    state: (kind) => stateOf(known(kind)),
    states: () => watched.map(stateOf),
    changeKey: async () => {
      await signer.changeKey()
      await storeKeys(plan.pool, signer)
    },
    close: async () => {
      clearInterval(timer)
      for (const each of watched) {
        await sealNow(each).catch((error: unknown) =>
          plan.note(`${each.sealer.origin} could not be sealed at the end.`, error),
        )
      }
    },
  }
}

function isDue(each: Watched, now: number): boolean {
  const added = each.size() - (each.sealer.last?.size ?? 0)
  if (added <= 0) return false
  each.grownAt ??= now
  // A broken ledger is looked at once a minute, and not for every thousand entries.
  if (added >= entriesPerSeal && each.broken === undefined) return true
  return now - each.grownAt >= secondsPerSeal * 1_000
}

function stateOf({ sealer, broken }: Watched): SealState {
  return { ledger: sealer.ledger, origin: sealer.origin, last: sealer.last, broken }
}

/** The database holds the public keys too, so that a copy of it can be verified by itself. */
export async function storeKeys(pool: pg.Pool, signer: Signer): Promise<void> {
  const ids = signer.keys().map(keyIdOf)
  for (const [ordinal, note] of signer.keyNotes().entries()) {
    await pool.query(
      'insert into checkpoint_key (key_id, ordinal, note) values ($1, $2, $3) on conflict (installation, ordinal) do nothing',
      [ids[ordinal], ordinal, note],
    )
  }
}
