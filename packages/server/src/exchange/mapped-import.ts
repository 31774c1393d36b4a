import { isRefusal, refuse, type Refusal } from '@lotline/core/base/refusal'
import type { OcelLog } from '@lotline/standards/ocel/log'
import { badMapping } from '@lotline/standards/tables/template'
import {
  type FilledRecord,
  type Mapping,
  readMapping,
  recordOfRow,
  recordsOfLog,
} from '@lotline/standards/tables/mapping'
import type { ImportRecord } from './import-record.ts'
import type { Opened } from './importable.ts'
import { inTimeOrder, type MappedRecord, MappedRecords } from './mapped-records.ts'
import { BadTable, type TableRow } from './table-rows.ts'

/** The mapping for a file of this kind, or why there is none. */
export function mappingFor(
  text: string | undefined,
  format: Mapping['format'],
  name: string,
): Mapping | Refusal {
  if (text === undefined) {
    return refuse('mapping_missing', {
      message: `${name} says nothing of lots by itself: a mapping must tell what its ${format === 'table' ? 'columns' : 'events'} mean.`,
      fix: 'Give a mapping file (--mapping FILE); the import reference shows one for each kind of file.',
      value: name,
    })
  }
  const mapping = readMapping(text)
  if (isRefusal(mapping) || mapping.format === format) return mapping
  return badMapping(`it is for ${mapping.format}, the file is for ${format}`)
}

/** Opens a table by its mapping: every row is filled and checked before any is recorded. Up to a million rows. */
export async function openTable(rows: AsyncIterable<TableRow>, mapping: Mapping): Promise<Opened> {
  const mapped = new MappedRecords(mapping)
  const bad = mapped.before()
  if (bad) return bad
  const records: MappedRecord[] = []
  let empty = 0
  try {
    for await (const { cells, line } of rows) {
      const filled = recordOfRow(mapping, cells, line)
      const record = isRefusal(filled) ? filled : mapped.of(filled)
      if (isRefusal(record)) return record
      if (record) records.push(record)
      else empty++
    }
  } catch (error) {
    if (error instanceof BadTable) return error.refusal
    throw error
  }
  return opened(mapped, records, empty)
}

/** Opens an object-centric log by its mapping. */
export function openLog(log: OcelLog, mapping: Mapping): Opened {
  const mapped = new MappedRecords(mapping)
  const bad = mapped.before()
  if (bad) return bad
  const filled: readonly FilledRecord[] | Refusal = recordsOfLog(mapping, log)
  if (isRefusal(filled)) return filled
  const records: MappedRecord[] = []
  let empty = 0
  for (const each of filled) {
    const record = mapped.of(each)
    if (isRefusal(record)) return record
    if (record) records.push(record)
    else empty++
  }
  return opened(mapped, records, empty)
}

function opened(mapped: MappedRecords, records: readonly MappedRecord[], empty: number): Opened {
  const all: readonly ImportRecord[] = [...mapped.definitions(), ...inTimeOrder(records)]
  return {
    total: all.length,
    skipped: empty === 0 ? {} : { 'records that the mapping leaves out': empty },
    records: () => all,
  }
}
