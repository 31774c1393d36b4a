import { isRefusal, refuse } from '@lotline/core/base/refusal'
import {
  decimalText,
  ExactNumber,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  objectsOf,
  textAt,
  textsOf,
} from '../json/json-value.ts'
import { JsonSlicer } from '../json/slice.ts'
import {
  bomAspects,
  type CatenaFacts,
  type CatenaLink,
  type CatenaPart,
  type CatenaRefusal,
  otherAspects,
  partAspects,
  unitCode,
} from './aspect.ts'

const containers = ['https://catenax.io/schema/TestDataContainer/1.0.0', 'assets', 'submodels']
const lists = ['', ...containers.map((name) => `/${name}`)]

/** One aspect with where it stands and who offers it. */
interface Aspect {
  readonly name: string
  readonly version: string
  readonly payload: JsonObject
  readonly partner: string | undefined
  readonly place: string
}

/**
 * Reads Catena-X files piece by piece: test data containers, import files (`assets`), lists of aspects. Several companies in
 * one file are nothing special. Memory is one asset.
 */
export class CatenaReader {
  readonly #slicer = new JsonSlicer(lists)

  push(piece: string): CatenaFacts | CatenaRefusal {
    const slices = this.#slicer.push(piece)
    if (isRefusal(slices)) return slices
    const parts: CatenaPart[] = []
    const links: CatenaLink[] = []
    const skipped: Record<string, number> = {}
    for (const { path, line, value } of slices) {
      const facts = factsOf(value, `${path.slice(path.lastIndexOf('/') + 1)} (line ${line})`)
      if (isRefusal(facts)) return facts
      parts.push(...facts.parts)
      links.push(...facts.links)
      for (const [name, count] of Object.entries(facts.skipped)) skipped[name] = (skipped[name] ?? 0) + count
    }
    return { parts, links, skipped }
  }

  end(): true | CatenaRefusal {
    const frame = this.#slicer.end()
    if (isRefusal(frame)) return frame
    const known = isArray(frame) || (isObject(frame) && containers.some((name) => isArray(frame[name])))
    if (known) return true
    return refuse('catena_x_not_a_file', {
      message: 'The file holds no Catena-X assets or aspects.',
      fix: 'Send a file with "assets", with a TestDataContainer, or a list of aspects ({"aspectType", "payload"}).',
    })
  }
}

function factsOf(value: JsonValue, place: string): CatenaFacts | CatenaRefusal {
  if (!isObject(value)) return invalid(place, 'is no object')
  const aspects = aspectsOf(value, place)
  if (isRefusal(aspects)) return aspects
  const links: CatenaLink[] = []
  const skipped: Record<string, number> = {}
  const parts = new Map<string, VersionedPart>()
  for (const aspect of aspects) {
    const kind = Object.hasOwn(partAspects, aspect.name) ? partAspects[aspect.name] : undefined
    if (kind !== undefined) {
      const part = partOf(aspect, kind)
      if (isRefusal(part)) return part
      const other = parts.get(part.id)
      parts.set(part.id, other ? merged(other, part, aspect.version) : { part, version: aspect.version })
    } else if (bomAspects.has(aspect.name)) {
      const found = linksOf(aspect)
      if (isRefusal(found)) return found
      links.push(...found)
    } else if (otherAspects.has(aspect.name)) skipped[aspect.name] = (skipped[aspect.name] ?? 0) + 1
    else return invalid(aspect.place, `has the unknown aspect ${JSON.stringify(aspect.name)}`)
  }
  return { parts: [...parts.values()].map(({ part }) => part), links, skipped }
}

interface VersionedPart {
  readonly part: CatenaPart
  readonly version: string
}

/**
 * A twin may offer an aspect in several versions, of which the newest says most, and be a serial part and delivered in
 * sequence at once: then it is the serial part, with the numbers of both.
 */
function merged(one: VersionedPart, part: CatenaPart, version: string): VersionedPart {
  const isNewer = one.part.kind === part.kind ? one.version <= version : part.kind === 'serial'
  const [main, other] = isNewer ? [part, one.part] : [one.part, part]
  const known = new Set(main.identifiers.map(({ key, value }) => `${key}=${value}`))
  const more = other.identifiers.filter(({ key, value }) => !known.has(`${key}=${value}`))
  return {
    part: { ...main, code: main.code ?? other.code, identifiers: [...main.identifiers, ...more] },
    version: isNewer ? version : one.version,
  }
}

function aspectsOf(value: JsonObject, place: string): readonly Aspect[] | CatenaRefusal {
  if (isArray(value['submodels'])) {
    const lists = objectsOf(value['submodels']).map((submodel) => submodelOf(submodel, place))
    const aspects: Aspect[] = []
    for (const aspect of lists) {
      if (isRefusal(aspect)) return aspect
      aspects.push(aspect)
    }
    return aspects
  }
  if (value['aspectType'] !== undefined) {
    const aspect = submodelOf(value, place)
    return isRefusal(aspect) ? aspect : [aspect]
  }
  const named = Object.entries(value).filter(([name]) => /^urn:[bs]amm:/.test(name))
  if (named.length === 0 && value['PlainObject'] === undefined) return invalid(place, 'has no aspect')
  return named.flatMap(([urn, payloads]) =>
    objectsOf(payloads).map((payload) => ({ ...nameOf(urn), payload, partner: partnerOf(value), place })),
  )
}

