import { expect, test } from 'vitest'
import { captureKey } from './capture-key.ts'

test('[B19] a key is a UUID of version 7 that holds its time', () => {
  const random = Uint8Array.from({ length: 16 }, (_, at) => at * 17)
  const key = captureKey(0x0195_1a2b_3c4d, random)
  expect(key).toBe('01951a2b-3c4d-7677-8899-aabbccddeeff')
  expect(captureKey(0x0195_1a2b_3c4e, random) > key).toBe(true)
})
