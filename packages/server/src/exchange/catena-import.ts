import { isRefusal } from '@lotline/core/base/refusal'
import type { CatenaLink, CatenaPart } from '@lotline/standards/catena-x/aspect'
import { CatenaReader } from '@lotline/standards/catena-x/read-file'
import { definitions, linkRecord, partRecord } from './catena-records.ts'
import type { ImportRecord } from './import-record.ts'
import type { Opened } from './importable.ts'
import { type SourceFile, textOf } from './source-file.ts'

/**
 * Opens a Catena-X file: all of it is read and checked first. Facts are kept, not texts; a million parts are some hundred
 * megabytes. Parts come before links, so that what a bill of material names is known where the file knows it.
 */
export async function openCatena(file: SourceFile): Promise<Opened> {
  const reader = new CatenaReader()
  const parts: CatenaPart[] = []
  const links: CatenaLink[] = []
  const skipped: Record<string, number> = {}
  for await (const piece of textOf(file)) {
    const facts = reader.push(piece)
    if (isRefusal(facts)) return facts
    for (const part of facts.parts) parts.push(part)
    for (const link of facts.links) links.push(link)
    for (const [name, count] of Object.entries(facts.skipped)) skipped[name] = (skipped[name] ?? 0) + count
  }
  const end = reader.end()
  if (isRefusal(end)) return end
  const described = new Set(parts.map(({ id }) => id))
  const silent = new Set(links.map(({ parent }) => parent).filter((parent) => !described.has(parent)))
  if (silent.size > 0)
    skipped['parts that only a bill of material names: their own aspects are still to come'] = silent.size
  const defined = definitions(parts, unitsUsed(links))
  return {
    total: defined.length + parts.length + links.length,
    skipped,
    *records(): Generator<ImportRecord> {
      yield* defined
      for (const part of parts) yield partRecord(part)
      for (const link of links) yield linkRecord(link)
    },
  }
}

/** The unit each child is used in; of several, the first in alphabetical order. */
function unitsUsed(links: readonly CatenaLink[]): ReadonlyMap<string, string> {
  const units = new Map<string, string>()
  for (const { child, unit } of links) {
    const known = units.get(child)
    if (unit !== undefined && (known === undefined || unit < known)) units.set(child, unit)
  }
  return units
}
