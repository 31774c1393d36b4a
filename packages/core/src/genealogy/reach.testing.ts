import type { GenealogyEngine, GraphNode, TraceQuery } from './engine.ts'
import type { Told } from './notation.testing.ts'

/** A question in words: `W1 >` forward from all states of W1; `T.1 <` backward from the second state of T. */
export type Asked = Omit<TraceQuery, 'from' | 'direction'>

/**
 * What a question reaches, as text: names of things in order, `T.1` for a state after the first, `?` for possible and `??`
 * for cannot be excluded. The roots are left out.
 */
export async function reach(
  engine: GenealogyEngine,
  told: Told,
  question: string,
  asked: Asked = {},
): Promise<string> {
  const words = question.trim().split(/\s+/)
  const direction = words.at(-1) === '<' ? 'backward' : 'forward'
  const from = (await Promise.all(words.slice(0, -1).map((name) => statesNamed(engine, told, name)))).flat()
  const found = await engine.trace({ ...asked, from: from.map((state) => state.no), direction })
  const names = await stateNames(engine, told)
  const roots = new Set(from.map((state) => state.no))
  const parts: string[] = []
  found.nodes.forEach((node, index) => {
    const name = names.get(node)
    if (name !== undefined && !roots.has(node)) parts.push(name + '?'.repeat(found.ring[index] ?? 0))
  })
  return parts.sort().join(' ')
}

/** Whether two questions reach a thing's state at all: `H1.0`, or all states of a thing by its bare name. */
export async function statesNamed(
  engine: GenealogyEngine,
  told: Told,
  name: string,
): Promise<readonly GraphNode[]> {
  const [bare = '', which] = name.split('.')
  const no = told.traceables.get(bare)
  if (no === undefined) throw new Error(`nothing in the story is named ${bare}`)
  const states = await engine.statesOf([no])
  return which === undefined ? states : states.slice(Number(which), Number(which) + 1)
}

async function stateNames(engine: GenealogyEngine, told: Told): Promise<Map<number, string>> {
  const names = new Map<number, string>()
  for (const [name, no] of told.traceables) {
    const states = await engine.statesOf([no])
    states.forEach((state, index) => names.set(state.no, index === 0 ? name : `${name}.${index}`))
  }
  return names
}
