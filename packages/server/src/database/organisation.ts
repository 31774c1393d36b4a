import type pg from 'pg'
import { assert } from '@lotline/core/base/assert'
import { inTransaction, type OrgNo } from './transaction.ts'

/** One ledger, and all that is folded from it. */
export interface Organisation {
  readonly org: OrgNo
  readonly code: string
  readonly name: string
}

interface DirectoryRow {
  readonly org_id: string
  readonly code: string
  readonly name: string
}

/** The organisation with this code, made with an empty ledger if there is none. Safe to call from several programs at once. */
export async function ensureOrganisation(pool: pg.Pool, code: string, name: string): Promise<Organisation> {
  const known = await findOrganisation(pool, code)
  if (known) return known
  // Two makers may choose the same number: the primary key stops one, who then tries the next.
  for (let attempt = 0; attempt < 5; attempt++) {
    await pool.query(
      `insert into organisation (org_id, code, name)
       select coalesce(max(org_id), 0) + 1, $1, $2 from organisation on conflict do nothing`,
      [code, name],
    )
    const made = await findOrganisation(pool, code)
    if (made) return withLedger(pool, made)
  }
  throw new Error(`The organisation ${code} could not be made.`)
}

/** All organisations, by number. */
export async function listOrganisations(pool: pg.Pool): Promise<readonly Organisation[]> {
  const { rows } = await pool.query<DirectoryRow>(
    'select org_id, code, name from organisation order by org_id',
  )
  return rows.map(organisationOf)
}

export async function findOrganisation(pool: pg.Pool, code: string): Promise<Organisation | undefined> {
  const { rows } = await pool.query<DirectoryRow>(
    'select org_id, code, name from organisation where code = $1',
    [code],
  )
  const row = rows[0]
  return row && withLedger(pool, organisationOf(row))
}

/** An organisation whose maker was killed half way has no ledger yet. */
async function withLedger(pool: pg.Pool, organisation: Organisation): Promise<Organisation> {
  await inTransaction(pool, organisation.org, (tx) =>
    tx.query('insert into ledger_head (org_id) values ($1) on conflict do nothing', [organisation.org]),
  )
  return organisation
}

function organisationOf(row: DirectoryRow): Organisation {
  const org = Number(row.org_id)
  assert(Number.isSafeInteger(org), `organisation number ${row.org_id} is too large`)
  return { org, code: row.code, name: row.name }
}
