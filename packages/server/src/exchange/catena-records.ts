import { parseInstant } from '@lotline/core/base/instant'
import type { CatenaLink, CatenaPart } from '@lotline/standards/catena-x/aspect'
import { definitionRecord, type ImportRecord } from './import-record.ts'
import { plainJson } from './plain-json.ts'

export const catenaSystem = 'catena-x'

/** Half a day and two hours: as far as any zone is from UTC. */
const zoneUnknownMs = 14 * 60 * 60 * 1000

/** A partner of unknown name that parts without manufacturer are put under. */
const unknownMaker = 'unknown-maker'

/**
 * Who made the parts, where they stand, and what they are: one party, one site and one item each. In order of code, so that the
 * same file gives the same numbers however it is sorted.
 */
export function definitions(
  parts: readonly CatenaPart[],
  unitsUsed: ReadonlyMap<string, string>,
): readonly ImportRecord[] {
  const makers = [...new Set(parts.map(makerOf))].sort()
  const items = new Map<string, CatenaPart[]>()
  for (const part of parts) {
    const code = itemOf(part)
    const same = items.get(code)
    if (same) same.push(part)
    else items.set(code, [part])
  }
  return [
    ...makers.flatMap((maker) => [
      definitionRecord(catenaSystem, {
        verb: 'define',
        thing: 'party',
        code: maker,
        roles: ['manufacturer'],
      }),
      definitionRecord(catenaSystem, { verb: 'define', thing: 'place', code: maker, kind: 'site' }),
    ]),
    ...[...items.keys()].sort().map((code) => itemDefinition(code, items.get(code) ?? [], unitsUsed)),
  ]
}

/** Batches are kept in the unit that bills of material use them in; of several, the first in alphabetical order. */
function itemDefinition(
  code: string,
  parts: readonly CatenaPart[],
  unitsUsed: ReadonlyMap<string, string>,
): ImportRecord {
  const [name] = parts.flatMap((part) => part.name ?? []).sort()
  const units = parts.flatMap((part) => unitsUsed.get(part.id) ?? []).sort()
  const isBatch = parts.every((part) => part.kind === 'batch')
  return definitionRecord(catenaSystem, {
    verb: 'define',
    thing: 'item',
    code,
    name: (name ?? code).slice(0, 200),
    tracking: isBatch ? 'batch' : 'serial',
    unit: isBatch ? (units[0] ?? 'H87') : 'H87',
    scale: isBatch ? 6 : 0,
  })
}

function makerOf(part: CatenaPart): string {
  return part.manufacturerId ?? unknownMaker
}

/** Part numbers are the maker's own, so two makers may use the same one for different things. */
function itemOf(part: CatenaPart): string {
  return `${makerOf(part)}/${part.manufacturerPartId}`.slice(0, 200)
}

/**
 * The process in which a part came to be. What its bill of material names went into this process, whenever that was written
 * down: an as-built bill says what a part consists of, and the times in it are those of the record.
 */
function birthOf(id: string): string {
  return `built:${id}`
}

/** The making of one part. A batch comes without a quantity, because the aspect says none. */
export function partRecord(part: CatenaPart): ImportRecord {
  const names = part.identifiers
    .filter(({ key, value }) => value !== '' && value.length <= 200 && !/^manufacturer(Part)?Id$/i.test(key))
    .slice(0, 20)
    .map(({ key, value }) => ({ scheme: key, value }))
  const attributes = {
    ...(part.code === undefined ? {} : { number: part.code }),
    manufacturerPartId: part.manufacturerPartId,
    ...(part.country === undefined ? {} : { country: part.country }),
    ...(part.customerPartId === undefined ? {} : { customerPartId: part.customerPartId }),
    ...(part.sites.length === 0 ? {} : { sites: part.sites.join(' ') }),
  }
  return {
    place: part.place,
    id: `part:${part.id}`,
    system: catenaSystem,
    content: plainJson(part.source),
    commands: [
      {
        verb: 'produce',
        item: itemOf(part),
        lot: part.id,
        uri: part.id,
        process: birthOf(part.id),
        maker: makerOf(part),
        place: makerOf(part),
        attributes,
        ...(names.length === 0 ? {} : { names }),
        ...timeOf(part.madeAt),
      },
    ],
  }
}

/** One line of an as-built bill of material. */
export function linkRecord(link: CatenaLink): ImportRecord {
  const { quantity, unit } = link
  return {
    place: link.place,
    id: `link:${link.parent}>${link.child}`,
    system: catenaSystem,
    content: { parent: link.parent, child: plainJson(link.source) },
    commands: [
      {
        verb: 'consume',
        what: { code: link.child, uri: link.child },
        process: birthOf(link.parent),
        ...(quantity === undefined
          ? {}
          : { quantity: { value: quantity, ...(unit === undefined ? {} : { unit }) } }),
        ...timeOf(link.at),
      },
    ],
  }
}

/** A time as the source wrote it. Without an offset it may be up to 14 hours off either way, and the fact says so. */
function timeOf(text: string | undefined): { happenedAt?: string; uncertaintyMs?: number } {
  if (text === undefined) return {}
  if (parseInstant(text) !== undefined) return { happenedAt: text }
  const utc = `${text}Z`
  return parseInstant(utc) === undefined ? {} : { happenedAt: utc, uncertaintyMs: zoneUnknownMs }
}
