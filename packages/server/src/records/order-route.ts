import type { Snapshot } from '../plant/plant.ts'

interface StepRow {
  readonly operation: string
  readonly name: string | null
  readonly equipment: string | null
  readonly requires: readonly string[] | null
  readonly inspection: boolean | null
}

interface LifeRow {
  readonly operation: string | null
  readonly unit: string | null
  readonly startedAt: string | null
  readonly completedAt: string | null
}

/**
 * The route of an order, each step with its state: done, running, ready, or locked with the steps it waits for. Steps that were
 * worked on without a routing are listed as they were recorded.
 */
export async function routeOf({ reader }: Snapshot, order: { no: number; routing: number | null }) {
  const steps =
    order.routing === null
      ? []
      : await reader.query<StepRow & Record<string, unknown>>(
          `select step ->> 'operation' as operation, step ->> 'name' as name, step ->> 'equipment' as equipment,
             (select array_agg(r) from jsonb_array_elements_text(coalesce(step -> 'requires', '[]')) r) as requires,
             (step ->> 'inspection')::boolean as inspection
             from definition d, jsonb_array_elements(d.body -> 'operations') with ordinality as s(step, at)
            where d.org_id = $1 and d.no = $2 order by s.at`,
          [reader.org, order.routing],
        )
  const lives = await reader.query<LifeRow & Record<string, unknown>>(
    `select o.operation, t.code as unit, o.started_at as "startedAt", o.completed_at as "completedAt"
       from operation o left join traceable t on t.org_id = o.org_id and t.no = o.unit
      where o.org_id = $1 and o.order_no = $2 order by o.started_at nulls last`,
    [reader.org, order.no],
  )
  const whole = new Map(lives.filter(({ unit }) => unit === null).map((life) => [life.operation, life]))
  const isDone = (operation: string) => whole.get(operation)?.completedAt != null
  const known = new Set(steps.map(({ operation }) => operation))
  const free = [...whole.keys()].filter(
    (operation): operation is string => operation !== null && !known.has(operation),
  )
  const all: readonly StepRow[] = [...steps, ...free.map(withoutRouting)]
  return all.map(({ operation, name, equipment, requires, inspection }) => {
    const life = whole.get(operation)
    const missing = (requires ?? []).filter((needed) => !isDone(needed))
    return {
      operation,
      name,
      equipment,
      requires: requires ?? [],
      inspection: inspection ?? false,
      state: isDone(operation)
        ? 'done'
        : missing.length > 0
          ? 'locked'
          : life?.startedAt
            ? 'running'
            : 'ready',
      missing,
      startedAt: life?.startedAt ?? null,
      completedAt: life?.completedAt ?? null,
      unitsDone: lives.filter(
        (one) => one.operation === operation && one.unit !== null && one.completedAt !== null,
      ).length,
    }
  })
}

function withoutRouting(operation: string): StepRow {
  return { operation, name: null, equipment: null, requires: [], inspection: false }
}
