import pg from 'pg'
import { Type } from 'typebox'
import { apply } from '@lotline/core/catalogue'
import type { Database } from '../database/database.ts'
import { sessionConfig } from '../database/session.ts'
import { type Endpoint, endpoint } from '../endpoint/endpoint.ts'
import { rebuild } from '../ledger/rebuild.ts'
import { verify, type VerifyReport } from '../ledger/verify.ts'
import type { Plant } from '../plant/plant.ts'

const shared = { resource: 'operation', tag: 'Running it' } as const
const Report = Type.Record(Type.String(), Type.Unknown())

/** Checks the ledger, and makes its tables anew. */
export function integrityRoutes(plantOf: () => Plant): readonly Endpoint[] {
  return [
    endpoint({
      ...shared,
      method: 'GET',
      path: '/v1/verify',
      action: 'verify',
      summary: 'Checks every fact against its hash and every table against the facts',
      gives: Report,
      handle: async () => verifyOpen(plantOf().database),
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

/** Verifies an open database with the rights of the verifier alone, which can read everything and change nothing. */
export async function verifyOpen(database: Database): Promise<VerifyReport> {
  const pool = new pg.Pool({ ...sessionConfig(database.sessions.verify), max: 2 })
  try {
    return await verify(pool, { apply })
  } finally {
    await pool.end()
  }
}
