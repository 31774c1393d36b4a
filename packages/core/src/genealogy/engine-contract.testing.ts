import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GenealogyEngine, GraphChange, NodeNo, TraceQuery } from './engine.ts'
import { minute, tell } from './notation.testing.ts'
import { OracleEngine } from './oracle.testing.ts'
import { ledgerOf } from './plant-ledger.testing.ts'
import { randomPlant } from './random-plant.testing.ts'
import { type Asked, reach, statesNamed } from './reach.testing.ts'
import { ringOf, rings } from './touch.ts'

/** Makes an engine that has taken in these changes, in order of position, and nothing else. */
export type MakeEngine = (changes: readonly GraphChange[]) => Promise<GenealogyEngine>

/**
 * What every engine must answer alike: in memory, on SQL, by brute force. `runs` is the number of random plants; an engine
 * behind a database takes fewer.
 */
export function engineContract(name: string, makeEngine: MakeEngine, options: { runs?: number } = {}): void {
  describe(`${name} as a genealogy engine`, () => {
    for (const [title, story, ...questions] of stories) {
      it(title, async () => {
        const told = tell(story)
        const engine = await makeEngine(told.changes)
        for (const [question, expected, asked] of questions) {
          expect(`${question} ${await reach(engine, told, question, asked)}`).toBe(`${question} ${expected}`)
        }
      })
    }
    answersLikeTheOracle(makeEngine, options.runs ?? 80)
    explains(makeEngine, options.runs ?? 80)
    listsWhatItHolds(makeEngine)
  })
}

type Question = readonly [question: string, reaches: string, asked?: Asked]
type Story = readonly [title: string, story: string, ...questions: Question[]]

