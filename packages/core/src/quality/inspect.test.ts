import { describe, expect, test } from 'vitest'
import { inspectionTable } from '../ledger/record-tables.ts'
import { receiveBar, yard } from '../warehouse/yard.testing.ts'

const inspect = { verb: 'inspect', what: 'R-1', kind: 'incoming', verdict: 'pass' }

function waiting() {
  const plant = yard()
  plant.do({ ...receiveBar, lot: 'R-1', status: 'pending' })
  plant.do({ verb: 'define', thing: 'gauge', code: 'CAL-7' })
  return plant
}

describe('inspect', () => {
  test('[B3] a pass releases what waited, unless it is told not to; a fail rejects', () => {
    const plant = waiting()
    plant.do({ ...inspect, release: false })
    expect(plant.lot('R-1').status).toBe('pending')
    plant.do({ ...inspect, verdict: 'conditional' })
    expect(plant.lot('R-1').status).toBe('pending')
    plant.do({ ...inspect, gauge: 'CAL-7' })
    expect(plant.lot('R-1').status).toBe('released')
    plant.do({ ...inspect, verdict: 'fail' })
    expect(plant.lot('R-1').status).toBe('rejected')
    plant.do(inspect)
    expect(plant.lot('R-1').status).toBe('rejected')
    expect(plant.view.list(inspectionTable, 'byGauge', [1])).toHaveLength(1)
  })

  test.each([
    ['10.01', '9.9', '10.0'],
    ['9.8999999999999999999999', '9.9', '10.0'],
    ['-0.3', '-0.25', '0.25'],
  ])('[B3] %s outside %s to %s cannot pass', (value, lower, upper) => {
    const plant = waiting()
    const results = [{ characteristic: 'diameter', value, unit: 'mm', lower, upper }]
    expect(plant.refuses({ ...inspect, results }, 'out_of_limits').field).toBe('results/0/value')
    plant.do({ ...inspect, results, verdict: 'fail' })
    plant.do({ ...inspect, results, historical: true })
    expect(plant.exceptions()).toEqual(['out_of_limits'])
  })

  test('[B3] on the limit passes; words have no limits', () => {
    const plant = waiting()
    const on = { characteristic: 'diameter', value: '10.00', lower: '9.9', upper: '10.0' }
    plant.do({ ...inspect, results: [on, { characteristic: 'colour', value: 'grey' }] })
    const results = [{ ...on, value: 'about ten' }]
    plant.refuses({ ...inspect, results }, 'result_malformed')
  })

  test('[B3] refused: nothing named, an unknown gauge, lot or order', () => {
    const plant = waiting()
    const { what: _what, ...nothing } = inspect
    plant.refuses(nothing, 'nothing_inspected')
    plant.refuses({ ...inspect, gauge: 'NOPE' }, 'resource_unknown')
    plant.refuses({ ...inspect, what: 'NOPE' }, 'lot_unknown')
    plant.refuses({ ...nothing, order: 'NOPE' }, 'order_unknown')
    plant.do({ verb: 'open', order: 'WO-1', kind: 'work', item: 'BAR' })
    plant.do({ ...nothing, kind: 'first-article', order: 'WO-1', operation: '10' })
    expect(plant.view.all(inspectionTable)).toMatchObject([{ processKey: 'run:1:10', traceable: null }])
  })
})

describe('dispose', () => {
  const dispose = { verb: 'dispose', what: 'R-1', reason: 'scratched' }

  test('[E5] [B16] scrap takes stock; the lot is scrapped when nothing is left', () => {
    const plant = waiting()
    plant.do({ ...dispose, disposition: 'scrap', quantity: { value: '40' } })
    expect([plant.stock('R-1'), plant.lot('R-1').status]).toEqual([{ 'place STORE': '60.000' }, 'pending'])
    plant.do({ ...dispose, disposition: 'destroy' })
    expect([plant.stock('R-1'), plant.lot('R-1').status]).toEqual([{}, 'scrapped'])
  })

  test.each([
    ['use-as-is', 'released'],
    ['rework', 'pending'],
    ['return-to-supplier', 'returned'],
  ])('[E5] %s makes it %s', (disposition, status) => {
    const plant = waiting()
    plant.do({ ...inspect, verdict: 'fail' })
    plant.do({ ...dispose, disposition })
    expect(plant.lot('R-1').status).toBe(status)
  })

  test('[E5] [D1] a held lot may be disposed of, and use as is does not release the hold', () => {
    const plant = waiting()
    plant.do({ verb: 'hold', what: ['R-1'], reasonCode: 'x', reason: 'x' })
    plant.do({ ...dispose, disposition: 'use-as-is' })
    plant.refuses({ verb: 'ship', customer: 'ACME', contents: [{ what: 'R-1' }] }, 'lot_on_hold')
    plant.do({ ...dispose, disposition: 'scrap' })
  })

  test('[E5] refused: a part used as is, more than there is, an unknown lot', () => {
    const plant = waiting()
    const part = { quantity: { value: '40' } }
    plant.refuses({ ...dispose, ...part, disposition: 'use-as-is' }, 'split_first')
    plant.refuses({ ...dispose, disposition: 'scrap', quantity: { value: '400' } }, 'not_enough')
    plant.refuses({ ...dispose, what: 'NOPE', disposition: 'scrap' }, 'lot_unknown')
  })
})
