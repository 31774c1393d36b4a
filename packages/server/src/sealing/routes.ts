import { Type } from 'typebox'
import { refuse, type Refusal } from '@lotline/core/base/refusal'
import { keyIdOf, verifierKeyText } from '@lotline/core/ledger/checkpoint-note'
import { wordsOf } from '@lotline/core/ledger/hash-words'
import { type Endpoint, endpoint } from '../endpoint/endpoint.ts'
import { type Reader, reading } from '../database/transaction.ts'
import type { Plant } from '../plant/plant.ts'
import { beyondSeal, consistencyOf, inclusionOf } from './proofs.ts'
import { qrCode } from './qr-code.ts'
import type { LedgerKind } from './sealed-ledger.ts'
import type { Sealing } from './sealing.ts'

const shared = { resource: 'ledger', tag: 'Sealing' } as const
const strict = { additionalProperties: false } as const
const Ledger = Type.Optional(Type.Literal('facts'))
const Hashes = Type.Array(Type.String(), { description: 'SHA-256 hashes in hex' })
const Sealed = Type.Object({
  origin: Type.String({ description: 'Name of the installation and the ledger' }),
  size: Type.Integer({ description: 'Entries it covers' }),
  root: Type.String({ description: 'Root of the RFC 6962 tree over them, hex' }),
  words: Type.Array(Type.String(), { description: 'The root as words that can be read out' }),
  signedAt: Type.Union([Type.String(), Type.Null()]),
  note: Type.String({ description: 'The signed checkpoint (C2SP tlog-checkpoint): keep it elsewhere' }),
})

/** Signed checkpoints of the ledgers, and proofs against them. */
export function sealingRoutes(plantOf: () => Plant, sealingOf: () => Sealing): readonly Endpoint[] {
  return [
    ...checkpointRoutes(plantOf, sealingOf),
    ...keyRoutes(sealingOf),
    ...proofRoutes(plantOf, sealingOf),
  ]
}

function checkpointRoutes(plantOf: () => Plant, sealingOf: () => Sealing): readonly Endpoint[] {
  const query = Type.Object({ ledger: Ledger }, strict)
  return [
    endpoint({
      ...shared,
      method: 'GET',
      path: '/v1/checkpoints',
      action: 'read',
      summary: 'The newest signed checkpoints of a ledger, and whether it still continues them',
      query: Type.Object(
        { ledger: Ledger, limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })) },
        strict,
      ),
      gives: Type.Object({
        origin: Type.String(),
        broken: Type.Union([Type.String(), Type.Null()], {
          description: 'Why nothing is signed any more: the ledger does not continue what was signed',
        }),
        checkpoints: Type.Array(Sealed),
      }),
      handle: async ({ query: { ledger = 'facts', limit = 100 } }) => {
        const { origin, broken } = sealingOf().state(ledger)
        const notes = await sealingOf().signer.notes(origin)
        const checkpoints = await inOrganisation(plantOf(), (reader) =>
          storedCheckpoints(reader, sealingOf(), ledger, limit),
        )
        return {
          origin,
          broken: broken ?? null,
          signed: notes.length,
          checkpoints: checkpoints.map(shown(origin)),
        }
      },
    }),
    endpoint({
      ...shared,
      method: 'POST',
      path: '/v1/checkpoints',
      action: 'seal',
      summary: 'Seals a ledger now and gives the signed checkpoint',
      body: Type.Object({ ledger: Ledger }, strict),
      gives: Sealed,
      handle: async ({ body: { ledger = 'facts' } }) => {
        const checkpoint = await sealingOf().seal(ledger)
        return checkpoint ? newest(plantOf(), sealingOf(), ledger) : nothingSealed()
      },
    }),
    endpoint({
      ...shared,
      method: 'GET',
      path: '/v1/checkpoints/qr',
      action: 'read',
      summary: 'The newest checkpoint as a QR code (SVG) that holds the signed note',
      query,
      handle: async ({ query: { ledger = 'facts' } }) => {
        const found = await newest(plantOf(), sealingOf(), ledger)
        if ('refused' in found) return found
        return { mediaType: 'image/svg+xml', content: qrCode(found.note) }
      },
    }),
  ]
}

