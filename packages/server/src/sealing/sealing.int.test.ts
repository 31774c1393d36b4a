import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isRefusal } from '@lotline/core/base/refusal'
import { isSignedBy, readCheckpoint, readNote, splitNotes } from '@lotline/core/ledger/checkpoint-note'
import { readKeyChain } from '@lotline/core/ledger/key-chain'
import { provesConsistency, provesInclusion } from '@lotline/core/ledger/merkle-proof'
import { ensureOrganisation, type Organisation } from '../database/organisation.ts'
import { withClient } from '../database/own-connection.ts'
import { testDatabase, type TestDatabase } from '../database/testing.ts'
import { reading } from '../database/transaction.ts'
import { toyCapture, type ToyCommand, toyRules, utcDate } from '../ledger/toy-rules.testing.ts'
import { Writer } from '../ledger/writer.ts'
import { checkSignature } from './ed25519.ts'
import { consistencyOf, inclusionOf } from './proofs.ts'
import { hashesOf } from './sealed-ledger.ts'
import { Sealer } from './sealer.ts'
import { openSigner } from './signer.ts'
import { startSealing } from './sealing.ts'

let database: TestDatabase
let organisation: Organisation
let writer: Writer<ToyCommand>
let folder: string
beforeEach(async () => {
  database = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'lotline-seal-'))
  organisation = await ensureOrganisation(database.pool, 'acme', 'Acme')
  writer = new Writer({ pool: database.pool, organisation, rules: toyRules, dateOf: utcDate })
})
afterEach(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

async function record(count: number): Promise<void> {
  await writer.record(
    Array.from({ length: count }, () => toyCapture('put', 1, 1)),
    'each',
  )
}

async function sealer(): Promise<Sealer> {
  const ledger = { org: organisation.org, kind: 'facts', path: 'acme' } as const
  return new Sealer(database.pool, ledger, await openSigner({ folder }))
}

/** As a superuser would, past all guards. */
async function tamper(text: string): Promise<void> {
  await withClient(database.admin, async (client) => {
    for (const table of ['ledger_leaf', 'subtree', 'checkpoint'])
      await client.query(`alter table ${table} disable trigger all`)
    await client.query(text)
  })
}

const hash = (hex: string) => Buffer.from(hex, 'hex')

test('[F1] checkpoints continue each other over restarts, and every entry is proven against the last', async () => {
  expect(await (await sealer()).seal()).toBe(undefined)
  const sizes: number[] = []
  for (const count of [1, 255, 1, 350]) {
    await record(count)
    const checkpoint = await (await sealer()).seal()
    sizes.push(checkpoint?.size ?? -1)
  }
  expect(sizes).toEqual([1, 256, 257, 607])
  const again = await sealer()
  expect(await again.seal()).toMatchObject({ size: 607 })
  await reading(database.pool, organisation.org, async (reader) => {
    for (const position of [0, 1, 255, 256, 257, 511, 600, 606]) {
      const { leaf, root, path } = await inclusionOf(reader, 'facts', position, 607)
      expect(root).toBe(Buffer.from(again.last?.root ?? []).toString('hex'))
      const claim = { index: position, size: 607, leaf: hash(leaf), root: hash(root), path: path.map(hash) }
      expect(provesInclusion(claim), `position ${position}`).toBe(true)
    }
    for (const from of [1, 256, 257, 300, 512]) {
      const { fromRoot, toRoot, path } = await consistencyOf(reader, 'facts', from, 607)
      const old = { size: from, root: hash(fromRoot) }
      expect(
        provesConsistency({ old, now: { size: 607, root: hash(toRoot) }, path: path.map(hash) }),
        `from ${from}`,
      ).toBe(true)
    }
    const stored = await reader.query<{ level: number; index: string }>(
      'select level, index from subtree order by level, index',
    )
    expect(stored.map(({ level, index }) => `${level}/${index}`)).toEqual(['8/0', '8/1'])
  })
})

test('[F1] the checkpoint in the file, in the table and at the signer are one, signed by a key only its owner can read', async () => {
  await record(3)
  const made = await sealer()
  await made.seal()
  expect((await stat(join(folder, 'checkpoint-key'))).mode & 0o777).toBe(0o600)
  const [noteText = ''] = splitNotes(await readFile(join(folder, 'checkpoints', 'acme.txt'), 'utf8'))
  const rows = await reading(database.pool, organisation.org, (reader) =>
    reader.query<{ note: string; size: string }>('select note, size from checkpoint'),
  )
  expect(rows).toEqual([{ note: noteText, size: '3' }])
  const note = readNote(noteText)
  if (isRefusal(note)) throw new Error(note.message)
  const signer = await openSigner({ folder })
  expect(signer.keys().some((key) => isSignedBy(note, key, checkSignature))).toBe(true)
  expect(readCheckpoint(note.text)).toMatchObject({ origin: `${signer.name}/acme`, size: 3 })
})

test('[F1] the signer refuses a ledger that was cut, rewritten, or put back from an older copy', async () => {
  await record(300)
  await (await sealer()).seal()
  await tamper(`delete from ledger_leaf where position >= 290`)
  await expect((await sealer()).seal()).rejects.toThrow(/has 290 entries, but 300 were signed/)
  await tamper(
    `insert into ledger_leaf select 1, p, sha256('p'), sha256(p::text::bytea) from generate_series(290, 310) p`,
  )
  await expect((await sealer()).seal()).rejects.toThrow(
    /The first 300 entries of .*acme are not those that were signed/,
  )
})

test('[F1] a rewritten leaf is refused where the stored subtree does not hide it, and by the signer of a running server', async () => {
  await record(10)
  const running = await sealer()
  await running.seal()
  await tamper(`update ledger_leaf set leaf = sha256('x') where position = 4`)
  await expect((await sealer()).seal()).rejects.toThrow(/not those that were signed/)
  const signer = await openSigner({ folder })
  const path = await reading(database.pool, organisation.org, (reader) =>
    hashesOf(reader, 'facts', [{ from: 0, to: 8 }]),
  )
  await expect(
    signer.sign({ origin: `${signer.name}/acme`, size: 12, root: hash('00'.repeat(32)) }, path),
  ).rejects.toThrow(/does not continue the 10/)
})

test('[F1] a kill between file and table is made good, and a cut last line is left out', async () => {
  await record(5)
  await (await sealer()).seal()
  await record(300)
  const signer = await openSigner({ folder })
  // What the file knows and the table does not: as if killed before the table was written.
  await (await sealer()).seal()
  await tamper(`delete from checkpoint where size = 305; delete from subtree`)
  await record(1)
  expect(await (await sealer()).seal()).toMatchObject({ size: 306 })
  const file = join(folder, 'checkpoints', 'acme.txt')
  await writeFile(file, `${await readFile(file, 'utf8')}${signer.name}/acme\n99`)
  expect(await (await openSigner({ folder })).last(`${signer.name}/acme`)).toMatchObject({ size: 306 })
  await record(1)
  expect(await (await sealer()).seal()).toMatchObject({ size: 307 })
  expect(await (await openSigner({ folder })).notes(`${signer.name}/acme`)).toHaveLength(4)
})

test('[F1] a new key is handed over to by the old one, and checkpoints of both belong together', async () => {
  await record(2)
  await (await sealer()).seal()
  const signer = await openSigner({ folder })
  const [first] = signer.keys()
  await signer.changeKey()
  await record(2)
  await (await sealer()).seal()
  const again = await openSigner({ folder })
  expect(again.keys()).toHaveLength(2)
  expect(again.keys()[0]).toEqual(first)
  expect(readKeyChain(again.keyNotes(), checkSignature)).toHaveLength(2)
  const notes = await again.notes(`${again.name}/acme`)
  const ids = notes.map((text) => {
    const note = readNote(text)
    return isRefusal(note) ? '' : note.signatures.map(({ keyId }) => keyId).join()
  })
  expect(new Set(ids).size).toBe(2)
  const forged = again.keyNotes().map((note) => note.replace(/^— .*\n/m, ''))
  expect(readKeyChain(forged, checkSignature)).toMatchObject({ refused: true })
  const [one = '', two = ''] = again.keyNotes()
  const alone = two
    .split('\n')
    .filter((line) => !line.includes(`+${ids[0]}+`))
    .join('\n')
  expect(readKeyChain([one, alone], checkSignature)).toMatchObject({ code: 'key_chain_broken' })
})

test('[F1] a running server seals by itself once a thousand entries were added', async () => {
  let size = 0
  const ledger = { org: organisation.org, kind: 'facts', path: 'acme' } as const
  const failed: unknown[] = []
  const sealing = await startSealing({
    pool: database.pool,
    folder,
    ledgers: [{ ledger, size: () => size }],
    note: (_, error) => failed.push(error),
  })
  await record(1_000)
  size = 1_000
  await expect.poll(() => sealing.state('facts').last?.size, { timeout: 10_000 }).toBe(1_000)
  await record(1)
  size = 1_001
  await sealing.close()
  expect(sealing.state('facts')).toMatchObject({ last: { size: 1_001 }, broken: undefined })
  expect(failed).toEqual([])
  const keys = await database.pool.query('select key_id from checkpoint_key')
  expect(keys.rows).toHaveLength(1)
})
