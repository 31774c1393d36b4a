import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { isRefusal } from '@lotline/core/base/refusal'
import { edgeTable } from '@lotline/core/genealogy/rows'
import { itemTable, traceableTable } from '@lotline/core/identity/rows'
import { openCatena } from './catena-import.ts'
import type { ImportRecord } from './import-record.ts'
import type { Importable } from './importable.ts'
import { runImport } from './import-run.ts'
import { MemoryLedger } from './memory-ledger.testing.ts'
import { fileAt, fileOf } from './source-file.ts'

const data = new URL('../../../../../shared/data/real/catena-x/', import.meta.url)
const there = existsSync(data)

async function open(file: string): Promise<Importable> {
  const source = await fileAt(fileURLToPath(new URL(file, data)))
  const opened = isRefusal(source) ? source : await openCatena(source)
  if (isRefusal(opened)) throw new Error(opened.message)
  return opened
}

function json(file: string) {
  return JSON.parse(readFileSync(new URL(file, data), 'utf8'))
}

interface Relationship {
  readonly catenaXId: string
  readonly linkedItem: {
    readonly childCatenaXId: string
    readonly quantity: {
      readonly quantityNumber: number | string
      readonly measurementUnit: { readonly lexicalValue: string }
    }
  }
}

describe.skipIf(!there)('published as-built genealogies (skipped: ../shared/data/real is absent)', () => {
  /**
   * The set of four vehicles: 161 parts, 283 lines of bills of material. Each part comes of one process, into which all of its
   * lines go, so a vehicle reaches backward exactly what its lines name at any depth (`explosionOfRoot`), and a batch forward
   * exactly what it was built into (`whereUsedOfBatch`). The file names no part that it does not describe: no gaps.
   */
  test('[I4] [C1] [C2] every vehicle and every batch reaches what the file says', async () => {
    const ledger = new MemoryLedger()
    const opened = await open('testdata/smallTestdata.json')
    const result = await runImport(opened.records(), { capture: ledger.capture })
    expect(result).toMatchObject({
      refused: 0,
      gaps: 0,
      exceptions: 2,
      byVerb: { produce: 161, consume: 283 },
    })
    const key = json('derived-smallTestdata-closure.json')
    for (const [vehicle, parts] of Object.entries(key.explosionOfRoot)) {
      expect(ledger.reaches(vehicle, 'backward')).toEqual([...(parts as string[])].sort())
    }
    for (const [batch, users] of Object.entries(key.whereUsedOfBatch)) {
      expect(ledger.reaches(batch, 'forward')).toEqual([...(users as string[])].sort())
    }
  })

  test('[I4] importing it again adds nothing', async () => {
    const ledger = new MemoryLedger()
    const opened = await open('testdata/smallTestdata.json')
    await runImport(opened.records(), { capture: ledger.capture })
    const before = ledger.events.length
    const again = await runImport(opened.records(), { capture: ledger.capture })
    expect(again).toMatchObject({ recorded: 0, refused: 0, known: opened.total })
    expect(ledger.events.length).toBe(before)
  })

  /**
   * The 44 relationships of one vehicle over three companies. Quantities are the file's: 0.1908 kg of a batch stays 0.1908 kg on its
   * edge. Serial parts come with quantities in litres, which no piece has; then the piece counts, and an exception says so.
   */
  test('[I4] [C6] the expected relationships of case TRI-1070', async () => {
    const ledger = new MemoryLedger()
    const opened = await open('expected/TRI-1070-expected-submodels.json')
    const result = await runImport(opened.records(), { capture: ledger.capture })
    expect(result).toMatchObject({ refused: 0 })
    const links: Relationship[] = json('expected/TRI-1070-expected-relationships.json').relationships
    const { submodels } = json('expected/TRI-1070-expected-submodels.json')
    expect(links.length).toBe(44)
    for (const { catenaXId, linkedItem } of links) {
      expect(ledger.reaches(catenaXId, 'backward')).toContain(linkedItem.childCatenaXId)
    }
    const batches = submodels
      .filter(({ aspectType }: { aspectType: string }) => aspectType.endsWith('#Batch'))
      .map(({ payload }: { payload: { catenaXId: string } }) => payload.catenaXId)
    const amounts = ledger.view.all(edgeTable).map(({ amount }) => amount)
    const weighed = links.filter(({ linkedItem }: Relationship) =>
      batches.includes(linkedItem.childCatenaXId),
    )
    const inGrams = ({ linkedItem }: Relationship) =>
      BigInt(Math.round(Number(linkedItem.quantity.quantityNumber) * 1e6))
    const kilograms = weighed.filter(
      ({ linkedItem }: Relationship) => linkedItem.quantity.measurementUnit.lexicalValue === 'unit:kilogram',
    )
    expect(new Set(kilograms.map(inGrams))).toEqual(new Set([190800n, 201400n, 234100n, 330100n]))
    for (const relationship of kilograms) expect(amounts).toContain(inGrams(relationship))
  })

  test('[I4] [C4] a child that no file describes is a gap until its own file comes', async () => {
    const ledger = new MemoryLedger()
    const parent = { aspectType: 'urn:x:1.0.0#SerialPart', payload: part('urn:uuid:car', 'CAR', 'BPNL1') }
    const bom = {
      aspectType: 'urn:x:1.0.0#SingleLevelBomAsBuilt',
      payload: {
        catenaXId: 'urn:uuid:car',
        childItems: [{ catenaXId: 'urn:uuid:door', quantity: { value: 1, unit: 'unit:piece' } }],
      },
    }
    await importText(ledger, JSON.stringify([bom, parent]))
    expect(ledger.openGaps()).toEqual([
      expect.stringContaining('urn:uuid:door was used before'),
      expect.stringContaining('1 H87 of urn:uuid:door, whose item is not on record'),
    ])
    expect(ledger.named('urn:uuid:door')).toMatchObject({ status: 'expected', item: null })
    await importText(
      ledger,
      JSON.stringify([
        { aspectType: 'urn:x:1.0.0#SerialPart', payload: part('urn:uuid:door', 'DOOR', 'BPNL2') },
      ]),
    )
    expect(ledger.openGaps()).toEqual([])
    const door = ledger.named('urn:uuid:door')
    expect(ledger.view.get(itemTable, [door?.item ?? 0])?.code).toBe('BPNL2/DOOR')
    expect(ledger.named('SN-urn:uuid:door')?.no).toBe(door?.no)
    expect(ledger.reaches('urn:uuid:door', 'forward')).toEqual(['urn:uuid:car'])
    expect(ledger.view.all(traceableTable).length).toBe(2)
  })

  test.each([
    'import/validImportFile.json',
    'testdata/CX_Testdata_MessagingTest_v0.0.14.json',
    'testdata/IRS_Testdata_v1.0.0-DataIntegrity.json',
    'testdata/CX_Testdata_529_compatibility_SingleLevelBomAsBuilt.json',
  ])('[I4] %s comes in without a refusal, in any order', async (file) => {
    const opened = await open(file)
    const sorted = new MemoryLedger()
    expect((await runImport(opened.records(), { capture: sorted.capture })).problems).toEqual([])
    const shuffled = new MemoryLedger()
    const records: ImportRecord[] = []
    for await (const record of opened.records()) records.push(record)
    // The import says what things are before it says what happened, however the file is sorted.
    const facts = records.filter(({ settledBy }) => settledBy === undefined)
    const mixed = [
      ...records.filter(({ settledBy }) => settledBy !== undefined),
      ...facts.toReversed(),
      ...facts,
    ]
    expect((await runImport(mixed, { capture: shuffled.capture })).problems).toEqual([])
    const parts = [...sorted.view.all(traceableTable)].map(({ no }) => sorted.nameOf(no)).sort()
    expect([...shuffled.view.all(traceableTable)].map(({ no }) => shuffled.nameOf(no)).sort()).toEqual(parts)
    for (const name of parts) {
      expect(shuffled.reaches(name, 'forward')).toEqual(sorted.reaches(name, 'forward'))
    }
  })
})

function part(catenaXId: string, manufacturerPartId: string, maker: string) {
  return {
    catenaXId,
    localIdentifiers: [
      { key: 'manufacturerId', value: maker },
      { key: 'partInstanceId', value: `SN-${catenaXId}` },
    ],
    manufacturingInformation: { date: '2024-02-04T14:48:54Z', country: 'DEU' },
    partTypeInformation: { manufacturerPartId, nameAtManufacturer: manufacturerPartId },
  }
}

async function importText(ledger: MemoryLedger, text: string) {
  const opened = await openCatena(fileOf('test', Buffer.from(text)))
  if (isRefusal(opened)) throw new Error(opened.message)
  return runImport(opened.records(), { capture: ledger.capture })
}
