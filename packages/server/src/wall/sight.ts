import type { GraphNode, NodeNo } from '@lotline/core/genealogy/engine'
import type { Reader } from '../database/transaction.ts'

/** Which nodes somebody outside may know of. */
export interface Sight {
  isProcess(node: NodeNo): boolean
  /** States of what is theirs, or was shipped to them. */
  sees(node: NodeNo): boolean
  /** States of what is theirs: of these, quantities are told too. */
  owns(node: NodeNo): boolean
}

/** Asks the wall about the traceables of these nodes. One query. */
export async function sightOf(reader: Reader, nodes: readonly GraphNode[]): Promise<Sight> {
  const traceableOf = new Map(nodes.map(({ no, traceable }) => [no, traceable]))
  const numbers = new Set(nodes.flatMap(({ traceable }) => traceable ?? []))
  const rows = await reader.raw(
    'seen traceables',
    `select no, owner = nullif(current_setting('app.party', true), '')::bigint
       from traceable where org_id = $1 and no = any($2::bigint[])`,
    [reader.org, `{${[...numbers].join(',')}}`],
  )
  const owned = new Map(rows.map(([no, isOwn]) => [Number(no), isOwn === 't']))
  const of = (node: NodeNo) => {
    const traceable = traceableOf.get(node)
    return traceable === null || traceable === undefined ? undefined : owned.get(traceable)
  }
  return {
    isProcess: (node) => traceableOf.get(node) === null,
    sees: (node) => of(node) !== undefined,
    owns: (node) => of(node) === true,
  }
}
