import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { isRefusal } from '@lotline/core/base/refusal'
import { ProblemError } from '@lotline/client/problem'
import { isSignedBy, readCheckpoint, readNote, readVerifierKey } from '@lotline/core/ledger/checkpoint-note'
import { hashOfWords } from '@lotline/core/ledger/hash-words'
import { provesConsistency, provesInclusion } from '@lotline/core/ledger/merkle-proof'
import { checkSignature } from '@lotline/server/sealing/ed25519'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { story } from './story.ts'

interface Sealed {
  readonly origin: string
  readonly size: number
  readonly root: string
  readonly words: readonly string[]
  readonly note: string
}

const hash = (hex: string) => Buffer.from(hex, 'hex')

story(
  '[F1] an auditor keeps a seal, and months later the ledger proves that it still begins with it',
  async (plant) => {
    const { client } = plant
    const seal = () => client.ask<Sealed>({ method: 'POST', path: '/v1/checkpoints', json: {} })
    const nothing = await seal().catch((error: unknown) => error)
    expect(nothing).toBeInstanceOf(ProblemError)
    expect(nothing).toMatchObject({ body: { code: 'nothing_sealed', fix: expect.stringMatching(/./) } })

    await plant.define({ items: { BAR: { unit: 'kg' } }, suppliers: ['MILL'], places: ['STORE'] })
    const then = await seal()
    expect(then.size).toBe(3)
    const receipt = { verb: 'receive', item: 'BAR', supplier: 'MILL', place: 'STORE' } as const
    for (let at = 0; at < 5; at++) await plant.do({ ...receipt, lot: `B-${at}`, quantity: { value: '5' } })
    const now = await seal()
    expect(now.size).toBe(8)
    expect(await seal()).toEqual(now)

    // The note stands for itself: whoever has the public key needs neither server nor database.
    const { keys } = await client.ask<{ keys: { key: string }[] }>({
      method: 'GET',
      path: '/v1/checkpoint-keys',
    })
    const key = readVerifierKey(keys[0]?.key ?? '')
    const note = readNote(now.note)
    if (isRefusal(key) || isRefusal(note)) throw new Error('unreadable')
    expect(isSignedBy(note, key, checkSignature)).toBe(true)
    expect(readCheckpoint(note.text)).toMatchObject({
      origin: now.origin,
      size: 8,
      root: Uint8Array.from(hash(now.root)),
    })
    expect(hashOfWords(now.words.join(' '))).toEqual(Uint8Array.from(hash(now.root)))

    const consistency = await client.ask<{ fromRoot: string; toRoot: string; path: string[] }>({
      method: 'GET',
      path: '/v1/proofs/consistency',
      query: { from: 3 },
    })
    expect([consistency.fromRoot, consistency.toRoot]).toEqual([then.root, now.root])
    expect(
      provesConsistency({
        old: { size: 3, root: hash(then.root) },
        now: { size: 8, root: hash(now.root) },
        path: consistency.path.map(hash),
      }),
    ).toBe(true)
    const proof = await client.ask<{ leaf: string; root: string; path: string[] }>({
      method: 'GET',
      path: '/v1/proofs/inclusion',
      query: { position: 5 },
    })
    expect(
      provesInclusion({
        index: 5,
        size: 8,
        leaf: hash(proof.leaf),
        root: hash(now.root),
        path: proof.path.map(hash),
      }),
    ).toBe(true)

    const beyond = await client
      .ask({ method: 'GET', path: '/v1/proofs/inclusion', query: { position: 8 } })
      .catch((error: unknown) => error)
    expect(beyond).toMatchObject({
      body: { code: 'not_sealed', fix: expect.stringContaining('/v1/checkpoints') },
    })
  },
)

story('[F1] the seal is on screen as words and as a QR code that holds the signed note', async (plant) => {
  await plant.define({ places: ['STORE'] })
  const { note } = await plant.client.ask<Sealed>({
    method: 'POST',
    path: '/v1/checkpoints',
    json: { ledger: 'facts' },
  })
  const answer = await fetch(`${plant.url}/v1/checkpoints/qr`, {
    headers: { authorization: `Bearer ${plant.token}` },
  })
  expect(answer.headers.get('content-type')).toContain('image/svg+xml')
  const svg = await answer.text()
  expect(svg).toMatch(/^<svg[\s\S]*<path/)
  expect(createHash('sha256').update(note).digest('hex')).toMatch(/^[0-9a-f]{64}$/)
  const listed = await plant.client.ask<{ broken: null; checkpoints: Sealed[] }>({
    method: 'GET',
    path: '/v1/checkpoints',
  })
  expect(listed).toMatchObject({ broken: null, checkpoints: [{ size: 1, note }] })

  const before = await plant.client.ask<{ keys: unknown[] }>({ method: 'GET', path: '/v1/checkpoint-keys' })
  const after = await plant.client.ask<{ keys: { note: string }[] }>({
    method: 'POST',
    path: '/v1/checkpoint-keys',
  })
  expect([before.keys.length, after.keys.length]).toEqual([1, 2])
  expect(after.keys[1]?.note.match(/^— /gm)).toHaveLength(2)
})

story(
  '[F1 B2] a certificate that was exchanged on disk is found, and named by the fact that binds it',
  async (plant) => {
    await plant.define({ items: { BAR: { unit: 'kg' } }, suppliers: ['MILL'], places: ['STORE'] })
    await plant.do({
      verb: 'receive',
      item: 'BAR',
      supplier: 'MILL',
      place: 'STORE',
      lot: 'B-1',
      quantity: { value: '5' },
    })
    const headers = { authorization: `Bearer ${plant.token}`, 'content-type': 'text/plain' }
    const stored = await fetch(`${plant.url}/v1/documents?name=cert.txt`, {
      method: 'POST',
      headers,
      body: 'C 0.42',
    })
    const { sha256 }: { sha256: string } = JSON.parse(await stored.text())
    await plant.do({
      verb: 'attach',
      what: 'B-1',
      kind: 'certificate',
      sha256,
      name: 'cert.txt',
      mediaType: 'text/plain',
      size: 6,
    })
    const verify = (json: object = {}) =>
      plant.client.ask<{
        whole: boolean
        ledgers: { documents: number; faults: { kind: string; position: number }[] }[]
      }>({ method: 'POST', path: '/v1/verify', json })
    expect(await verify()).toMatchObject({ whole: true, ledgers: [{ documents: 1, faults: [] }] })
    const path = join(plant.folder, 'documents', sha256)
    expect(await readFile(path, 'utf8')).toBe('C 0.42')
    await writeFile(path, 'C 0.24')
    expect(await verify()).toMatchObject({
      whole: false,
      ledgers: [{ faults: [{ kind: 'document_changed', position: 4 }] }],
    })
    const noNote = await verify({ since: 'nothing' }).catch((error: unknown) => error)
    expect(noNote).toMatchObject({ body: { code: 'checkpoint_unreadable' } })
  },
)
