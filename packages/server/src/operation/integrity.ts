import pg from 'pg'
import { Type } from 'typebox'
import { isRefusal, type Refusal } from '@lotline/core/base/refusal'
import { apply } from '@lotline/core/catalogue'
import { type Checkpoint, readCheckpoint, readNote } from '@lotline/core/ledger/checkpoint-note'
import type { Database } from '../database/database.ts'
import { sessionConfig } from '../database/session.ts'
import { type Endpoint, endpoint } from '../endpoint/endpoint.ts'
import { rebuild } from '../ledger/rebuild.ts'
import { verify, type VerifyReport } from '../ledger/verify.ts'
import type { Plant } from '../plant/plant.ts'

const shared = { resource: 'operation', tag: 'Running it' } as const
const Report = Type.Record(Type.String(), Type.Unknown())

/** Checks the ledger, and makes its tables anew. */
export function integrityRoutes(plantOf: () => Plant, folder: string): readonly Endpoint[] {
  return [
    endpoint({
      ...shared,
      method: 'GET',
      path: '/v1/verify',
      action: 'verify',
      summary: 'Checks every fact against its hash and every table against the facts',
      gives: Report,
      handle: async () => verifyOpen(plantOf().database, folder),
    }),
    endpoint({
      ...shared,
      method: 'POST',
      path: '/v1/verify',
      action: 'verify',
      summary: 'The same, against signed checkpoints that were kept elsewhere',
      body: Type.Object(
        {
          checkpoints: Type.Optional(
            Type.Array(Type.String({ maxLength: 10_000 }), {
              maxItems: 1_000,
              description: 'Signed notes: the ledger must still begin with each of them',
            }),
          ),
          since: Type.Optional(
            Type.String({
              maxLength: 10_000,
              description: 'Signed note: only what came after it is read, and tables are not compared',
            }),
          ),
        },
        { additionalProperties: false },
      ),
      gives: Report,
      handle: async ({ body }) => verifyOpen(plantOf().database, folder, body),
    }),
    endpoint({
      ...shared,
      method: 'POST',
      path: '/v1/rebuild',
      action: 'rebuild',
      summary: 'Makes every table anew from the facts; captures wait meanwhile',
      gives: Report,
      handle: async () => {
        const plant = plantOf()
        return plant.reload(() => rebuild(plant.pool, plant.organisation.org, { apply }))
      },
    }),
  ]
}

/** Signed checkpoints to compare with, as they were kept. */
interface Noted {
  readonly checkpoints?: readonly string[]
  readonly since?: string
}

/**
 * Verifies an open database with the rights of the verifier alone, which can read everything and change nothing. `folder`
 * holds checkpoint files and attached files. Refuses a `since` that is no checkpoint.
 */
export async function verifyOpen(
  database: Database,
  folder: string | undefined,
  { checkpoints = [], since }: Noted = {},
): Promise<VerifyReport | Refusal> {
  const from = since === undefined ? undefined : checkpointIn(since)
  if (isRefusal(from)) return from
  const pool = new pg.Pool({ ...sessionConfig(database.sessions.verify), max: 2 })
  try {
    return await verify(
      pool,
      { apply },
      {
        folder,
        given: since === undefined ? checkpoints : [...checkpoints, since],
        since: from?.size ?? 0,
      },
    )
  } finally {
    await pool.end()
  }
}

function checkpointIn(text: string): Checkpoint | Refusal {
  const note = readNote(text)
  return isRefusal(note) ? note : readCheckpoint(note.text)
}
