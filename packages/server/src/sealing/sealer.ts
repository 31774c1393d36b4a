import type pg from 'pg'
import type { Checkpoint } from '@lotline/core/ledger/checkpoint-note'
import { consistencyPath } from '@lotline/core/ledger/merkle-proof'
import {
  type Completed,
  GrowingTree,
  type Hash,
  rootOf,
  sameHash,
  type Subtree,
  subtreesOf,
} from '@lotline/core/ledger/merkle-tree'
import { arrayLiteral } from '../database/array-literal.ts'
import { inTransaction, type Reader, reading } from '../database/transaction.ts'
import { hashesOf, isStored, joinQuickly, leavesFrom, type SealedLedger, sizeOf } from './sealed-ledger.ts'
import { SealBroken, type Sealed, type Signer } from './signer.ts'

/** Leaves read at once. */
const leavesPerRead = 10_000

/**
 * Seals one ledger: grows the tree over its leaves, has its root signed, and stores checkpoint and subtrees. One at a time;
 * what is asked for meanwhile is answered by the next.
 */
export class Sealer {
  readonly ledger: SealedLedger
  readonly #pool: pg.Pool
  readonly #signer: Signer
  #tree: GrowingTree | undefined
  #last: Checkpoint | undefined
  #running: Promise<unknown> = Promise.resolve()

  constructor(pool: pg.Pool, ledger: SealedLedger, signer: Signer) {
    this.ledger = ledger
    this.#pool = pool
    this.#signer = signer
  }

  get origin(): string {
    return `${this.#signer.name}/${this.ledger.path}`
  }

  /** The last checkpoint; undefined until there is one. */
  get last(): Checkpoint | undefined {
    return this.#last
  }

  /**
   * Signs the ledger as it stands and gives its checkpoint; the last one again when nothing was added, undefined for an empty
   * ledger. Throws `SealBroken` when the ledger does not continue what was signed before.
   */
  seal(): Promise<Checkpoint | undefined> {
    const next = this.#running.then(() => this.#seal())
    this.#running = next.catch(() => undefined)
    return next
  }

