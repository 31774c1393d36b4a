import Graph from 'graphology'
import type pg from 'pg'
import type { SizedGraph } from './sized-graph.ts'

/** A program that answers bare reachability: how many nodes are reached from a root, the root included. */
export interface Peer {
  readonly name: string
  forward(root: number): Promise<number> | number
  backward(root: number): Promise<number> | number
  close(): Promise<void> | void
}

/** graphology: directed graph, breadth-first over neighbours with a visited set. */
export function graphologyPeer(graph: SizedGraph): Peer {
  const peer = new Graph({ type: 'directed', multi: true, allowSelfLoops: false })
  for (let no = 1; no <= graph.nodes; no++) peer.addNode(no)
  for (let edge = 0; edge < graph.edges; edge++) peer.addEdge(graph.source[edge], graph.target[edge])
  const walk = (root: number, direction: 'out' | 'in'): number => {
    const seen = new Set<string>([String(root)])
    const queue = [String(root)]
    for (const node of queue) {
      const visit = (next: string) => {
        if (seen.has(next)) return
        seen.add(next)
        queue.push(next)
      }
      if (direction === 'out') peer.forEachOutNeighbor(node, visit)
      else peer.forEachInNeighbor(node, visit)
    }
    return seen.size
  }
  return {
    name: 'graphology',
    forward: (root) => walk(root, 'out'),
    backward: (root) => walk(root, 'in'),
    close: () => undefined,
  }
}

const closure = (from: string, to: string, parameter: string) => `
  with recursive reached(node) as (
    select ${parameter}
    union
    select edge.${to} from reached join edge on edge.${from} = reached.node
  )
  select count(*) as reached from reached`

/** SQLite in memory with an index both ways; undefined, with the reason, where its binding cannot be built. */
export async function sqlitePeer(graph: SizedGraph): Promise<Peer | string> {
  const module = await import('better-sqlite3').catch((error: unknown) => String(error))
  if (typeof module === 'string') return module
  const Database = module.default
  const database = new Database(':memory:')
  database.exec('create table edge (source integer not null, target integer not null)')
  const insert = database.prepare('insert into edge values (?, ?)')
  database.transaction(() => {
    for (let edge = 0; edge < graph.edges; edge++) insert.run(graph.source[edge], graph.target[edge])
  })()
  database.exec(
    'create index by_source on edge (source, target); create index by_target on edge (target, source)',
  )
  database.exec('analyze')
  const forward = database.prepare(closure('source', 'target', '?'))
  const backward = database.prepare(closure('target', 'source', '?'))
  const count = (row: unknown) => Number((row as { reached: number }).reached)
  return {
    name: 'SQLite recursive CTE',
    forward: (root) => count(forward.get(root)),
    backward: (root) => count(backward.get(root)),
    close: () => {
      database.close()
    },
  }
}

/** PostgreSQL with an index both ways, prepared statement, index-only scans possible. */
export async function postgresPeer(client: pg.Client, graph: SizedGraph): Promise<Peer> {
  await client.query('create unlogged table edge (source integer not null, target integer not null)')
  const chunk = 200_000
  for (let from = 0; from < graph.edges; from += chunk) {
    const to = Math.min(from + chunk, graph.edges)
    const list = (column: Int32Array) => `{${column.subarray(from, to).join(',')}}`
    await client.query('insert into edge select * from unnest($1::integer[], $2::integer[])', [
      list(graph.source),
      list(graph.target),
    ])
  }
  await client.query('create index by_source on edge (source, target)')
  await client.query('create index by_target on edge (target, source)')
  await client.query('vacuum analyze edge')
  const ask = async (name: string, text: string, root: number): Promise<number> => {
    const answer = await client.query<{ reached: string }>({ name, text, values: [root] })
    return Number(answer.rows[0]?.reached)
  }
  return {
    name: 'PostgreSQL recursive CTE',
    forward: (root) => ask('forward', closure('source', 'target', '$1::integer'), root),
    backward: (root) => ask('backward', closure('target', 'source', '$1::integer'), root),
    close: () => client.end(),
  }
}
