import { isRefusal, type Refusal } from '@lotline/core/base/refusal'
import type { GraphNode, NodeNo, ProofStep } from '@lotline/core/genealogy/engine'
import { ringOf } from '@lotline/core/genealogy/touch'
import type { Explanation } from '@lotline/core/recall/trace-shape'
import type { Snapshot } from '../plant/plant.ts'
import { identify } from './identify.ts'
import { measuresOf, namesOf } from './named-rows.ts'
import { numberList } from './number-list.ts'
import { processNames } from './process-rows.ts'
import { type Question, understand } from './question.ts'
import { rootsOf } from './roots.ts'
import { sayQuantity } from './say-amount.ts'

type Step = Explanation['steps'][number]

/**
 * Why something is in scope: the shortest proof from a root to it, forward first, else backward, with the event, person,
 * process facts and documents of every step.
 */
export async function explain(
  snapshot: Snapshot,
  question: Question,
  to: string,
): Promise<Explanation | Refusal> {
  const asked = await understand(snapshot, question)
  if (isRefusal(asked)) return asked
  const target = await identify(snapshot.reader, { ids: [to], all: true })
  if (isRefusal(target)) return target
  const targets = await rootsOf(snapshot, target)
  const standing = {
    position: snapshot.position,
    complete: asked.reasons.length === 0,
    reasons: [...asked.reasons],
  }
  const asKnownOn = asked.asKnownOn ?? snapshot.asKnownOn
  const { asKnownOn: _asKnownOn, ...query } = asked.query
  for (const direction of ['forward', 'backward'] as const) {
    for (const node of targets.nodes) {
      const known = asKnownOn === undefined ? {} : { asKnownOn }
      const proof = await snapshot.engine.explain({ ...query, ...known, direction }, node)
      if (proof) return { ...standing, inScope: true, steps: await shownSteps(snapshot, proof) }
    }
  }
  return { ...standing, inScope: false, steps: [] }
}

async function shownSteps(snapshot: Snapshot, proof: readonly ProofStep[]): Promise<Step[]> {
  const nodes = [...new Set(proof.flatMap((step) => [step.from, step.to]))]
  const known = await snapshot.engine.nodes(Int32Array.from(nodes))
  const byNo = new Map(known.map((node) => [node.no, node]))
  const processes = await processNames(snapshot, nodes)
  const things = await thingsOf(snapshot, known)
  const events = await eventsAt(snapshot, proof)
  const facts = await factsOf(snapshot, proof, byNo)
  const documents = await documentsOf(snapshot, known)
  const name = (no: NodeNo) => {
    const thing = things.get(byNo.get(no)?.traceable ?? 0)
    return {
      text: thing?.code ?? processes.get(no)?.name ?? String(no),
      id: thing ? String(thing.no) : null,
      thing,
    }
  }
  return proof.map((step): Step => {
    const [from, to] = [name(step.from), name(step.to)]
    const process = [step.from, step.to].find((no) => byNo.get(no)?.traceable == null)
    const source = from.thing ?? to.thing
    return {
      from: from.text,
      fromId: from.id,
      to: to.text,
      toId: to.id,
      kind: step.edge.kind,
      evidence: step.edge.evidence,
      ring: ringOf(step.edge.evidence),
      quantity: step.edge.amount === null ? null : sayQuantity(step.edge.amount, source?.measure),
      happenedAt: step.edge.happenedAt,
      event: events.get(step.edge.event) ?? { position: step.edge.event, type: '', actor: '' },
      process: process === undefined ? null : (processes.get(process) ?? null),
      facts: process === undefined ? [] : (facts.get(processes.get(process)?.key ?? '') ?? []),
      documents: source ? (documents.get(source.no) ?? []) : [],
    }
  })
}

async function thingsOf(snapshot: Snapshot, nodes: readonly GraphNode[]) {
  const { reader } = snapshot
  const numbers = new Set(nodes.flatMap((node) => node.traceable ?? []))
  const names = await namesOf(reader, 'traceable', numbers)
  const measures = await measuresOf(reader, numbers)
  return new Map([...names].map(([no, { code }]) => [no, { no, code, measure: measures.get(no) }]))
}

async function eventsAt(snapshot: Snapshot, proof: readonly ProofStep[]) {
  const { reader } = snapshot
  const rows = await reader.query<{ position: number; type: string; actor: string }>(
    'select position::int, type, actor from event where org_id = $1 and position = any($2::bigint[])',
    [reader.org, numberList(proof.map((step) => step.edge.event))],
  )
  return new Map(rows.map((row) => [row.position, row]))
}

async function factsOf(
  snapshot: Snapshot,
  proof: readonly ProofStep[],
  nodes: ReadonlyMap<NodeNo, GraphNode>,
) {
  const { reader } = snapshot
  const processes = proof
    .flatMap((step) => [step.from, step.to])
    .filter((no) => nodes.get(no)?.kind === 'process')
  const rows = await reader.query<{ process_key: string; kind: string; name: string; value: string | null }>(
    `select distinct f.process_key, f.kind, f.name, f.value from process_fact f
      where f.org_id = $1 and f.process_key in (select process_key from node where org_id = $1 and no = any($2::bigint[]))
      order by 1, 2, 3`,
    [reader.org, numberList(new Set(processes))],
  )
  const facts = new Map<string, { kind: string; name: string; value: string | null }[]>()
  for (const { process_key, ...fact } of rows)
    facts.set(process_key, [...(facts.get(process_key) ?? []), fact])
  return facts
}

async function documentsOf(snapshot: Snapshot, nodes: readonly GraphNode[]) {
  const { reader } = snapshot
  const rows = await reader.query<{ traceable: number; sha256: string; name: string; kind: string }>(
    `select traceable::int, sha256, name, kind from document where org_id = $1 and traceable = any($2::bigint[]) order by position`,
    [reader.org, numberList(new Set(nodes.flatMap((node) => node.traceable ?? [])))],
  )
  const documents = new Map<number, Step['documents']>()
  for (const { traceable, ...document } of rows) {
    const own = documents.get(traceable) ?? []
    documents.set(traceable, [...own, { ...document, uri: `/v1/documents/${document.sha256}` }])
  }
  return documents
}