const stories: readonly Story[] = [
  [
    '[C1][C2] forward from a heat to the finished lots, backward from a finished lot to the heat',
    'HEAT > receive | receive > R1 10 | R1 5 > cut | cut > W1 | W1 > pack | pack > F1 | R1 5 > cut2 | cut2 > W2',
    ['HEAT >', 'F1 R1 W1 W2'],
    ['F1 <', 'HEAT R1 W1'],
    ['W2 <', 'HEAT R1'],
  ],
  [
    '[B5] units of one order, each with a process of its own, never show each other their parts',
    'A > unit1 | unit1 > U1 | B > unit2 | unit2 > U2',
    ['U1 <', 'A'],
    ['B >', 'U2'],
  ],
  [
    '[B11] a draw before a top-up is not in the scope of the topped-up lot',
    'M1 > fill1 | fill1 > T! 10 | T 4 > bake1 | bake1 > C1 | M2 > fill2 | fill2 > T! 10 | T 4 > bake2 | bake2 > C2',
    ['M2 >', 'C2 T.2'],
    ['M1 >', 'C1 C2 T.1 T.2'],
    ['C1 <', 'M1 T.1 T??'],
  ],
  [
    '[B11] a draw recorded late, before the top-up, belongs to the state before it',
    'M1 > fill1 @1 | fill1 > T! 10 @2 | M2 > fill2 @5 | fill2 > T! 10 @6 | T 4 > bake1 @3 | bake1 > C1 @4',
    ['M2 >', 'T.2'],
    ['M1 >', 'C1 T.1 T.2'],
  ],
  [
    '[B11] cleaning is a barrier: nothing of the heel goes on',
    'M1 > fill1 | fill1 > T! 10 | clean T | M2 > fill2 | fill2 > T! 10 | T > bake | bake > C',
    ['M1 >', 'T.1'],
    ['C <', 'M2 T.2'],
  ],
  [
    '[B11][C5] what is drawn empty but not cleaned cannot be excluded',
    'M1 > fill1 | fill1 > T! 10 | T 10 > bake1 | bake1 > C1 | M2 > fill2 | fill2 > T! 10 | T > bake2 | bake2 > C2',
    ['M1 >', 'C1 C2?? T.1 T.2??'],
    ['M1 >', 'C1 T.1', { ring: 'proven' }],
  ],
  [
    '[B12] the unit before the swap is told from the unit after, and a part in its next unit implicates no strangers',
    'A into U by fit1 | B into U by fit1 | U > ship | A out-of U by swap | C into U by fit2 | A into V by fit3',
    ['A.0 >', 'A.1 U.1 U.2 U.3 V.1', { follow: 'touched' }],
    ['A.0 >', 'A.1 V.1', { follow: 'contains' }],
    ['B >', 'U.1 U.2 U.3', { follow: 'contains' }],
    ['B >', 'A.1 U.1 U.2 U.3 V.1', { follow: 'touched' }],
    ['C >', 'U.3', { follow: 'touched' }],
    ['U.3 <', 'B C U U.1 U.2', { follow: 'contains' }],
    ['V <', 'A A.1 B U U.1', { follow: 'touched' }],
  ],
  [
    '[B13] a unit reworked three times has one history, and a loop of wrong records ends',
    'P > make | make > U | renew U by rework1 | renew U by rework2 | renew U by rework3 | U > use | use > X | X > make',
    ['P >', 'U U.1 U.2 U.3 X'],
    ['X >', 'U U.1 U.2 U.3'],
  ],
  [
    '[B10] a split keeps its parent, a merge keeps all of them',
    'A 10 > split | split > A1 5 | split > A2 5 | A2 > merge | B > merge | merge > M',
    ['M <', 'A A2 B'],
    ['A >', 'A1 A2 M'],
  ],
  [
    '[B4] reels of one item follow each other and carry nothing over',
    'R1 >> ~line | ~line > B1 | R2 >> ~line | ~line > B2',
    ['R1 >', 'B1'],
    ['B2 <', 'R2'],
  ],
  [
    '[B4] a reel stays loaded until the next one of its item, whatever else is loaded meanwhile',
    'R1 >> ~line | ~line > B1 | Q1 >> ~line | ~line > B2 | R2 >> ~line | ~line > B3',
    ['R1 >', 'B1 B2'],
    ['B3 <', 'Q1 R2'],
  ],
  [
    '[B4][C5] what is pooled goes on into the next segment as possible, and its reels do not',
    'R1 >> ~line | P1 > ~line | ~line > B1 | R2 >> ~line | ~line > B2 | clean ~line | R3 >> ~line | ~line > B3',
    ['P1 >', 'B1 B2?'],
    ['R1 >', 'B1'],
    ['B2 <', 'P1? R2'],
    ['B3 <', 'R3'],
  ],
  [
    '[B4][C5] what comes out within a set overlap may still hold the reel before, and nothing after it does',
    'R1 >> ~line | ~line > B1 | R2 >> ~line +2 | ~line > B2 | ~line > B3 | ~line > B4',
    ['R1 >', 'B1 B2? B3?'],
    ['R2 >', 'B2 B3 B4'],
    ['B3 <', 'R1? R2'],
    ['B4 <', 'R2'],
  ],
  [
    '[B4][C5] an overlap brings its own reel only, whatever else was loaded before the change',
    'R1 >> ~line | Q1 >> ~line | ~line > B1 | Q2 >> ~line | R2 >> ~line +3 | ~line > B2 | R3 >> ~line +3 | ~line > B3',
    ['B2 <', 'Q2 R1? R2'],
    ['B3 <', 'Q2 R1? R2? R3'],
    ['Q1 >', 'B1'],
  ],
  [
    '[B4][C5] an output that is recorded late falls into the overlap by when it happened; a cleaning ends it',
    'R1 >> ~line @1 | ~line > B1 @2 | R2 >> ~line +9 @3 | ~line > B3 @6 | clean ~line @5 | R3 >> ~line +9 @5.5 | ~line > B2 @4',
    ['R1 >', 'B1 B2?'],
    ['R2 >', 'B2'],
    ['B3 <', 'R3'],
  ],
  [
    '[B6][C5] backflushed is possible, assumed cannot be excluded, and the rings nest',
    'A > p1 ? | B > p1 ?? | C > p1 | p1 > X',
    ['X <', 'A? B?? C'],
    ['X <', 'A? C', { ring: 'possible' }],
    ['X <', 'C', { ring: 'proven' }],
  ],
  [
    '[C5] a long proven way beats a short possible one',
    'A > p ? | A > q1 | q1 > B | B > q2 | q2 > C | C > p | p > X',
    ['A >', 'B C X'],
    ['X <', 'A B C'],
  ],
  [
    '[C4][C5] an output before any recorded input is tied to what follows, as cannot be excluded',
    '~mix > W1 | H1 > ~mix | ~mix > W2',
    ['W1 <', 'H1??'],
    ['H1 >', 'W1?? W2'],
  ],
  [
    '[C5] a draw that the clocks cannot tell from a top-up belongs to both sides as possible',
    'M1 > f1 @1 | f1 > T! 10 @2 | M2 > f2 @8 | f2 > T! 10 @10 ±1 | T 1 > bake @9.5 | bake > C @12',
    ['M2 >', 'C? T.2'],
    ['C <', 'M1? M2? T.1? T.2? T??'],
  ],
  [
    '[C7] a later correction does not change what was known on a past date',
    'A > p | p > X | B > p | void 1',
    ['X <', 'B'],
    ['X <', 'A', { asKnownOn: 1 }],
    ['X <', 'A B', { asKnownOn: 2 }],
  ],
  [
    '[C7] happened between is another question than as known on',
    'A > p @1 | p > X @2 | X > q @10 | q > Y @11',
    ['A >', 'X Y'],
    ['A >', 'X', { happened: { to: minute(9) } }],
    ['X >', 'Y', { happened: { from: minute(10) } }],
    ['A >', '', { happened: { from: minute(2) } }],
  ],
  [
    '[B16] a lot used before it is received gets its origin when the receipt comes',
    'L 5 > use @5 | use > X @6 | HEAT > receive @8 | receive > L 10 @9',
    ['HEAT >', 'L X'],
    ['X <', 'HEAT L'],
  ],
]

