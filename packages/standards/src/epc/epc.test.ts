import { describe, expect, test } from 'vitest'
import { isRefusal } from '@lotline/core/base/refusal'
import { formatBracketed, parseBracketed } from '../gs1/element-string.ts'
import { identityOfText, identityOfUri } from './identity.ts'
import { formatEpcUrn, parseEpcUrn } from './urn.ts'

/** One row per scheme; the GS1 keys are those of the published event-hash example with all keys. */
const rows: readonly [urn: string, printed: string, prefixLength: number][] = [
  ['urn:epc:id:sgtin:4012345.012345.12', '(01)04012345123456(21)12', 7],
  ['urn:epc:class:lgtin:4054739.099914.20160711', '(01)04054739999148(10)20160711', 7],
  ['urn:epc:idpat:sgtin:4054739.099914.*', '(01)04054739999148', 7],
  ['urn:epc:id:sscc:4012345.0000000333', '(00)040123450000003338', 7],
  ['urn:epc:id:sgln:4012345.00011.987', '(414)4012345000115(254)987', 7],
  ['urn:epc:id:sgln:4012345.00012.0', '(414)4012345000122', 7],
  ['urn:epc:id:pgln:5200001.00000', '(417)5200001000008', 7],
  ['urn:epc:id:grai:4012345.66666.87', '(8003)0401234566666387', 7],
  ['urn:epc:idpat:grai:4012345.66666.*', '(8003)04012345666663', 7],
  ['urn:epc:id:giai:4012345.AAbb', '(8004)4012345AAbb', 7],
  ['urn:epc:id:gsrn:4012345.9876540000', '(8018)401234598765400000', 7],
  ['urn:epc:id:gsrnp:4012345.0000098765', '(8017)401234500000987658', 7],
  ['urn:epc:id:gdti:4012345.55555.98', '(253)401234555555498', 7],
  ['urn:epc:idpat:gdti:4012345.55555.*', '(253)4012345555554', 7],
  ['urn:epc:id:sgcn:4012345.99999.44', '(255)401234599999044', 7],
  ['urn:epc:id:cpi:4012345.ABC.123', '(8010)4012345ABC(8011)123', 7],
  ['urn:epc:idpat:cpi:4012345.ABC.*', '(8010)4012345ABC', 7],
  ['urn:epc:id:ginc:4012345.333', '(401)4012345333', 7],
  ['urn:epc:id:gsin:4012345.999987654', '(402)40123459999876541', 7],
  ['urn:epc:id:itip:4012345.012345.01.02.999', '(8006)040123451234560102(21)999', 7],
  ['urn:epc:idpat:itip:4012345.012345.01.02.*', '(8006)040123451234560102', 7],
  ['urn:epc:id:upui:4012345.012345.AB12', '(01)04012345123456(235)AB12', 7],
  ['urn:epc:id:sgtin:0614141.107346.2%2F7', '(01)10614141073464(21)2/7', 7],
]

describe('EPC URNs and GS1 keys', () => {
  test.each(rows)('[I2] %s is %s, and back', (urn, printed, prefixLength) => {
    const values = parseEpcUrn(urn)
    expect(isRefusal(values) ? values : formatBracketed(values)).toBe(printed)
    const read = parseBracketed(printed)
    expect(isRefusal(read) ? read : formatEpcUrn(read, prefixLength)).toBe(urn)
  })

  test.each([
    ['urn:epc:id:sgtin:0614141.10734.1', 'must have 13 digits'],
    ['urn:epc:id:sgtin:0614141.107346', 'too few parts'],
    ['urn:epc:id:sgtin:0614141.107346.*', 'empty or open part'],
    ['urn:epc:id:sscc:12.345', 'company prefix'],
    ['urn:epc:id:gid:1.2.3', 'is not an EPC URN'],
  ])('[I2] %s is refused', (urn, reason) => {
    expect(parseEpcUrn(urn)).toMatchObject({
      code: 'epc_malformed',
      message: expect.stringContaining(reason),
    })
  })
})

describe('one identity, many spellings', () => {
  test('[A4] the same lot as URN, links, element string and printed form', () => {
    const spellings = [
      'urn:epc:class:lgtin:4054739.099914.20160711',
      'https://id.gs1.org/01/04054739999148/10/20160711',
      'https://brand.example/de/01/04054739999148/10/20160711?17=271231',
      '(01)04054739999148(10)20160711',
      ']C1010405473999914810' + '20160711',
      ']Q3010405473999914817271231' + '1020160711',
    ]
    const uris = spellings.map((text) => identityOfText(text)?.uri)
    expect(new Set(uris)).toEqual(new Set(['https://id.gs1.org/01/04054739999148/10/20160711']))
    expect(identityOfText(spellings[0] ?? '')).toMatchObject({
      kind: 'lot',
      code: '20160711',
      classCode: '04054739999148',
      classUri: 'https://id.gs1.org/01/04054739999148',
    })
  })

  test('[A4] a unit with lot and serial is the serial', () => {
    const unit = identityOfText('(01)04012345123456(10)L1(21)12')
    expect(unit?.uri).toBe(identityOfUri('urn:epc:id:sgtin:4012345.012345.12').uri)
  })

  test('[A4] what is no GS1 identity stands for itself', () => {
    expect(identityOfUri('urn:uuid:0c2d8a8b-5a1b-4f3e-9d4f-2f7d1c9b8a77')).toMatchObject({
      kind: 'other',
      uri: 'urn:uuid:0c2d8a8b-5a1b-4f3e-9d4f-2f7d1c9b8a77',
    })
    expect(identityOfUri('https://id.example.com/8003/0300134500077187')).toMatchObject({ kind: 'other' })
  })
})