function submodelOf(submodel: JsonObject, place: string): Aspect | CatenaRefusal {
  const { aspectType, payload } = submodel
  if (typeof aspectType !== 'string' || !isObject(payload))
    return invalid(place, 'lacks aspectType or payload')
  return { ...nameOf(aspectType), payload, partner: undefined, place }
}

/** `urn:samm:io.catenax.batch:3.0.0#Batch` is Batch in version 3.0.0; a bare name has no version. */
function nameOf(urn: string): { name: string; version: string } {
  const [, version = '', name = urn] = /:([^:#]*)#(.*)$/.exec(urn) ?? []
  return { name, version }
}

function partnerOf(value: JsonObject): string | undefined {
  const partner = textAt(value, 'bpnl')
  return partner === 'null' ? undefined : partner
}

function partOf(aspect: Aspect, kind: CatenaPart['kind']): CatenaPart | CatenaRefusal {
  const { payload, place } = aspect
  const id = textAt(payload, 'catenaXId')
  if (id === undefined) return invalid(place, `${aspect.name} lacks catenaXId`)
  const type = isObject(payload['partTypeInformation']) ? payload['partTypeInformation'] : {}
  const identifiers = objectsOf(payload['localIdentifiers']).map((each) => ({
    key: textAt(each, 'key') ?? '',
    value: textAt(each, 'value') ?? '',
  }))
  const identifier = (...keys: string[]) =>
    keys
      .flatMap((key) => identifiers.filter((each) => each.key.toLowerCase() === key))
      .map((each) => each.value)[0]
  const manufacturerPartId = textAt(type, 'manufacturerPartId') ?? identifier('manufacturerpartid')
  if (manufacturerPartId === undefined) return invalid(place, `${aspect.name} ${id} lacks manufacturerPartId`)
  const made = isObject(payload['manufacturingInformation']) ? payload['manufacturingInformation'] : {}
  return {
    id,
    kind,
    manufacturerId: identifier('manufacturerid') ?? aspect.partner,
    manufacturerPartId,
    name: textAt(type, 'nameAtManufacturer'),
    customerPartId: textAt(type, 'customerPartId'),
    code:
      kind === 'batch'
        ? identifier('batchid', 'partinstanceid')
        : identifier('partinstanceid', 'jisnumber', 'van', 'batchid'),
    identifiers,
    madeAt: textAt(made, 'date'),
    country: textAt(made, 'country'),
    sites: objectsOf(made['sites']).flatMap((site) =>
      textsOf([site['catenaXsiteId'] ?? site['catenaXSiteId'] ?? null]),
    ),
    place,
    source: payload,
  }
}

function linksOf(aspect: Aspect): readonly CatenaLink[] | CatenaRefusal {
  const { payload, place } = aspect
  const parent = textAt(payload, 'catenaXId')
  if (parent === undefined) return invalid(place, `${aspect.name} lacks catenaXId`)
  const links: CatenaLink[] = []
  for (const item of objectsOf(payload['childItems'] ?? payload['childParts'])) {
    const child = textAt(item, 'catenaXId') ?? textAt(item, 'childCatenaXId')
    if (child === undefined) return invalid(place, `a child of ${parent} lacks catenaXId`)
    if (!/as\s?built/i.test(textAt(item, 'lifecycleContext') ?? 'asBuilt')) continue
    if (child === parent) return invalid(place, `${parent} is named as its own child`)
    const { value, unit } = quantityOf(item)
    links.push({
      parent,
      child,
      quantity: value,
      unit,
      at: textAt(item, 'createdOn') ?? textAt(item, 'assembledOn'),
      childManufacturerId: textAt(item, 'businessPartner'),
      place,
      source: item,
    })
  }
  return links
}

function quantityOf(item: JsonObject): { value: string | undefined; unit: string | undefined } {
  const quantity = item['quantity']
  if (!isObject(quantity)) return { value: undefined, unit: undefined }
  const number = quantity['value'] ?? quantity['quantityNumber']
  const unit = quantity['unit'] ?? quantity['measurementUnit']
  const text = isObject(unit) ? textAt(unit, 'lexicalValue') : typeof unit === 'string' ? unit : undefined
  return {
    // Some partners write the number as a text; both are decimal.
    value:
      typeof number === 'number' || typeof number === 'string' || number instanceof ExactNumber
        ? decimalText(number)
        : undefined,
    unit: text === undefined ? undefined : unitCode(text),
  }
}

function invalid(place: string, why: string): CatenaRefusal {
  return refuse('catena_x_invalid', {
    message: `Entry ${place} of the file ${why}.`,
    fix: 'Correct the entry, or take it out; nothing of this file was stored.',
    field: place,
  })
}

/** Reads a whole file at once: for requests and tests. */
export function readCatenaFile(text: string): CatenaFacts | CatenaRefusal {
  const reader = new CatenaReader()
  const facts = reader.push(text)
  if (isRefusal(facts)) return facts
  const end = reader.end()
  return isRefusal(end) ? end : facts
}
