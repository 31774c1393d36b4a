import { together, type View } from '../base/view.ts'
import { identifierTable, type TraceableRow } from '../identity/rows.ts'
import { sourcesOf } from '../ledger/inputs.ts'
import { documentTable, inspectionTable } from '../ledger/record-tables.ts'

/**
 * What is on record of a lot, by the names its receipt gives it: fields of its own, attributes, its certificate, its last
 * passed inspection, and the supplier's lot it came from. Reads only what is asked for.
 */
export function knownOf(view: View, row: TraceableRow): (field: string) => unknown {
  return (field) => {
    switch (field) {
      case 'certificate':
        return view.list(documentTable, 'byTraceable', [row.no]).find((file) => file.kind === 'certificate')
          ?.name
      case 'inspection':
        return view.list(inspectionTable, 'byTraceable', [row.no]).at(-1)?.verdict === 'pass'
          ? 'pass'
          : undefined
      case 'supplierLot':
      case 'heat':
      case 'batch':
        return supplierName(view, row, field === 'supplierLot' ? 'supplier-lot' : field)
      default: {
        const name = field.replace(/^attributes\./, '')
        const own: unknown =
          field === name ? new Map<string, unknown>(Object.entries(row)).get(name) : undefined
        return own ?? row.attributes[name]
      }
    }
  }
}

function supplierName(view: View, row: TraceableRow, scheme: string): string | undefined {
  const lots = sourcesOf(view, [row]).filter((source) => source.kind === 'supplier-lot')
  const names = together(lots, (lot) => view.list(identifierTable, 'byThing', ['traceable', lot.no])).flat()
  return names.find((name) => name.scheme === scheme)?.value
}
