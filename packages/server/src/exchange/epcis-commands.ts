import { isCivilDate } from '@lotline/core/base/instant'
import type { EpcisEvent, EpcisThings } from '@lotline/standards/epcis/event'
import { type NamedThing, type EpcisNames, referenceOf } from './epcis-names.ts'
import type { BareCommand } from './import-record.ts'

const comingIn = new Set(['receiving', 'accepting', 'arriving', 'unloading'])
const goingOut = new Set(['shipping', 'retail_selling', 'dispensing'])
const failed = new Set(['non_conformant', 'damaged', 'recalled', 'expired', 'non_sellable_other'])

/**
 * Says events of EPCIS in the verbs of the floor. Works through the events of one file in order of time and remembers what
 * they made, packed, joined and shipped, because EPCIS says "received" of a pallet that came back as of one that is new.
 */
export class EpcisCommands {
  readonly #names: EpcisNames
  readonly #born = new Set<string>()
  readonly #shipped = new Map<string, string>()
  readonly #packed = new Map<string, Set<string>>()
  readonly #parts = new Map<string, Map<string, NamedThing>>()

  constructor(names: EpcisNames) {
    this.#names = names
  }

  /** The commands of one event, without what they all share. Empty where an event acts on no thing. */
  of(event: EpcisEvent, id: string): readonly BareCommand[] {
    const at = { happenedAt: event.eventTimeGiven }
    return this.#verbs(event, id).map((command) => ({ ...command, ...at }))
  }

