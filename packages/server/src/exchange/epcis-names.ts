import type { Reference } from '@lotline/core/ledger/command'
import { type Identity, identityOfUri } from '@lotline/standards/epc/identity'
import type { EpcisEvent, EpcisQuantity } from '@lotline/standards/epcis/event'
import type { MasterEntry } from '@lotline/standards/epcis/document-reader'
import { type BareCommand, definitionRecord, type ImportRecord } from './import-record.ts'

export const epcisSystem = 'epcis'

/** Items of things whose URI says nothing of their class. */
const plainThing = 'epcis-thing'
const plainMaterial = 'epcis-material'

/** Where something happened when the event does not say. */
export const unknownPlace = 'unknown-place'

/** A thing as an event names it: by EPC, or by class and quantity. */
export interface NamedThing {
  readonly uri: string
  readonly identity: Identity
  readonly isContainer: boolean
  readonly item: string
  /** Lot, serial or, for a class without lot, the pool of what nobody told apart. */
  readonly code: string
  readonly quantity: { readonly value: string; readonly unit: string } | undefined
}

interface ItemSeen {
  readonly uri: string | undefined
  hasSerial: boolean
  hasLot: boolean
  readonly units: Set<string>
}

/**
 * The things, places and parties that the events of one file name, gathered before any is captured: so that items are known in the
 * tracking and unit that the whole file shows, however it is sorted.
 */
export class EpcisNames {
  readonly #items = new Map<string, ItemSeen>()
  readonly #places = new Map<string, Identity>()
  readonly #parties = new Map<string, Identity>()
  readonly #containers = new Set<string>()
  readonly #masterData = new Map<string, string>()

  /** Takes note of everything an event names. */
  see(event: EpcisEvent): void {
    if (event.type === 'AggregationEvent' && event.parent !== undefined) {
      this.#containers.add(identityOfUri(event.parent).uri)
    }
    for (const uri of [event.readPoint, event.bizLocation]) if (uri !== undefined) this.#seePlace(uri)
    for (const { type, id } of [...event.sources, ...event.destinations]) {
      if (type === 'location') this.#seePlace(id)
      else this.#parties.set(identityOfUri(id).uri, identityOfUri(id))
    }
    const things = [event.things, event.inputs, event.outputs]
    const epcs = [
      ...things.flatMap(({ epcs: list }) => list),
      ...(event.parent === undefined ? [] : [event.parent]),
    ]
    for (const uri of epcs) this.#seeItem(uri, true, undefined)
    for (const { epcClass, uom } of things.flatMap(({ quantities }) => quantities))
      this.#seeItem(epcClass, false, uom)
  }

  /** Names of places, parties and goods from the master data of the file. */
  seeMasterData(entries: readonly MasterEntry[]): void {
    for (const { id, attributes } of entries) {
      const named = Object.entries(attributes).find(([key]) =>
        /#(name|descriptionShort|tradeItemDescription|functionalName)$/i.test(key),
      )
      if (named && named[1].trim() !== '')
        this.#masterData.set(identityOfUri(id).uri, named[1].trim().slice(0, 200))
    }
  }

  /** The single thing of an EPC. */
  epc(uri: string): NamedThing {
    return this.#thing(uri, true, undefined)
  }

  /** The lot or class of a quantity element. A quantity of nothing is as good as none. */
  quantity({ epcClass, quantity, uom }: EpcisQuantity): NamedThing {
    const amount =
      quantity === undefined || /^0*(\.0*)?$/.test(quantity)
        ? undefined
        : { value: quantity, unit: uom ?? 'H87' }
    return this.#thing(epcClass, false, amount)
  }

  place(uri: string | undefined): string {
    return uri === undefined ? unknownPlace : codeOf(identityOfUri(uri))
  }

  party(uri: string): string {
    return codeOf(identityOfUri(uri))
  }

  /** What must be there before the events: parties, places and items, each once, in order of code. */
  definitions(): readonly ImportRecord[] {
    const known = sorted(this.#places).map(([uri, identity]) =>
      define({ thing: 'place', code: codeOf(identity), uri, ...this.#named(uri) }),
    )
    const parties = sorted(this.#parties).map(([uri, identity]) =>
      define({
        thing: 'party',
        code: codeOf(identity),
        uri,
        roles: ['supplier', 'customer'],
        ...this.#named(uri),
      }),
    )
    const items = sorted(this.#items).map(([code, seen]) => define(this.#item(code, seen)))
    return [
      define({ thing: 'place', code: unknownPlace, name: 'unknown place' }),
      ...known,
      ...parties,
      ...items,
    ]
  }

  #item(code: string, { uri, hasSerial, hasLot, units }: ItemSeen): Definition {
    const isSerial = hasSerial && !hasLot
    return {
      thing: 'item',
      code,
      tracking: isSerial ? 'serial' : 'lot',
      unit: isSerial ? 'H87' : ([...units].sort()[0] ?? 'H87'),
      scale: isSerial ? 0 : 6,
      ...(uri === undefined ? {} : { uri, ...this.#named(uri) }),
    }
  }

  #named(uri: string): { name?: string } {
    const name = this.#masterData.get(uri)
    return name === undefined ? {} : { name }
  }

  #seePlace(uri: string): void {
    const identity = identityOfUri(uri)
    this.#places.set(identity.uri, identity)
  }

  #seeItem(uri: string, isSingle: boolean, unit: string | undefined): void {
    const identity = identityOfUri(uri)
    if (identity.kind === 'container') return
    const code = itemCode(identity, isSingle)
    let seen = this.#items.get(code)
    if (!seen) {
      const classUri = identity.classUri ?? (identity.kind === 'item' ? identity.uri : undefined)
      seen = { uri: classUri, hasSerial: false, hasLot: false, units: new Set() }
      this.#items.set(code, seen)
    }
    if (isSingle) seen.hasSerial = true
    else {
      seen.hasLot = true
      seen.units.add(unit ?? 'H87')
    }
  }

  #thing(uri: string, isSingle: boolean, quantity: NamedThing['quantity']): NamedThing {
    const identity = identityOfUri(uri)
    const item = itemCode(identity, isSingle)
    const isContainer = identity.kind === 'container' || this.#containers.has(identity.uri)
    const isPool = identity.kind === 'item'
    const hasShortCode = identity.classCode !== undefined
    const code = isContainer
      ? identity.uri
      : isPool
        ? `${item}*`
        : hasShortCode
          ? identity.code
          : identity.uri
    return { uri: identity.uri, identity, isContainer, item, code, quantity }
  }
}

type Definition = Omit<BareCommand & { verb: 'define' }, 'verb'>

function define(definition: Definition): ImportRecord {
  return definitionRecord(epcisSystem, { verb: 'define', ...definition })
}

function itemCode(identity: Identity, isSingle: boolean): string {
  if (identity.classCode !== undefined) return identity.classCode
  if (identity.kind === 'item') return identity.code
  return isSingle ? plainThing : plainMaterial
}

/** A place or party goes by its GLN where it has one. */
function codeOf(identity: Identity): string {
  return (identity.values.length > 0 ? identity.code : identity.uri).slice(0, 200)
}

/** How commands name a thing: by its canonical URI, with the parts to make it of where it is not yet known. */
export function referenceOf(thing: NamedThing): Reference {
  if (thing.isContainer) return { uri: thing.uri, code: thing.uri, kind: 'container' }
  if (thing.identity.kind === 'item') return { code: thing.code, item: thing.item }
  return { uri: thing.uri, code: thing.code, item: thing.item }
}

function sorted<Value>(map: ReadonlyMap<string, Value>): readonly [string, Value][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1))
}