  async #seal(): Promise<Checkpoint | undefined> {
    const { org, kind } = this.ledger
    const tree = (this.#tree ??= await this.#resume())
    const size = await reading(this.#pool, org, (reader) => sizeOf(reader, kind))
    if (size < tree.size) {
      throw new SealBroken(`The ledger ${this.origin} has ${size} entries, but ${tree.size} were signed.`)
    }
    if (size === tree.size) return this.#last
    // Whatever fails from here on leaves a tree that has grown and nothing signed: the next try begins anew.
    this.#tree = undefined
    const before = { size: tree.size, peaks: tree.peaks() }
    const grown = await this.#grow(tree, size)
    const path = pathTo(size, before, grown)
    const next = { origin: this.origin, size, root: tree.root() }
    const sealed = await this.#signer.sign(next, path)
    await this.#store(sealed, grown.stored)
    this.#tree = tree
    this.#last = sealed.checkpoint
    return sealed.checkpoint
  }

  /** The tree at what was signed last, which must be what the ledger still says. */
  async #resume(): Promise<GrowingTree> {
    const { org, kind } = this.ledger
    const last = await this.#signer.last(this.origin)
    const { tree, size } = await reading(this.#pool, org, async (reader) => ({
      tree: await storedTree(reader, this.ledger),
      size: await sizeOf(reader, kind),
    }))
    if (last && size < last.size) {
      throw new SealBroken(
        `The ledger ${this.origin} has ${size} entries, but ${last.size} were signed at ${last.signedAt}: it was cut, or an older copy was put in its place.`,
      )
    }
    if (!last) return new GrowingTree(0, [], joinQuickly)
    const from = tree.size > last.size ? new GrowingTree(0, [], joinQuickly) : tree
    const stored = (await this.#grow(from, last.size)).stored
    if (!sameHash(from.root(), last.root)) {
      throw new SealBroken(`The first ${last.size} entries of ${this.origin} are not those that were signed.`)
    }
    await this.#storeSubtrees(stored)
    this.#last = last
    return from
  }

  /** Adds leaves up to `size`; keeps what must be stored, and what a proof of the new tree will name. */
  async #grow(tree: GrowingTree, size: number): Promise<Grown> {
    const { org, kind } = this.ledger
    const wanted = new Set(consistencyPath(tree.size, size).flatMap((range) => subtreesOf(range).map(nameOf)))
    const stored: Completed[] = []
    const named = new Map<string, Hash>()
    while (tree.size < size) {
      const from = tree.size
      const limit = Math.min(leavesPerRead, size - from)
      const leaves = await reading(this.#pool, org, (reader) => leavesFrom(reader, kind, from, limit))
      if (leaves.length === 0) throw new SealBroken(`The ledger ${this.origin} ends before ${size}.`)
      for (const hash of leaves) {
        const leaf = { level: 0, index: tree.size, hash }
        for (const each of [leaf, ...tree.append(hash)]) {
          if (isStored(each)) stored.push(each)
          if (wanted.has(nameOf(each))) named.set(nameOf(each), each.hash)
        }
      }
    }
    return { stored, named }
  }

  async #store({ checkpoint, note, keyId, signedAt }: Sealed, subtrees: readonly Completed[]): Promise<void> {
    const { org, kind } = this.ledger
    await this.#storeSubtrees(subtrees)
    await inTransaction(this.#pool, org, (tx) =>
      tx.query(
        `insert into checkpoint (org_id, ledger, size, root, note, signed_at, key_id)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
        [org, kind, checkpoint.size, Buffer.from(checkpoint.root), note, signedAt, keyId],
      ),
    )
  }

  async #storeSubtrees(subtrees: readonly Completed[]): Promise<void> {
    const { org, kind } = this.ledger
    if (subtrees.length === 0) return
    const texts = (of: (each: Completed) => string) => arrayLiteral(subtrees.map(of), true)
    await inTransaction(this.#pool, org, (tx) =>
      tx.query(
        `insert into subtree (org_id, ledger, level, index, hash)
         select $1::bigint, $2, level, index, decode(hash, 'hex')
           from unnest($3::smallint[], $4::bigint[], $5::text[]) as given(level, index, hash) on conflict do nothing`,
        [
          org,
          kind,
          texts(({ level }) => String(level)),
          texts(({ index }) => String(index)),
          texts(({ hash }) => Buffer.from(hash).toString('hex')),
        ],
      ),
    )
  }
}

interface Grown {
  readonly stored: readonly Completed[]
  readonly named: ReadonlyMap<string, Hash>
}

/** The proof that the grown tree continues the one before: its parts are peaks of that one, or were completed since. */
function pathTo(size: number, before: { size: number; peaks: readonly Completed[] }, grown: Grown): Hash[] {
  const peaks = new Map(before.peaks.map((peak) => [nameOf(peak), peak.hash]))
  return consistencyPath(before.size, size).map((range) => {
    const parts = subtreesOf(range).map((part) => grown.named.get(nameOf(part)) ?? peaks.get(nameOf(part)))
    return rootOf(
      parts.filter((part) => part !== undefined),
      joinQuickly,
    )
  })
}

/** The tree at the last checkpoint that is stored with its subtrees. */
async function storedTree(reader: Reader, { kind }: SealedLedger): Promise<GrowingTree> {
  const rows = await reader.query<{ size: string | null }>(
    'select max(size) as size from checkpoint where org_id = $1 and ledger = $2',
    [reader.org, kind],
  )
  const size = Math.min(Number(rows[0]?.size ?? 0), await sizeOf(reader, kind))
  const ranges = subtreesOf({ from: 0, to: size }).map(({ level, index }) => ({
    from: index * 2 ** level,
    to: (index + 1) * 2 ** level,
  }))
  return new GrowingTree(size, await hashesOf(reader, kind, ranges), joinQuickly)
}

function nameOf({ level, index }: Subtree): string {
  return `${level}/${index}`
}
