import type { HolderKind } from '@lotline/core/ledger/tables'
import type { Reader } from '../database/transaction.ts'
import { type Named, namesOf } from './named-rows.ts'

const tableOf = {
  place: 'place',
  order: 'shop_order',
  container: 'traceable',
  customer: 'party',
  subcontractor: 'party',
} as const satisfies Record<HolderKind, string>

/** Names of holders, to say where something is. */
export interface HolderNames {
  nameOf(kind: HolderKind, no: number): Named
  /** `at A-03-2`, `in process on WO-118`, `in pallet 0034...`. */
  inWords(kind: HolderKind, no: number): string
}

/** The names of all these holders. At most one query a table. */
export async function holderNames(
  reader: Reader,
  holders: Iterable<{ readonly holderKind: HolderKind; readonly holder: number }>,
): Promise<HolderNames> {
  const wanted = new Map<string, Set<number>>()
  for (const { holderKind, holder } of holders) {
    const table = tableOf[holderKind]
    const known = wanted.get(table)
    if (known) known.add(holder)
    else wanted.set(table, new Set([holder]))
  }
  const names = new Map<string, ReadonlyMap<number, Named>>()
  for (const table of new Set(Object.values(tableOf))) {
    names.set(table, await namesOf(reader, table, wanted.get(table) ?? []))
  }
  const nameOf = (kind: HolderKind, no: number): Named =>
    names.get(tableOf[kind])?.get(no) ?? { no, code: String(no), name: String(no) }
  return { nameOf, inWords: (kind, no) => `${before[kind]} ${nameOf(kind, no).code}` }
}

const before: Readonly<Record<HolderKind, string>> = {
  place: 'at',
  order: 'in process on',
  container: 'in',
  customer: 'with',
  subcontractor: 'at subcontractor',
}
