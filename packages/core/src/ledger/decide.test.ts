import { describe, expect, test } from 'vitest'
import { counterTable } from '../identity/rows.ts'
import { receiveBar, yard } from '../warehouse/yard.testing.ts'
import { exceptionTable, gapTable } from './record-tables.ts'

describe('a decision', () => {
  test('[B18] who, when and how it is known stand in the event', () => {
    const plant = yard()
    const event = plant.do({
      ...receiveBar,
      happenedAt: '2026-03-02T09:00:00+01:00',
      uncertaintyMs: 60_000,
      device: 'scanner-3',
      deviceSeq: 12,
      reason: 'late paper',
      source: { system: 'erp', id: '7', sequence: 3 },
    })
    expect(event).toMatchObject({
      happenedAt: '2026-03-02T08:00:00.000Z',
      happenedAtGiven: '2026-03-02T09:00:00+01:00',
      uncertaintyMs: 60_000,
      device: 'scanner-3',
      deviceSeq: 12,
      reason: 'late paper',
      source: { system: 'erp', id: '7', sequence: 3 },
      historical: false,
      body: { evidence: 'scanned' },
    })
  })

  test('[H1] a live capture is done by who sends it, whoever it names; a historical one may name another', () => {
    const plant = yard()
    expect(plant.do({ ...receiveBar, by: 'bob' }).actor).toBe('ada')
    const historical = plant.do({ ...receiveBar, by: 'bob', historical: true })
    expect([historical.actor, historical.sentBy, historical.body['evidence']]).toEqual([
      'bob',
      'ada',
      'declared',
    ])
  })

  test('[B20] a clock ahead of time is refused; five minutes are granted; the past is not', () => {
    const plant = yard()
    plant.now = '2026-03-02T12:00:00.000Z' as never
    plant.refuses({ ...receiveBar, happenedAt: '2026-03-02T12:05:00.001Z' }, 'clock_ahead')
    plant.now = '2026-03-02T12:00:00.000Z' as never
    plant.do({ ...receiveBar, happenedAt: '2026-03-02T12:05:00Z' })
    plant.do({ ...receiveBar, happenedAt: '2019-03-02T12:05:00Z' })
    plant.refuses({ ...receiveBar, happenedAt: '2026-03-02 12:00' }, 'time_malformed')
  })

  test('[A3] numbers are given back when the decision refuses', () => {
    const plant = yard()
    plant.do(receiveBar)
    const before = plant.view.all(counterTable)
    plant.refuses({ ...receiveBar, item: 'MILK' }, 'expiry_missing')
    plant.refuses({ ...receiveBar, order: 'NOPE' }, 'order_unknown')
    expect(plant.view.all(counterTable)).toEqual(before)
    plant.do(receiveBar)
    expect(plant.knows('20260302-NUCOR-002')).toBe(true)
  })

  test('[C4] gaps and exceptions are numbered in ledger order and stand in the event', () => {
    const plant = yard()
    const late = { historical: true, verb: 'move', quantity: { value: '1' }, to: 'DOCK' }
    plant.do({ ...late, what: 'GHOST-1' })
    const event = plant.do({ ...late, what: 'GHOST-2' })
    plant.do({ ...receiveBar, item: 'MILK', historical: true })
    expect(plant.view.all(gapTable).map((gap) => gap.no)).toEqual([1, 2, 3, 4])
    expect(plant.view.all(exceptionTable).map((each) => [each.no, each.code])).toEqual([
      [1, 'expiry_missing'],
    ])
    expect(event.body['notes']).toMatchObject({
      gaps: [
        { no: 3, kind: 'used-before-received' },
        { no: 4, kind: 'shortfall' },
      ],
    })
  })
})
