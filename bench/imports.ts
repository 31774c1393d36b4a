import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Figures, timedAsync } from './figures.ts'
import { type BenchDatabase, startLotline } from './running.ts'

const lotline = fileURLToPath(new URL('../packages/cli/bin/lotline.mjs', import.meta.url))

/** Events a second of `lotline import` on an EPCIS 2.0 document of transformations, and of importing it a second time. */
export async function measureImport(
  figures: Figures,
  database: BenchDatabase,
  quick: boolean,
): Promise<void> {
  await database.create('imports')
  const folder = mkdtempSync(join(tmpdir(), 'lotline-bench-data-'))
  const server = await startLotline({ folder, databaseUrl: database.url('imports') })
  const events = quick ? 2_000 : 20_000
  try {
    const file = join(folder, 'transformations.jsonld')
    writeFileSync(file, JSON.stringify(transformations(events)))
    const first = await timedAsync(() => runImport(file, folder))
    figures.add('import.epcis', events / (first / 1000), 'events/s')
    const again = await timedAsync(() => runImport(file, folder))
    figures.add('import.epcis-again', events / (again / 1000), 'events/s')
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function runImport(file: string, folder: string): Promise<void> {
  const child = spawn(process.execPath, [lotline, 'import', file, '--data', folder, '--json'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`the import ended with ${String(code)}`)
}

/** A chain: each event takes three lots made earlier and makes one. */
function transformations(count: number): unknown {
  const lot = (no: number) => `urn:epc:class:lgtin:4012345.012345.L${no}`
  const eventList = Array.from({ length: count }, (_, index) => ({
    type: 'TransformationEvent',
    eventID: `urn:uuid:00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    eventTime: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString(),
    eventTimeZoneOffset: '+00:00',
    bizStep: 'commissioning',
    inputQuantityList: [1, 7, 31].map((back) => ({
      epcClass: lot(Math.max(0, index - back)),
      quantity: 2,
      uom: 'KGM',
    })),
    outputQuantityList: [{ epcClass: lot(index + 1), quantity: 6, uom: 'KGM' }],
  }))
  return {
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-01-01T00:00:00Z',
    epcisBody: { eventList },
  }
}
