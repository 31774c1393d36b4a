import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { isRefusal } from '@lotline/core/base/refusal'
import { readCatenaFile } from './read-file.ts'

const data = new URL('../../../../../shared/data/real/catena-x/', import.meta.url)
const there = existsSync(data)

function read(file: string) {
  const facts = readCatenaFile(readFileSync(new URL(file, data), 'utf8'))
  if (isRefusal(facts)) throw new Error(facts.message)
  return facts
}

describe.skipIf(!there)('published Catena-X files (skipped: ../shared/data/real is absent)', () => {
  /**
   * Counted in the files: ids in the part aspects, children in as-built bills of material. In the messaging and import sets one
   * twin's JustInSequencePart names another id than its SerialPart, so it counts as a part of its own.
   */
  test.each([
    ['testdata/smallTestdata.json', 161, 283],
    ['testdata/IRS_Testdata_v1.0.0-DataIntegrity.json', 45, 41],
    ['testdata/CX_Testdata_MessagingTest_v0.0.14.json', 31, 12],
    ['testdata/import-test-data-CML1_v0.0.14.json', 16, 5],
    ['testdata/import-test-data-2BR4_v1.0.1.json', 17, 5],
    ['testdata/CX_Testdata_529_compatibility_SingleLevelBomAsBuilt.json', 4, 3],
    ['testdata/CX_Testdata_v.1.7.0_PartType.json', 0, 0],
    ['import/validImportFile.json', 11, 6],
    ['import/validImportFile-onlyAsBuiltAsset.json', 1, 1],
  ])('[I4] %s has %i parts and %i links', (file, parts, links) => {
    const facts = read(file)
    expect([facts.parts.length, facts.links.length]).toEqual([parts, links])
    expect(
      facts.parts.every(({ code, manufacturerPartId }) => code !== undefined && manufacturerPartId !== ''),
    ).toBe(true)
  })

  test('[I4] a batch and a link of the vehicle set, field by field', () => {
    const { parts, links } = read('testdata/smallTestdata.json')
    expect(parts.find(({ id }) => id === 'urn:uuid:3e604850-cc58-4f84-9661-9bdff32e0ebe')).toMatchObject({
      kind: 'batch',
      manufacturerId: 'BPNL00000003B0Q0',
      manufacturerPartId: '44819Q8-47',
      code: 'NO-000260078269981452669753',
      name: 'Engineering Plastics',
      madeAt: '2022-02-04T14:48:54',
      country: 'DEU',
    })
    expect(links.find(({ unit }) => unit === 'KGM')).toMatchObject({ at: '2022-02-03T14:48:54.709Z' })
    expect(new Set(links.map(({ unit }) => unit))).toEqual(new Set(['H87', 'KGM']))
  })

  test('[I4] an unknown aspect is refused with its place', () => {
    const facts = readCatenaFile(
      readFileSync(new URL('import/invalidImportFile-notSupportedAspect.json', data), 'utf8'),
    )
    expect(facts).toMatchObject({ code: 'catena_x_invalid', field: expect.stringContaining('line') })
  })
})

describe('files that are not right', () => {
  test.each([
    [
      '{"assets":[{"submodels":[{"aspectType":"urn:samm:io.catenax.batch:3.0.0#Batch","payload":{}}]}]}',
      'lacks catenaXId',
    ],
    ['{"assets":[7]}', 'is no object'],
    ['{"other":[]}', 'holds no Catena-X assets'],
    ['{"assets":[{"submodels":[', 'ends here'],
    [
      '[{"aspectType":"urn:samm:io.catenax.x:3.0.0#SingleLevelBomAsBuilt","payload":{"catenaXId":"a","childItems":[{"catenaXId":"a"}]}}]',
      'its own child',
    ],
  ])('[I4] %s', (text, reason) => {
    const facts = readCatenaFile(text)
    expect(isRefusal(facts) ? facts.message : facts).toContain(reason)
  })

  test('[I4] a file of something else is told so', () => {
    expect(readCatenaFile('{"other":[]}')).toMatchObject({ code: 'catena_x_not_a_file' })
  })
})
