import { describe, expect, it } from 'vitest'
import { MemoryView } from '../base/memory-view.ts'
import type { KeyPart, TableSpec } from '../base/view.ts'
import type { GraphChange, GraphEdge } from './engine.ts'
import { minute, tell } from './notation.testing.ts'
import { applyTouches } from './resolve.ts'
import { edgeTable, nodeTable, touchTable } from './rows.ts'
import type { Touch } from './touch.ts'

function live(view: MemoryView): readonly GraphEdge[] {
  return view.all(edgeTable).filter((edge) => edge.retractedAt === null)
}

/** What the last statement of a story changed: edges added and retracted. */
function lastChange(story: string): string {
  const change: GraphChange | undefined = tell(story).changes.at(-1)
  return `+${change?.added.length} -${change?.retracted.length}`
}

function statesOf(story: string, name: string): number {
  const told = tell(story)
  return told.view.list(nodeTable, 'byTraceable', [told.traceables.get(name) ?? 0]).length
}

const scanned = { uncertaintyMs: 0, sequence: null, evidence: 'scanned' } as const

describe('what a late fact moves', () => {
  it('[B25][C7] a fact in order retracts nothing', () => {
    expect(lastChange('H > ~mix | ~mix > W 1 | K > ~mix | ~mix > V 1')).toBe('+3 -0')
  })

  it('[B25] a late input into a segment moves no output', () => {
    expect(lastChange('H > ~mix @2 | ~mix > A @5 | ~mix > B @5 | ~mix > C @5 | K > ~mix @1')).toBe('+1 -0')
  })

  it('[B25] a late input between outputs moves those after it, and carries over', () => {
    expect(lastChange('H > ~mix @1 | ~mix > A @2 | ~mix > B @5 | ~mix > C @6 | K > ~mix @4')).toBe('+5 -2')
  })

  it('[B25] a late top-up moves the draws after it', () => {
    expect(lastChange('f1 > T! 9 @1 | T 1 > a @2 | T 1 > b @5 | T 1 > c @6 | f2 > T! 9 @4')).toBe('+5 -2')
  })

  it('[B18] a voided input is retracted, and nothing else', () => {
    expect(lastChange('H > ~mix | K > ~mix | ~mix > A | void 1')).toBe('+0 -1')
  })
})

describe('how many states a thing has', () => {
  it('[B9] a lot completed in three steps from the same inputs is one state', () => {
    expect(statesOf('H > ~mix | ~mix > W 1 | ~mix > W 1 | ~mix > W 1', 'W')).toBe(1)
  })

  it('[B9] and another once something else went in', () => {
    expect(statesOf('H > ~mix | ~mix > W 1 | K > ~mix | ~mix > W 1', 'W')).toBe(2)
  })

  it('[B9] additions at one moment by several processes make one state', () => {
    const story = 'A > ~line @1 | B > own @1 | ~line > U 1 @2 | own > U @2'
    expect(statesOf(story, 'U')).toBe(1)
    expect(live(tell(story).view).map((edge) => edge.kind)).not.toContain('identity')
  })

  it('[B11] drawing makes no state', () => {
    expect(statesOf('f > T! 10 | T 1 > a | T 1 > b', 'T')).toBe(2)
  })

  it('[B10] a lot that goes through a process and back is another state of itself', () => {
    const told = tell('A 5 > sort | sort > A 4')
    const [first, second] = told.view.list(nodeTable, 'byTraceable', [1])
    expect([first?.startedAt, second?.startedAt]).toEqual([null, minute(2)])
    expect(live(told.view).map((edge) => edge.source === edge.target)).not.toContain(true)
  })
})

describe('installations', () => {
  const until = (story: string) =>
    live(tell(story).view)
      .filter((edge) => edge.kind === 'install' && edge.source < edge.target)
      .map((edge) => edge.until)

  it('[B12] is open until the part is removed', () => {
    const told = tell('A into U by fit | A out-of U by swap')
    const ofPart = told.view.all(edgeTable).filter((edge) => edge.kind === 'install' && edge.source === 1)
    expect(ofPart.map((edge) => [edge.until, edge.retractedAt])).toEqual([
      [null, 1],
      [minute(2), null],
    ])
  })

  it('[B12] a removal recorded before the installation closes it too', () => {
    expect(until('A out-of U by swap @5 | A into U by fit @3')).toContain(minute(5))
  })

  it('[B12] a removal ends only what was put in before it', () => {
    expect(until('A into U by fit1 @1 | A out-of U by swap @3 | A into U by fit2 @5')).toEqual(
      expect.arrayContaining([minute(3), null]),
    )
  })
})

describe('order of facts', () => {
  it('[B11] at one moment, what goes out leaves before what comes in', () => {
    const told = tell('f1 > T! 9 @1 | f2 > T! 9 @5 | T 1 > a @5')
    const draw = told.view.all(edgeTable).find((edge) => edge.event === 2)
    const states = told.view.list(nodeTable, 'byTraceable', [1])
    expect(draw?.source).toBe(states.find((state) => state.startedAt === minute(1))?.no)
  })

  it('[B11] unless the source counted them', () => {
    const view = new MemoryView()
    const numbers = { node: 0, edge: 0 }
    const counters = (name: 'node' | 'edge') => ++numbers[name]
    const fill = { role: 'add', traceable: 1, edge: 'material', amount: 9n, vessel: true } as const
    const touches: Touch[] = [
      { ...scanned, ...fill, at: minute(5), sequence: 1, process: { kind: 'atomic', key: 'fill' } },
      {
        ...{
          ...scanned,
          at: minute(5),
          sequence: 2,
          role: 'draw',
          traceable: 1,
          edge: 'material',
          amount: 1n,
          item: 0,
        },
        process: { kind: 'atomic', key: 'a' },
      },
    ]
    applyTouches(view, { position: 0, touches, counters })
    const states = view.list(nodeTable, 'byTraceable', [1])
    expect(live(view).at(-1)?.source).toBe(states.find((state) => state.startedAt === minute(5))?.no)
  })
})

describe('what a capture reads', () => {
  /** Counts the touches that were read from the past. */
  class CountingView extends MemoryView {
    touchesRead = 0

    override list<Row>(table: TableSpec<Row>, group: string, of: readonly KeyPart[]): readonly Row[] {
      const rows = super.list(table, group, of)
      if (table.name === touchTable.name) this.touchesRead += rows.length
      return rows
    }
  }

  it('[C1] facts newer than what is there never load a timeline, however long it is', () => {
    const view = new CountingView()
    const numbers = { node: 0, edge: 0 }
    const counters = (name: 'node' | 'edge') => ++numbers[name]
    const run = { kind: 'run', key: 'line' } as const
    for (let position = 0; position < 300; position++) {
      const at = minute(position)
      const draw = {
        role: 'draw',
        traceable: 1,
        edge: 'material',
        amount: 1n,
        item: 1,
        process: run,
      } as const
      const fill = {
        role: 'add',
        traceable: 2,
        edge: 'material',
        amount: 1n,
        vessel: true,
        process: run,
      } as const
      const touches: Touch[] = [
        { ...scanned, ...draw, at },
        { ...scanned, ...fill, at },
      ]
      applyTouches(view, { position, touches, counters })
    }
    expect(view.touchesRead).toBe(0)
    expect(live(view).length).toBeGreaterThan(900)
  })
})