function plantAndQuery(): fc.Arbitrary<{ changes: readonly GraphChange[]; query: TraceQuery; to: NodeNo[] }> {
  const events = randomPlant({ traceables: 7, events: 16 })
  const node = fc.nat({ max: 40 })
  const moment = fc.integer({ min: 0, max: 20 }).map((second) => minute(second / 60))
  const query = fc.record(
    {
      from: fc.array(node, { minLength: 1, maxLength: 2 }),
      direction: fc.constantFrom('forward' as const, 'backward' as const),
      follow: fc.constantFrom('contains' as const, 'touched' as const),
      happened: fc.record({ from: moment, to: moment }, { requiredKeys: [] }),
      asKnownOn: fc.nat({ max: 18 }),
      ring: fc.constantFrom(...rings),
      limit: fc.integer({ min: 1, max: 8 }),
      overlay: fc.array(fc.tuple(node, node), { maxLength: 2 }),
    },
    { requiredKeys: ['from', 'direction'] },
  )
  return fc.tuple(events, query, fc.array(node, { minLength: 1, maxLength: 2 })).map(([plant, asked, to]) => {
    const { changes } = ledgerOf(plant)
    const count = changes.reduce((sum, change) => sum + change.nodes.length, 0)
    const within = (no: number) => (count === 0 ? 1 : (no % count) + 1)
    const { overlay, ...rest } = asked
    const laid = (overlay ?? []).map(([source, target]) => ({
      source: within(source),
      target: within(target),
      kind: 'material' as const,
      evidence: 'candidate' as const,
      amount: null,
      happenedAt: minute(0),
      until: null,
    }))
    const full: TraceQuery = { ...rest, from: asked.from.map(within), ...(overlay ? { overlay: laid } : {}) }
    return { changes: count === 0 ? [] : changes, query: full, to: to.map(within) }
  })
}

function answersLikeTheOracle(makeEngine: MakeEngine, runs: number): void {
  it('[C1][C2][C4][C5][C7][B13] answers like the brute-force oracle on random plants', async () => {
    await fc.assert(
      fc.asyncProperty(plantAndQuery(), async ({ changes, query, to }) => {
        if (changes.length === 0) return
        const engine = await makeEngine(changes)
        const oracle = new OracleEngine(changes)
        expect(plain(await engine.trace(query))).toEqual(plain(await oracle.trace(query)))
        expect(plain(await engine.between(query, to))).toEqual(plain(await oracle.between(query, to)))
        const all = Int32Array.from({ length: 60 }, (_, index) => index + 1)
        expect(await engine.edgesAmong(all, query.asKnownOn)).toEqual(
          await oracle.edgesAmong(all, query.asKnownOn),
        )
        expect(await engine.statesOf([1, 2, 3], query.asKnownOn)).toEqual(
          await oracle.statesOf([1, 2, 3], query.asKnownOn),
        )
        const asked = Array.from(all).slice(0, 20)
        expect(await engine.held(asked, query.asKnownOn)).toEqual(await oracle.held(asked, query.asKnownOn))
        const { from, limit: _limit, ...open } = query
        const groups = { nodes: Int32Array.of(1, 2, 3, 3, 4), groups: Int32Array.of(0, 0, 1, 2, 2) }
        const weights = { nodes: Int32Array.of(2, 5), amounts: Float64Array.of(7, 9) }
        const exposed = { ...open, sources: [from, [1], to], counted: [groups], weights }
        expect(await engine.exposure(exposed)).toEqual(await oracle.exposure(exposed))
        expect(await engine.position()).toBe(await oracle.position())
      }),
      { numRuns: runs, seed: 20260104 },
    )
  })
}

