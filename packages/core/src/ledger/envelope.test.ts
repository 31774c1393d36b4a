import { describe, expect, test } from 'vitest'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { receiveBar, yard } from '../warehouse/yard.testing.ts'
import { envelopeBytes, GENESIS, leafHash, readEnvelope } from './envelope.ts'

const sealing = { org: 'org-1', prev: GENESIS, salt: '00'.repeat(16) }

describe('the envelope', () => {
  test('[F1] [B18] its bytes are read back to the very event', () => {
    const plant = yard()
    const event = plant.do({ ...receiveBar, lot: 'R-1', heat: 'H-1', source: { system: 'erp', id: '7' } })
    const bytes = envelopeBytes(event, sealing)
    const read = readEnvelope(new TextDecoder().decode(bytes))
    expect(read).toEqual({ event, sealing })
    expect(envelopeBytes(read.event, read.sealing)).toEqual(bytes)
  })

  test('[F1] one changed byte is another leaf', () => {
    const plant = yard()
    const event = plant.do(receiveBar)
    const bytes = envelopeBytes(event, sealing)
    const hash = leafHash(bytes)
    bytes[40] = (bytes[40] ?? 0) ^ 1
    expect(leafHash(bytes)).not.toBe(hash)
  })

  // RFC 6962 section 2.1.1 test vectors of the certificate transparency project: the empty leaf and one of 00.
  test.each([
    ['', '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
    ['\u0000', '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7'],
  ])('[F1] the leaf hash of %j is that of RFC 6962', (text, hash) => {
    expect(leafHash(utf8ToBytes(text))).toBe(hash)
    expect(bytesToHex(utf8ToBytes(text)).length).toBe(text.length * 2)
  })
})
