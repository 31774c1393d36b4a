import { Type } from 'typebox'
import type { CivilDate, Instant } from '../base/instant.ts'
import { amountOf } from '../base/quantity.ts'
import { isRefusal } from '../base/refusal.ts'
import { edgeTable, nodeTable } from '../genealogy/rows.ts'
import { codeKeyOf } from '../identity/code.ts'
import { byCode, findItem, findPlace } from '../identity/lookup.ts'
import {
  type ItemRow,
  itemTable,
  type JsonObject,
  partyTable,
  placeTable,
  type ResourceKind,
  resourceTable,
} from '../identity/rows.ts'
import { measure } from '../identity/unit.ts'
import { commandSchema, Quantity, Text } from './command.ts'
import { verb } from './decision.ts'
import type { Effect } from './effects.ts'
import { newSeed, type Seed, seedEffects } from './lots.ts'
import { Plant } from './plant.testing.ts'
import { definitionTable } from './record-tables.ts'
import { holderOf, holderText, stockEffect } from './stock.ts'
import { orderTable, type OrderRow } from './tables.ts'

type AnyVerbs = ConstructorParameters<typeof Plant>[0]

interface Stocked {
  readonly seed: Seed
  readonly quantity: string
  readonly holder: string
}

const stockSchema = commandSchema('stock', {
  item: Text('Item'),
  code: Text('Code'),
  place: Text('Place'),
  quantity: Quantity,
  status: Type.Optional(
    Type.Union([Type.Literal('released'), Type.Literal('pending'), Type.Literal('rejected')]),
  ),
  expiresOn: Type.Optional(Text('Expiry')),
  fields: Type.Optional(Type.Object({}, { additionalProperties: true })),
})

/** Puts a lot on a shelf, without the rules of receiving: for the tests of folders that must not know that one. */
const stock = verb<typeof stockSchema, Stocked>({
  verb: 'stock',
  event: 'Stocked',
  version: 1,
  about: 'For tests.',
  schema: stockSchema,
  decide(command, context) {
    const item = findItem(context.view, command.item)
    if (isRefusal(item)) return item
    const place = findPlace(context.view, command.place)
    if (isRefusal(place)) return place
    const measured = measure(item, command.quantity)
    if (isRefusal(measured)) return measured
    const seed = newSeed(context, {
      kind: item.tracking === 'serial' ? 'serial' : 'lot',
      ...{ item, code: command.code, field: 'code', confirmed: true },
      status: command.status ?? 'released',
      expiresOn: (command.expiresOn ?? null) as CivilDate | null,
      ...command.fields,
    })
    if (isRefusal(seed)) return seed
    return { seed, quantity: measured.quantity, holder: holderText({ kind: 'place', no: place.no }) }
  },
  effectsOf(event) {
    const { seed, quantity, holder } = event.body
    const of = { traceable: seed.no, item: seed.item }
    return [...seedEffects(event, seed), stockEffect(of, holderOf(holder), amountOf(quantity), 'received')]
  },
})

const holdSchema = commandSchema('hold', { what: Text('Code') })

const hold = verb<typeof holdSchema, { root: number; traceable: number }>({
  verb: 'hold',
  event: 'HoldPlaced',
  version: 1,
  about: 'For tests.',
  schema: holdSchema,
  decide: (command, context) => ({ root: context.next('hold'), traceable: Number(command.what) }),
  effectsOf: (event): readonly Effect[] => [
    { do: 'hold', ...event.body, reasonCode: 'test', reason: 'suspect', cascades: true },
  ],
})

/** A plant whose master data is written straight into its tables, with what a test stocks and holds by hand. */
export class Shop extends Plant {
  #next = 1

  constructor(verbs: AnyVerbs) {
    super([...verbs, stock, hold])
    for (const code of ['STORE', 'LINE', 'DONE']) this.place(code)
  }