function explains(makeEngine: MakeEngine, runs: number): void {
  it('[C12] explains each node in scope by a shortest proof of its ring, and no other node', async () => {
    await fc.assert(
      fc.asyncProperty(plantAndQuery(), async ({ changes, query }) => {
        if (changes.length === 0) return
        const { limit: _, ...unlimited } = query
        const engine = await makeEngine(changes)
        const oracle = new OracleEngine(changes)
        const scope = await oracle.trace(unlimited)
        const followed = oracle.followed(unlimited)
        for (let node = 1; node <= 12; node++) {
          const proof = await engine.explain(unlimited, node)
          const index = scope.nodes.indexOf(node)
          expect(proof?.length).toBe(index < 0 ? undefined : scope.depth[index])
          if (!proof || proof.length === 0) continue
          const strengths = proof.map((step) => rings.indexOf(ringOf(step.edge.evidence)))
          expect(Math.max(...strengths)).toBe(scope.ring[index])
          expect(query.from).toContain(proof[0]?.from)
          expect(proof.at(-1)?.to).toBe(node)
          proof.forEach((step, at) => {
            if (at > 0) expect(step.from).toBe(proof[at - 1]?.to)
            expect(followed).toContainEqual(
              expect.objectContaining({ from: step.from, to: step.to, no: step.edge.no }),
            )
          })
        }
      }),
      { numRuns: Math.ceil(runs / 2), seed: 20260105 },
    )
  })
}

function listsWhatItHolds(makeEngine: MakeEngine): void {
  it('[C6] gives each edge back with its amount, evidence and event', async () => {
    const told = tell('H 9007199254740991 > p ? | p > W 3')
    const engine = await makeEngine(told.changes)
    const [heat] = await statesNamed(engine, told, 'H')
    const [lot] = await statesNamed(engine, told, 'W')
    const found = await engine.trace({ from: [heat?.no ?? 0], direction: 'forward' })
    const edges = await engine.edgesAmong(found.nodes)
    expect(edges).toMatchObject([
      {
        source: heat?.no,
        amount: 9007199254740991n,
        evidence: 'backflushed',
        event: 0,
        happenedAt: minute(1),
      },
      {
        target: lot?.no,
        amount: 3n,
        evidence: 'scanned',
        event: 1,
        addedAt: 1,
        retractedAt: null,
        until: null,
      },
    ])
    expect(await engine.nodes(Int32Array.from([lot?.no ?? 0, 99]))).toEqual([lot])
  })

  it('[C6][B11] tells what each content of a tank held and what is left of it', async () => {
    const told = tell(
      'M1 10 > f1 | f1 > T! 10 | T 4 > b1 | b1 > C1 | M2 6 > f2 | f2 > T! 6 | T 3 > b2 | b2 > C2 | C2 > use',
    )
    const engine = await makeEngine(told.changes)
    const contents = await statesNamed(engine, told, 'T')
    const held = await engine.held(contents.map((state) => state.no))
    expect(held.slice(1)).toEqual([
      { total: 10n, remaining: 6n },
      { total: 12n, remaining: 9n },
    ])
    const [drawn] = await statesNamed(engine, told, 'C2')
    expect(await engine.held([drawn?.no ?? 0])).toEqual([undefined])
  })

  it('[C4] says when a limit cut the answer short', async () => {
    const told = tell('A > p | p > B | p > C | p > D')
    const engine = await makeEngine(told.changes)
    const [root] = await statesNamed(engine, told, 'A')
    const query = { from: [root?.no ?? 0], direction: 'forward' as const }
    expect(await engine.trace({ ...query, limit: 5 })).toMatchObject({ truncated: false })
    const cut = await engine.trace({ ...query, limit: 3 })
    expect(cut.truncated).toBe(true)
    expect(cut.nodes.length).toBe(3)
  })
}

/** A result as plain lists, each level in order of number: without a limit an engine may give a level in any order. */
function plain(result: {
  nodes: Int32Array
  ring: Uint8Array
  depth: Int32Array
  loops: readonly NodeNo[]
  truncated: boolean
  position: number
}) {
  const rows = [...result.nodes].map((node, index) => ({
    node,
    ring: result.ring[index] ?? 0,
    depth: result.depth[index] ?? 0,
  }))
  rows.sort((a, b) => a.depth - b.depth || a.node - b.node)
  const { loops, truncated, position } = result
  return { rows, loops, truncated, position }
}
