import { expect, test } from 'vitest'
import { MemoryView } from './memory-view.ts'
import type { TableSpec } from './view.ts'

interface Row {
  readonly no: number
  readonly group: string | null
}
const table: TableSpec<Row> = {
  name: 'row',
  columns: { no: 'int', group: 'text?' },
  key: ['no'],
  groups: { byGroup: ['group'] },
}

test('[B18] a row moves between groups when it is replaced, and leaves them when removed', () => {
  const view = new MemoryView()
  view.put(table, { no: 10, group: 'a' })
  view.put(table, { no: 9, group: 'a' })
  expect(view.list(table, 'byGroup', ['a']).map((row) => row.no)).toEqual([9, 10])
  view.put(table, { no: 10, group: null })
  expect(view.list(table, 'byGroup', ['a']).map((row) => row.no)).toEqual([9])
  expect(view.list(table, 'byGroup', ['']).map((row) => row.no)).toEqual([10])
  view.remove(table, [9])
  expect(view.get(table, [9])).toBeUndefined()
  expect(view.list(table, 'byGroup', ['a'])).toEqual([])
  expect(view.all(table)).toEqual([{ no: 10, group: null }])
})
