import { expect, test } from 'vitest'
import { isRefusal } from '../base/refusal.ts'
import { adviseTracking, type ProductFamily } from './tracking-advice.ts'

test.each<[ProductFamily, string]>([
  [{}, 'lot'],
  [{ unitValue: '49.99' }, 'batch'],
  [{ unitValue: '50' }, 'lot'],
  [{ unitValue: '499.99' }, 'lot'],
  [{ unitValue: '500.00' }, 'serial'],
  [{ unitValue: '1.00', rules: ['food-traceability-list'] }, 'lot'],
  [{ unitValue: '1.00', rules: ['gmp'] }, 'batch'],
  [{ unitValue: '1.00', rules: ['iatf'] }, 'lot'],
  [{ unitValue: '1.00', rules: ['as9100'] }, 'serial'],
  [{ unitValue: '1.00', rules: ['gmp', 'udi'] }, 'serial'],
  [{ risk: 'low' }, 'none'],
  [{ unitValue: '1.00', risk: 'harm' }, 'lot'],
  [{ unitValue: '1.00', risk: 'safety-critical' }, 'serial'],
  [{ unitValue: '1.00', risk: 'low', customerAsks: 'serial' }, 'serial'],
])('[A1] %o is best tracked by %s, and each input says why', (family, tracking) => {
  const advice = adviseTracking(family)
  if (isRefusal(advice)) throw new Error(advice.message)
  expect(advice.tracking).toBe(tracking)
  const inputs = Object.values(family).flat().length
  expect(advice.reasons.filter((reason) => reason.why !== '')).toHaveLength(inputs)
})

test('[A1] a value that is no amount is asked about', () => {
  const advice = adviseTracking({ unitValue: '1,50' })
  expect(isRefusal(advice) && advice.code).toBe('quantity_malformed')
})
