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

test('[I4] [K6] the example of the manual imports as it says', async () => {
  const ledger = new MemoryLedger()
  const report = await importFile(fileOf('receipts.csv', Buffer.from(table)), ledger.capture, {
    mapping: tableMapping,
  })
  expect(report).toMatchObject({ refused: 0, gaps: 0, byVerb: { define: 3, receive: 2 } })
  expect(ledger.reaches('H-20931', 'forward')).toEqual(['007'])
  expect(isRefusal(readMapping(logMapping))).toBe(false)
})

test('[I4] the same rows from a spreadsheet are the same records', async () => {
  const ledger = new MemoryLedger()
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
  const rows = [head, ['4713', '0815', 123_456_789_012_345_680_000, 'ACME', '', '20', '04.02.2024 07:30']]
  const content = await writeXlsx({ sheets: [{ name: 'Receipts', rows }] })
  const ledger = new MemoryLedger()
  const report = await importFile(fileOf('receipts.xlsx', content), ledger.capture, { mapping: tableMapping })
  expect(report).toMatchObject({ code: 'cell_invalid', field: 'row 2/Lot' })
})
