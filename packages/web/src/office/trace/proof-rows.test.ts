import type { Explanation } from '@lotline/core/recall/trace-shape'
import { expect, test } from 'vitest'
import { proofRows } from './proof-rows.ts'

type Step = Explanation['steps'][number]

function step(from: string, to: string, position: number, more: Partial<Step> = {}): Step {
  const idOf = (code: string) => (code.includes(':') ? null : code)
  const event = { position, type: 'Consumed', actor: 'ann' }
  const rest = { facts: [], documents: [] }
  const known = {
    kind: 'material',
    evidence: 'scanned',
    ring: 'proven',
    quantity: null,
  } as const
  const happenedAt = '2026-01-01T00:00:00.000Z'
  return {
    from,
    fromId: idOf(from),
    to,
    toId: idOf(to),
    ...known,
    ...rest,
    happenedAt,
    event,
    process: null,
    ...more,
  }
}

test('[C12] a proof goes from thing to thing, and the processes between stand with their step', () => {
  const process = { key: 'run:1', order: 'WO-1', operation: '10', equipment: 'LATHE-1' }
  const facts = [
    { kind: 'equipment', name: 'LATHE-1', value: null },
    { kind: 'parameter', name: 'speed', value: '1200' },
  ]
  const document = { sha256: 'a', name: 'cert.pdf', kind: 'certificate', uri: null }
  const rows = proofRows([
    step('H-1', 'R-1', 1),
    step('R-1', 'run:1', 2, { process, facts, documents: [document] }),
    step('run:1', 'S-1', 3, { process, facts, documents: [document] }),
  ])
  expect(
    rows.map(
      ({ from, to, links }) => `${from} > ${to} by ${links.map(({ event }) => event.position).join(' ')}`,
    ),
  ).toEqual(['H-1 > R-1 by 1', 'R-1 > S-1 by 2 3'])
  expect(rows[1]).toMatchObject({ process, facts: ['parameter speed: 1200'], documents: [document] })
})

test('[C12] no proof is no rows', () => {
  expect(proofRows([])).toEqual([])
})
