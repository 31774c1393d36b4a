import { readFileSync } from 'node:fs'
import { writeXlsx } from 'hucre/xlsx'
import { expect, test } from 'vitest'
import { isRefusal } from '@lotline/core/base/refusal'
import { readMapping } from '@lotline/standards/tables/mapping'
import { importFile } from './import-file.ts'
import { MemoryLedger } from './memory-ledger.testing.ts'
import { fileOf } from './source-file.ts'

const page = readFileSync(new URL('../../../../docs/guide/importing.md', import.meta.url), 'utf8')
const examples = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(([, text]) => text ?? '')
const [tableMapping = '', logMapping = ''] = examples('json')
const [table = ''] = examples('csv')

/** A ledger that knows what the page says is known. */
async function plant(): Promise<MemoryLedger> {
  const ledger = new MemoryLedger()
  await ledger.capture([
    { verb: 'define', key: 'setup-bar', thing: 'item', code: 'BAR', unit: 'kg', scale: 3 },
    { verb: 'define', key: 'setup-mill', thing: 'party', code: 'MILL', roles: ['supplier'] },
  ])
  return ledger
}

test('[I4] [K6] the example of the manual imports as it says', async () => {
  const ledger = await plant()
  const report = await importFile(fileOf('receipts.csv', Buffer.from(table)), ledger.capture, {
    mapping: tableMapping,
  })
  expect(report).toMatchObject({ refused: 0, gaps: 0, byVerb: { define: 2, receive: 3 } })
  expect(ledger.reaches('H-3', 'forward')).toEqual(['ERP-D-100'])
  expect(isRefusal(readMapping(logMapping))).toBe(false)
})

test('[I4] the same rows from a spreadsheet are the same records', async () => {
  const ledger = await plant()
  await importFile(fileOf('receipts.csv', Buffer.from(table)), ledger.capture, { mapping: tableMapping })
  const rows = table
    .trim()
    .split('\n')
    .map((line) => line.split(';'))
  const content = await writeXlsx({ sheets: [{ name: 'Receipts', rows }] })
  const report = await importFile(fileOf('receipts.xlsx', content), ledger.capture, { mapping: tableMapping })
  expect(report).toMatchObject({ format: 'xlsx', recorded: 0, refused: 0 })
})

test('[I4] a number that a spreadsheet has cut is refused, not taken as a code', async () => {
  const head = table.split('\n')[0]?.split(';') ?? []
  const rows = [head, ['D-103', 'BAR', 123_456_789_012_345_680_000, 'MILL', '20', '06.11.2026 07:30', 'A-1']]
  const content = await writeXlsx({ sheets: [{ name: 'Receipts', rows }] })
  const ledger = await plant()
  const report = await importFile(fileOf('receipts.xlsx', content), ledger.capture, { mapping: tableMapping })
  expect(report).toMatchObject({ code: 'cell_invalid', field: 'row 2/heat' })
})