function keyRoutes(sealingOf: () => Sealing): readonly Endpoint[] {
  const Keys = Type.Object({
    keys: Type.Array(
      Type.Object({
        keyId: Type.String(),
        key: Type.String({ description: 'Public key as C2SP signed-note writes it' }),
        note: Type.String({ description: 'How it was introduced: signed by itself and the key before it' }),
      }),
    ),
  })
  return [
    endpoint({
      ...shared,
      method: 'GET',
      path: '/v1/checkpoint-keys',
      action: 'read',
      summary: 'The public keys that checkpoints are signed with; the last one is in use',
      gives: Keys,
      handle: async () => shownKeys(sealingOf()),
    }),
    endpoint({
      ...shared,
      method: 'POST',
      path: '/v1/checkpoint-keys',
      action: 'seal',
      summary: 'Makes a new key and hands over to it, signed by the old one and itself',
      gives: Keys,
      handle: async () => {
        await sealingOf().changeKey()
        return shownKeys(sealingOf())
      },
    }),
  ]
}

function shownKeys({ signer }: Sealing) {
  const notes = signer.keyNotes()
  return {
    keys: signer
      .keys()
      .map((key, at) => ({ keyId: keyIdOf(key), key: verifierKeyText(key), note: notes[at] ?? '' })),
  }
}

function proofRoutes(plantOf: () => Plant, sealingOf: () => Sealing): readonly Endpoint[] {
  const count = Type.Integer({ minimum: 0 })
  return [
    endpoint({
      ...shared,
      method: 'GET',
      path: '/v1/proofs/inclusion',
      action: 'read',
      summary: 'Proves that an entry is in the sealed ledger (RFC 6962 audit path)',
      query: Type.Object({ ledger: Ledger, position: count, size: Type.Optional(count) }, strict),
      gives: Type.Object({
        position: count,
        size: count,
        leaf: Type.String({ description: 'SHA-256(0x00 || bytes of the event), hex' }),
        root: Type.String(),
        path: Hashes,
      }),
      handle: async ({ query: { ledger = 'facts', position, size } }) => {
        const sealed = sealingOf().state(ledger).last?.size ?? 0
        const at = size ?? sealed
        return (
          beyondSeal(position, at, sealed) ??
          inOrganisation(plantOf(), (reader) => inclusionOf(reader, ledger, position, at))
        )
      },
    }),
    endpoint({
      ...shared,
      method: 'GET',
      path: '/v1/proofs/consistency',
      action: 'read',
      summary: 'Proves that the ledger of now begins with the ledger of then (RFC 6962 consistency proof)',
      query: Type.Object({ ledger: Ledger, from: count, to: Type.Optional(count) }, strict),
      gives: Type.Object({
        from: count,
        fromRoot: Type.String(),
        to: count,
        toRoot: Type.String(),
        path: Hashes,
      }),
      handle: async ({ query: { ledger = 'facts', from, to } }) => {
        const sealed = sealingOf().state(ledger).last?.size ?? 0
        const at = to ?? sealed
        return (
          beyondSeal(Math.max(0, from - 1), at, sealed) ??
          inOrganisation(plantOf(), (reader) => consistencyOf(reader, ledger, from, at))
        )
      },
    }),
  ]
}

interface StoredCheckpoint {
  readonly size: string
  readonly root: string
  readonly note: string
  readonly signed_at: string
}

/** The newest that this installation has signed: the database may hold those of others. */
function storedCheckpoints(reader: Reader, { signer }: Sealing, ledger: LedgerKind, limit: number) {
  return reader.query<StoredCheckpoint>(
    `select size, encode(root, 'hex') as root, note, signed_at from checkpoint
      where org_id = $1 and ledger = $2 and key_id = any($3) order by size desc, signed_at desc limit $4`,
    [reader.org, ledger, signer.keys().map(keyIdOf), limit],
  )
}

async function newest(plant: Plant, sealing: Sealing, ledger: LedgerKind) {
  const [row] = await inOrganisation(plant, (reader) => storedCheckpoints(reader, sealing, ledger, 1))
  return row ? shown(sealing.state(ledger).origin)(row) : nothingSealed()
}

function shown(origin: string) {
  return ({ size, root, note, signed_at: signedAt }: StoredCheckpoint) => ({
    origin,
    size: Number(size),
    root,
    words: wordsOf(Buffer.from(root, 'hex')),
    signedAt,
    note,
  })
}

function nothingSealed(): Refusal<'nothing_sealed'> {
  return refuse('nothing_sealed', {
    message: 'Nothing was recorded yet, so there is no checkpoint.',
    fix: 'Record something first; a minute later it is sealed.',
  })
}

function inOrganisation<T>(plant: Plant, work: (reader: Reader) => Promise<T>): Promise<T> {
  return reading(plant.pool, plant.organisation.org, work)
}