  #verbs(event: EpcisEvent, id: string): readonly BareCommand[] {
    switch (event.type) {
      case 'ObjectEvent':
        if (event.action === 'ADD')
          return this.#things(event.things).map((thing) => this.#birth(event, thing))
        if (event.action === 'DELETE') return this.#things(event.things).map((thing) => gone(event, thing))
        return this.#observed(event, this.#things(event.things), id)
      case 'TransactionEvent':
        return this.#observed(event, this.#things(event.things), id)
      case 'AggregationEvent':
        return this.#aggregated(event, id)
      case 'TransformationEvent':
        return this.#transformed(event, id)
      case 'AssociationEvent':
        return this.#associated(event, id)
    }
  }

  #things({ epcs, quantities }: EpcisThings): readonly NamedThing[] {
    return [
      ...epcs.map((uri) => this.#names.epc(uri)),
      ...quantities.map((each) => this.#names.quantity(each)),
    ]
  }

  #placeOf(event: EpcisEvent): string {
    return this.#names.place(event.bizLocation ?? event.readPoint)
  }

  /** A thing that is new to the record: received where it came from somebody, else made. */
  #birth(event: EpcisEvent, thing: NamedThing, process?: string): BareCommand {
    this.#born.add(thing.uri)
    const place = this.#placeOf(event)
    if (thing.isContainer) return { verb: 'move', what: referenceOf(thing), to: place }
    const supplier = partyOf(event.sources)
    const shared = {
      item: thing.item,
      lot: thing.code,
      place,
      ...(thing.identity.kind === 'item' ? {} : { uri: thing.uri }),
      ...(thing.quantity === undefined ? {} : { quantity: thing.quantity }),
      ...masterDataOf(event),
    }
    if (process === undefined && comingIn.has(event.bizStep ?? '')) {
      return {
        verb: 'receive',
        ...shared,
        ...(supplier === undefined ? {} : { supplier: this.#names.party(supplier) }),
      }
    }
    return { verb: 'produce', ...shared, ...(process === undefined ? {} : { process }) }
  }

  #observed(event: EpcisEvent, things: readonly NamedThing[], id: string): readonly BareCommand[] {
    const customer = partyOf(event.destinations)
    if (goingOut.has(event.bizStep ?? '') && customer !== undefined && things.length > 0) {
      for (const { uri } of things) this.#shipped.set(uri, id)
      const reference = event.transactions[0]?.id
      return [
        {
          verb: 'ship',
          shipment: id,
          customer: this.#names.party(customer),
          contents: things.map(contentOf),
          ...(reference === undefined ? {} : { reference: reference.slice(0, 200) }),
        },
      ]
    }
    if (comingIn.has(event.bizStep ?? '')) return this.#arrived(event, things)
    if (event.bizStep === 'inspecting' && event.disposition !== undefined) {
      const verdict = failed.has(event.disposition)
        ? 'fail'
        : event.disposition === 'conformant'
          ? 'pass'
          : undefined
      if (verdict)
        return things.map((thing) => ({
          verb: 'inspect',
          what: referenceOf(thing),
          kind: 'in-process',
          verdict,
        }))
    }
    return things.map((thing) => this.#moved(event, thing))
  }

  /** What left in a shipment of this file has arrived with it; what nobody made or received is received now. */
  #arrived(event: EpcisEvent, things: readonly NamedThing[]): readonly BareCommand[] {
    const shipments = new Set(things.flatMap(({ uri }) => this.#shipped.get(uri) ?? []))
    const commands: BareCommand[] = [...shipments].map((shipment) => ({ verb: 'deliver', shipment }))
    for (const thing of things) {
      if (this.#shipped.delete(thing.uri)) continue
      const isNew = !this.#born.has(thing.uri) && !thing.isContainer && partyOf(event.sources) !== undefined
      commands.push(isNew ? this.#birth(event, thing) : this.#moved(event, thing))
    }
    return commands
  }

  #moved(event: EpcisEvent, thing: NamedThing): BareCommand {
    this.#born.add(thing.uri)
    return { verb: 'move', ...contentOf(thing), to: this.#placeOf(event) }
  }

  #aggregated(event: EpcisEvent, id: string): readonly BareCommand[] {
    const children = this.#things(event.things)
    if (event.parent === undefined) return this.#observed(event, children, id)
    const parent = this.#names.epc(event.parent)
    const inside = this.#packed.get(parent.uri) ?? new Set<string>()
    const place = this.#placeOf(event)
    if (event.action === 'DELETE') {
      const out = children.filter(({ uri }) => inside.has(uri))
      const strangers = children.filter(({ uri }) => !inside.has(uri))
      for (const { uri } of children) inside.delete(uri)
      const moves = strangers.map((child) => this.#moved(event, child))
      if (children.length === 0) {
        const wasPacked = inside.size > 0
        inside.clear()
        return wasPacked ? [{ verb: 'unpack', container: parent.uri, place }] : [this.#moved(event, parent)]
      }
      if (out.length === 0) return moves
      return [{ verb: 'unpack', container: parent.uri, contents: out.map(contentOf), place }, ...moves]
    }
    const coming = children.filter(({ uri }) => !inside.has(uri))
    // An observation of a pallet that is packed already says where it is, not that it is packed again.
    if (event.action === 'OBSERVE' && coming.length === 0) return this.#observed(event, [parent], id)
    if (coming.length === 0) return [this.#moved(event, parent)]
    for (const { uri } of coming) inside.add(uri)
    this.#packed.set(parent.uri, inside)
    return [{ verb: 'pack', container: parent.uri, contents: coming.map(contentOf), place }]
  }

  /** Events that share a transformation are one process: all of its inputs meet all of its outputs. */
  #transformed(event: EpcisEvent, id: string): readonly BareCommand[] {
    const process = event.transformationId ?? id
    const consumed = this.#things(event.inputs).map((thing): BareCommand => ({
      verb: 'consume',
      ...contentOf(thing),
      process: process.slice(0, 200),
    }))
    const made = this.#things(event.outputs).map((thing) => this.#birth(event, thing, process.slice(0, 200)))
    return [...consumed, ...made]
  }

  #associated(event: EpcisEvent, id: string): readonly BareCommand[] {
    const children = this.#things(event.things)
    if (event.parent === undefined) return this.#observed(event, children, id)
    const parent = this.#names.epc(event.parent)
    const unit = referenceOf(parent)
    const joined = this.#parts.get(parent.uri) ?? new Map<string, NamedThing>()
    this.#parts.set(parent.uri, joined)
    if (event.action === 'ADD') {
      for (const child of children) joined.set(child.uri, child)
      return children.map((child) => ({
        verb: 'install',
        unit,
        part: referenceOf(child),
        ...amountOf(child),
      }))
    }
    if (event.action === 'OBSERVE') return this.#observed(event, [parent], id)
    // Without children, everything that was joined is taken out (EPCIS 2.0, 7.4.7).
    const out = children.length > 0 ? children : [...joined.values()]
    for (const { uri } of out) joined.delete(uri)
    const to = this.#placeOf(event)
    if (out.length === 0) return [this.#moved(event, parent)]
    return out.map((child) => ({ verb: 'remove', unit, part: referenceOf(child), to }))
  }
}

function amountOf(thing: NamedThing) {
  return thing.quantity === undefined ? {} : { quantity: thing.quantity }
}

function contentOf(thing: NamedThing) {
  return { what: referenceOf(thing), ...amountOf(thing) }
}

function gone(event: EpcisEvent, thing: NamedThing): BareCommand {
  const reason = [event.bizStep ?? 'removed from the record of its owner', event.disposition]
    .filter(Boolean)
    .join(', ')
  return { verb: 'scrap', ...contentOf(thing), reason }
}

/** Who had or has it: the owner where no possessor is named. */
function partyOf(references: EpcisEvent['sources']): string | undefined {
  const of = (type: string) => references.find((each) => each.type === type)?.id
  return of('possessing_party') ?? of('owning_party')
}

const expiryNames = ['itemExpirationDate', 'expirationDate', 'bestBeforeDate', 'sellByDate']
const madeNames = ['productionDate', 'manufacturingDate', 'dateOfManufacture']

/** Dates and plain texts of the instance or lot master data. */
function masterDataOf(event: EpcisEvent) {
  const attributes: Record<string, string> = {}
  for (const [name, value] of Object.entries(event.ilmd)) {
    if (typeof value === 'string' && value !== '')
      attributes[name.replace(/^.*[:#/]/, '').slice(0, 100)] = value.slice(0, 4000)
  }
  const dateOf = (names: readonly string[]) =>
    names
      .map((name) => attributes[name]?.slice(0, 10))
      .find((text) => text !== undefined && isCivilDate(text))
  const [expiresOn, manufacturedOn] = [dateOf(expiryNames), dateOf(madeNames)]
  return {
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
    ...(expiresOn === undefined ? {} : { expiresOn }),
    ...(manufacturedOn === undefined ? {} : { manufacturedOn }),
  }
}