  place(code: string, kind: 'location' | 'single-lot' = 'location'): void {
    const row = { no: this.#next++, code, codeKey: codeKeyOf(code), name: code, kind, parent: null }
    this.view.put(placeTable, { ...row, uri: null, attributes: {}, retired: false })
  }

  item(code: string, fields: Partial<ItemRow> = {}): ItemRow {
    const row: ItemRow = {
      ...{
        no: this.#next++,
        code,
        codeKey: codeKeyOf(code),
        name: code,
        tracking: 'lot',
        unit: 'pc',
        scale: 0,
      },
      ...{
        conversions: [],
        expiryRule: 'none',
        shelfLifeDays: null,
        feed: 'pooled',
        overlapSeconds: null,
        rules: [],
        inherits: [],
      },
      ...{ owner: null, exportClass: null, uri: null, attributes: {}, retired: false },
      ...fields,
    }
    this.view.put(itemTable, row)
    return row
  }

  itemNo(code: string): number {
    const row = byCode(this.view, itemTable, code)
    if (!row) throw new Error(`no item ${code}`)
    return row.no
  }

  orderNo(code: string): number {
    const row = this.view.list(orderTable, 'byCode', [codeKeyOf(code)])[0]
    if (!row) throw new Error(`no order ${code}`)
    return row.no
  }

  /** Codes of what is in a thing now, by material, identity and installations that last: what its present state leads back to. */
  holdsNow(code: string): string[] {
    const row = this.lot(code)
    const lasting = this.view
      .all(edgeTable)
      .filter((edge) => edge.retractedAt === null && edge.kind !== 'contact' && edge.until === null)
    const seen = new Set(this.view.list(nodeTable, 'byTraceable', [row.no]).map((node) => node.no))
    for (const no of seen) for (const edge of lasting) if (edge.target === no) seen.add(edge.source)
    const numbers = new Set([...seen].flatMap((no) => this.view.get(nodeTable, [no])?.traceable ?? []))
    numbers.delete(row.no)
    return [...numbers].map((no) => this.codeOf(no)).toSorted()
  }

  /** How many states a thing went through. */
  states(code: string): number {
    return this.view.list(nodeTable, 'byTraceable', [this.lot(code).no]).length
  }

  party(code: string, attributes: JsonObject = {}): number {
    const no = this.#next++
    const row = { no, code, codeKey: codeKeyOf(code), name: code, roles: ['subcontractor'], uri: null }
    this.view.put(partyTable, { ...row, attributes, rules: null, retired: false })
    return no
  }

  resource(code: string, kind: ResourceKind): number {
    const no = this.#next++
    const row = { no, code, codeKey: codeKeyOf(code), name: code, kind, place: null }
    this.view.put(resourceTable, { ...row, attributes: {}, retired: false })
    return no
  }

  /** A bill of material or a routing, its body as `setup` stores it. */
  definition(kind: 'bom' | 'routing', item: Pick<ItemRow, 'no'>, body: JsonObject, version = 'A'): number {
    const no = this.#next++
    const row = { no, kind, item: item.no, version, effectiveFrom: null, effectiveTo: null }
    this.view.put(definitionTable, { ...row, body, retired: false })
    return no
  }

  order(code: string, fields: Partial<OrderRow> = {}): OrderRow {
    const row: OrderRow = {
      ...{
        no: this.#next++,
        kind: 'work',
        code,
        codeKey: codeKeyOf(code),
        party: null,
        item: null,
        amount: null,
      },
      ...{ done: 0n, place: null, bom: null, routing: null, dueOn: null, status: 'open', closedAt: null },
      ...{ openedAt: '2026-03-01T00:00:00.000Z' as Instant, attributes: {}, contract: null, rules: null },
      ...fields,
    }
    this.view.put(orderTable, row)
    return row
  }

  /** So much of a lot on the shelf `STORE`. */
  stocked(item: string, code: string, value = '100', rest: Readonly<Record<string, unknown>> = {}): void {
    this.do({ verb: 'stock', item, code, place: 'STORE', quantity: { value }, ...rest })
  }

  held(code: string): void {
    this.do({ verb: 'hold', what: String(this.lot(code).no) })
  }
}
