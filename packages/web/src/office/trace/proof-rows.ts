import type { Explanation } from '@lotline/core/recall/trace-shape'

type Step = Explanation['steps'][number]

/** One step of a proof as people say it: from a thing to the next thing, through a process that has no name of its own. */
export interface ProofRow {
  readonly from: string
  readonly to: string
  readonly process: Step['process']
  /** The link into the process and the one out of it; one where both are the same event. */
  readonly links: readonly Step[]
  readonly facts: readonly string[]
  readonly documents: Step['documents']
}

/** Joins the two halves of each step: what went into a process and what came out of it. */
export function proofRows(steps: readonly Step[]): ProofRow[] {
  const runs: Step[][] = []
  for (const step of steps) {
    const last = runs.at(-1)
    if (last && last.at(-1)?.toId === null && step.fromId === null) last.push(step)
    else runs.push([step])
  }
  return runs.flatMap((links) => {
    const [first, last] = [links[0], links.at(-1)]
    if (!first || !last) return []
    return [
      {
        from: first.from,
        to: last.to,
        process: first.process ?? last.process,
        links: [...new Map(links.map((link) => [link.event.position, link])).values()],
        facts: [...new Set(links.flatMap(({ facts }) => facts.flatMap(factWords)))],
        documents: uniqueBy(links.flatMap(({ documents }) => documents)),
      },
    ]
  })
}

/** Order, operation and machine are said with the process itself. */
function factWords({ kind, name, value }: Step['facts'][number]): string[] {
  if (kind === 'order' || kind === 'operation' || kind === 'equipment') return []
  return [value === null ? `${kind} ${name}` : `${kind} ${name}: ${value}`]
}

function uniqueBy(documents: Step['documents']): Step['documents'] {
  return [...new Map(documents.map((document) => [document.sha256, document])).values()]
}
