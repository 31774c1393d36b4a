import type { GraphNode, NodeNo } from '@lotline/core/genealogy/engine'
import type { FactorKind, FactorShape } from '@lotline/core/recall/common-cause-shape'
import type { Snapshot } from '../plant/plant.ts'
import { itemsOf, namesOf } from './named-rows.ts'
import { numberList } from './number-list.ts'
import { parameterFactors, type Reading } from './parameter-factors.ts'
import { deliveredBy } from './sources.ts'

/** Windows in which something may have been wrong, in hours. */
const windowHours = [1, 4, 24]
const circumstances: ReadonlySet<string> = new Set<FactorKind>([
  'order',
  'operation',
  'equipment',
  'tool',
  'gauge',
  'station',
  'person',
  'place',
])

/** Gives each factor one number, and knows it by it. */
export class FactorBook {
  readonly #numbers = new Map<string, number>()
  readonly #factors: FactorShape[] = []

  numberOf(factor: FactorShape): number {
    const key = `${factor.kind} ${factor.id ?? ''} ${factor.name}`
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    this.#numbers.set(key, this.#factors.length)
    return this.#factors.push(factor) - 1
  }

  at(number: number): FactorShape {
    return this.#factors[number] ?? { kind: 'operation', id: null, name: String(number), item: null }
  }
}

/**
 * What it means to have come through each of these nodes: of a state its thing and who supplied it, of a process the machine,
 * tool, gauge, person, place, order, readings and the time. A fixed number of queries; O(nodes + facts).
 */
export async function factorsOfNodes(
  snapshot: Snapshot,
  nodes: readonly GraphNode[],
  book: FactorBook,
): Promise<ReadonlyMap<NodeNo, readonly number[]>> {
  const factors = new Map<NodeNo, number[]>(nodes.map(({ no }) => [no, []]))
  const things = await thingFactors(snapshot, nodes)
  for (const node of nodes) {
    if (node.traceable === null) continue
    const own = things.get(node.traceable) ?? []
    const content = own.find(({ kind }) => kind === 'vessel')
    const named = content ? [...own, contentOf(content, node)] : own
    factors.get(node.no)?.push(...named.map((factor) => book.numberOf(factor)))
  }
  const processes = nodes.filter(({ kind }) => kind === 'process')
  const facts = await factsOf(snapshot, processes)
  for (const [no, factor] of processFactors(processes, facts)) factors.get(no)?.push(book.numberOf(factor))
  return factors
}

/** A tank is one suspect; what it held between two fillings is another. */
function contentOf(vessel: FactorShape, state: GraphNode): FactorShape {
  const since = state.from === null ? '' : ` since ${state.from}`
  return { kind: 'content', id: vessel.id, name: `${vessel.name}${since}`, item: null }
}

async function thingFactors(
  snapshot: Snapshot,
  nodes: readonly GraphNode[],
): Promise<ReadonlyMap<number, FactorShape[]>> {
  const { reader } = snapshot
  const numbers = [...new Set(nodes.flatMap(({ traceable }) => traceable ?? []))]
  const rows = await reader.raw(
    'suspects',
    `select t.no, t.code, t.kind, t.item, t.party from unnest($2::bigint[]) as s(no)
       join traceable t on t.org_id = $1 and t.no = s.no`,
    [reader.org, numberList(numbers)],
  )
  const items = await itemsOf(
    reader,
    new Set(rows.map(([, , , item]) => (item === null ? null : Number(item)))),
  )
  const parties = await namesOf(
    reader,
    'party',
    new Set(rows.map((row) => (row[4] === null ? null : Number(row[4])))),
  )
  const suppliers = await deliveredBy(
    snapshot,
    rows.filter((row) => row[4] === null).map(([no]) => Number(no)),
  )
  return new Map(
    rows.map(([text, code, kind, item, party]) => {
      const [no, itemNo] = [Number(text), item === null ? undefined : Number(item)]
      const supplier = party === null ? suppliers.get(no) : parties.get(Number(party))?.name
      const thing: FactorShape = {
        kind: kind as FactorKind,
        id: String(no),
        name: code ?? '',
        item: itemNo === undefined ? null : (items.get(itemNo)?.code ?? null),
      }
      return [no, supplier ? [thing, plain('supplier', supplier)] : [thing]]
    }),
  )
}

function plain(kind: FactorKind, name: string): FactorShape {
  return { kind, id: null, name, item: null }
}

interface Fact {
  readonly kind: string
  readonly name: string
  readonly value: string | null
  readonly unit: string | null
  readonly outOfRange: boolean
}

async function factsOf(
  snapshot: Snapshot,
  processes: readonly GraphNode[],
): Promise<ReadonlyMap<NodeNo, readonly Fact[]>> {
  const { reader } = snapshot
  const rows = await reader.raw(
    'circumstances',
    `select n.no, f.kind, f.name, f.value, f.unit, f.out_of_range from unnest($2::bigint[]) as s(no)
       join node n on n.org_id = $1 and n.no = s.no
       join process_fact f on f.org_id = $1 and f.process_key = n.process_key and f.position <= $3`,
    [reader.org, numberList(processes.map(({ no }) => no)), snapshot.position],
  )
  const facts = new Map<NodeNo, Fact[]>()
  for (const [text, kind, name, value, unit, outOfRange] of rows) {
    const no = Number(text)
    const fact = {
      kind: kind ?? '',
      name: name ?? '',
      value: value ?? null,
      unit: unit ?? null,
      outOfRange: outOfRange === 't',
    }
    const own = facts.get(no)
    if (own) own.push(fact)
    else facts.set(no, [fact])
  }
  return facts
}

function* processFactors(
  processes: readonly GraphNode[],
  facts: ReadonlyMap<NodeNo, readonly Fact[]>,
): Generator<readonly [NodeNo, FactorShape]> {
  const readings: Reading[] = []
  for (const { no, from } of processes) {
    const own = facts.get(no) ?? []
    const nameOf = (kind: string) => own.find((fact) => fact.kind === kind)?.name
    for (const { kind, name, value, unit, outOfRange } of own) {
      if (circumstances.has(kind) && name !== '') yield [no, plain(kind as FactorKind, name)]
      if (kind !== 'parameter' && kind !== 'result') continue
      if (outOfRange) yield [no, plain('out-of-range', name)]
      if (value !== null) readings.push({ process: no, name, value, unit })
    }
    const where = nameOf('equipment') ?? nameOf('operation') ?? nameOf('order')
    if (where === undefined || from === null) continue
    for (const hours of windowHours) yield [no, plain('time-window', windowOf(where, from, hours))]
  }
  for (const [process, name] of parameterFactors(readings)) yield [process, plain('parameter', name)]
}

/** Windows begin at whole hours and days of UTC. */
function windowOf(where: string, at: string, hours: number): string {
  const width = hours * 3_600_000
  const start = Math.floor(Date.parse(at) / width) * width
  const text = (moment: number) => new Date(moment).toISOString().slice(0, 16)
  return `${where}, ${text(start)}Z to ${text(start + width)}Z`
}
