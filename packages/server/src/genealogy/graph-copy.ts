import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { ended } from '@lotline/core/genealogy/columns'
import type { Position } from '@lotline/core/genealogy/engine'
import type { GraphLoading } from '@lotline/core/genealogy/memory-graph'
import { edgeKinds, evidences } from '@lotline/core/genealogy/touch'
import { withClient } from '../database/own-connection.ts'
import type { SessionPlan } from '../database/session.ts'
import type { OrgNo } from '../database/transaction.ts'
import { BinaryRows } from './binary-rows.ts'

/**
 * Loads a whole graph from its tables on one snapshot: binary COPY, row by row into columns, without an object for any. Beside
 * the graph itself it takes the memory of one block of the stream. `begin` is called once there is something to load. Gives the
 * position it then stands at; -1 for an empty ledger.
 */
export async function copyGraph(
  session: SessionPlan,
  org: OrgNo,
  begin: () => GraphLoading,
): Promise<Position> {
  return withClient(session, async (client) => {
    // A large graph takes longer than a statement usually may.
    await client.query(
      `begin isolation level repeatable read read only; set local app.org = '${org}'; set local statement_timeout = 0`,
    )
    const { rows } = await client.query<{ next_position: string }>(
      'select next_position from ledger_head where org_id = $1',
      [org],
    )
    const position = Number(rows[0]?.next_position ?? 0) - 1
    if (position >= 0) {
      const loading = begin()
      await copyNodes(client, org, loading)
      await copyEdges(client, org, loading)
      loading.done(position)
    }
    await client.query('commit')
    return position
  })
}

async function copyNodes(client: pg.Client, org: OrgNo, loading: GraphLoading): Promise<void> {
  const text = `select no::int, (kind = 'state')::int, traceable::int, started_at, position::int
    from node where org_id = ${org} order by no`
  const node = { no: 0, isState: true, traceable: 0, fromMs: Number.NaN, position: 0 }
  await eachRow(client, text, 5, (row) => {
    node.no = row.int()
    node.isState = row.int() === 1
    node.traceable = row.int(0)
    node.fromMs = row.momentMs()
    node.position = row.int()
    loading.node(node)
  })
}

async function copyEdges(client: pg.Client, org: OrgNo, loading: GraphLoading): Promise<void> {
  const text = `select no::int, source::int, target::int, ${traits}, amount, happened_at, until, event::int,
      added_at::int, retracted_at::int
    from edge where org_id = ${org} order by no`
  const edge = { no: 0, amount: Number.NaN, addedAt: 0, event: 0, happenedAtMs: 0, untilMs: Number.NaN }
  const ends = { source: 0, target: 0 }
  await eachRow(client, text, 10, (row) => {
    edge.no = row.int()
    ends.source = row.int()
    ends.target = row.int()
    const kindAndEvidence = row.int()
    edge.amount = row.long()
    edge.happenedAtMs = row.momentMs()
    edge.untilMs = row.momentMs()
    edge.event = row.int()
    edge.addedAt = row.int()
    const retractedAt = row.int(-1)
    loading.edge(edge, ends, Number.isNaN(edge.untilMs) ? kindAndEvidence : kindAndEvidence | ended)
    if (retractedAt >= 0) loading.retracted(edge.no, retractedAt)
  })
}

/** Kind and evidence as the engine's byte holds them; null, which is refused, for a word it does not know. */
const traits = `(${choice('kind', edgeKinds, 8)} + ${choice('evidence', evidences, 1)})`

function choice(column: string, words: readonly string[], step: number): string {
  return `case ${column} ${words.map((word, index) => `when '${word}' then ${index * step}`).join(' ')} end`
}

async function eachRow(
  client: pg.Client,
  text: string,
  fields: number,
  take: (row: BinaryRows) => void,
): Promise<void> {
  const stream = client.query(copyTo(`copy (${text}) to stdout (format binary)`))
  await new BinaryRows().each(stream, fields, take)
}
