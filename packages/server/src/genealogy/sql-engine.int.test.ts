import { afterAll, beforeAll } from 'vitest'
import type { GenealogyEngine, GraphChange, GraphEdge } from '@lotline/core/genealogy/engine'
import { engineContract } from '@lotline/core/genealogy/engine-contract.testing'
import { edgeTable, nodeTable } from '@lotline/core/genealogy/rows'
import { ensureOrganisation } from '../database/organisation.ts'
import { withClient } from '../database/own-connection.ts'
import { PostgresView } from '../database/table-store.ts'
import { testDatabase, type TestDatabase } from '../database/testing.ts'
import { inTransaction, type OrgNo, reading } from '../database/transaction.ts'
import { SqlEngine } from './sql-engine.ts'

let database: TestDatabase
let made = 0
beforeAll(async () => {
  database = await testDatabase()
  // The graphs of the contract come without their events, so the head may not insist on a chain here.
  await withClient(database.admin, (client) => client.query('alter table ledger_head disable trigger head'))
})
afterAll(() => database.close())

/** An organisation whose graph these changes made. */
async function engineOf(changes: readonly GraphChange[]): Promise<GenealogyEngine> {
  const { org } = await ensureOrganisation(database.pool, `graph-${++made}`, 'Graph')
  await inTransaction(database.pool, org, async (tx) => {
    const view = new PostgresView()
    for (const node of changes.flatMap((change) => change.nodes)) {
      const { from, ...rest } = node
      view.put(nodeTable, { ...rest, startedAt: from, processKey: null })
    }
    for (const edge of finalEdges(changes)) view.put(edgeTable, edge)
    await view.flush(tx)
    await tx.query('update ledger_head set next_position = $1', [(changes.at(-1)?.position ?? -1) + 1])
  })
  return engineFor(org)
}

function engineFor(org: OrgNo): GenealogyEngine {
  return new SqlEngine((work) => reading(database.pool, org, work))
}

function finalEdges(changes: readonly GraphChange[]): GraphEdge[] {
  const goneAt = new Map(
    changes.flatMap(({ retracted, position }) => retracted.map((no) => [no, position] as const)),
  )
  return changes
    .flatMap((change) => change.added)
    .map((edge) => ({ ...edge, retractedAt: goneAt.get(edge.no) ?? null }))
}

engineContract('PostgreSQL, level by level', engineOf, { runs: 150 })
