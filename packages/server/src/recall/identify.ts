import { isRefusal, refuse, type Refusal } from '@lotline/core/base/refusal'
import { codeKeyOf } from '@lotline/core/identity/code'
import { ambiguousId } from '@lotline/core/identity/lookup'
import type { Reader } from '../database/transaction.ts'
import { labelReadings } from './label-keys.ts'
import { nearThings } from './near-things.ts'
import { numberList } from './number-list.ts'
import { showThings, type Thing, type ThingRow, thingsNamed, traceablesOfClass } from './things.ts'

/** What people write to say what they ask about. */
export interface Naming {
  readonly ids: readonly string[]
  readonly item?: string | undefined
  readonly kind?: string | undefined
  /** Several different things under one text are all meant. */
  readonly all?: boolean | undefined
}

/** The things that the texts name together, each once. */
export async function identify(reader: Reader, naming: Naming): Promise<readonly Thing[] | Refusal> {
  const found = new Map<string, Thing>()
  const things = await thingsByText(reader, naming.ids)
  for (const text of naming.ids) {
    const fitting = fit(things.get(text) ?? [], naming)
    const chosen = await choose(reader, text, fitting, naming.all ?? false)
    if (isRefusal(chosen)) return chosen
    for (const thing of chosen) found.set(`${thing.type} ${thing.no}`, thing)
  }
  return [...found.values()]
}

/** Everything each text may name: exactly, by number (`#17`), or read as a label. Two queries for plain texts, whatever their count. */
async function thingsByText(
  reader: Reader,
  texts: readonly string[],
): Promise<ReadonlyMap<string, readonly Thing[]>> {
  const plain = await thingsNamed(reader, texts.map(codeKeyOf))
  const rows = new Map<string, ThingRow[]>()
  for (const text of texts) {
    const key = codeKeyOf(text)
    const exact = plain.filter((row) => row.key === key)
    const number = /^#(\d{1,9})$/.exec(key)?.[1]
    if (number !== undefined) exact.push({ key, type: 'traceable', no: Number(number) })
    rows.set(text, exact.length > 0 ? exact : await labelled(reader, text))
  }
  const shown = await showThings(reader, [...rows.values()].flat())
  return new Map(
    [...rows].map(([text, named]) => [
      text,
      shown.filter((thing) => named.some((row) => row.type === thing.type && row.no === thing.no)),
    ]),
  )
}

async function labelled(reader: Reader, text: string): Promise<ThingRow[]> {
  const found: ThingRow[] = []
  for (const reading of labelReadings(text)) {
    found.push(...(await thingsNamed(reader, reading.keys)))
    if (!reading.ofClass) continue
    const numbers = await traceablesOfClass(reader, reading.ofClass)
    for (const no of numbers) found.push({ key: text, type: 'traceable', no })
  }
  return found
}

function fit(things: readonly Thing[], naming: Naming): readonly Thing[] {
  const { item, kind } = naming
  return things.filter(
    (thing) =>
      (item === undefined || thing.item === item) &&
      (kind === undefined || thing.kind === kind || thing.type === kind),
  )
}

/** What can start a trace; definitions cannot. */
const traced: readonly Thing['type'][] = ['traceable', 'order', 'shipment']

async function choose(
  reader: Reader,
  text: string,
  things: readonly Thing[],
  all: boolean,
): Promise<readonly Thing[] | Refusal> {
  const usable = things.filter((thing) => traced.includes(thing.type))
  if (usable.length === 0 && things[0]) return namesNoLot(text, things[0])
  if (usable.length === 0) return idUnknown(reader, text)
  if (all || usable.length === 1) return usable
  const [first] = usable
  const alike = usable.every(
    (thing) => thing.type === first?.type && thing.kind === first.kind && thing.item === first.item,
  )
  if (alike || (await areReceived(reader, usable))) return usable
  return ambiguousId(text, 'id', usable.map(choiceOf))
}

/** A thing as programs see it: its number as text. */
export function choiceOf({ no, ...thing }: Thing) {
  return { ...thing, id: String(no) }
}

/** Whether the things are a supplier lot and what was received from it: one material under one number. */
async function areReceived(reader: Reader, things: readonly Thing[]): Promise<boolean> {
  const source = things.filter((thing) => thing.kind === 'supplier-lot')
  const ours = things.filter((thing) => thing.type === 'traceable' && thing.kind !== 'supplier-lot')
  if (source.length === 0 || ours.length === 0 || source.length + ours.length !== things.length) return false
  const rows = await reader.query<{ no: number }>(
    `select distinct made.traceable::int as no
       from node of_supplier
       join edge drawn on drawn.org_id = $1 and drawn.source = of_supplier.no and drawn.retracted_at is null
       join edge given on given.org_id = $1 and given.source = drawn.target and given.retracted_at is null
       join node made on made.org_id = $1 and made.no = given.target
      where of_supplier.org_id = $1 and of_supplier.traceable = any($2::bigint[]) and made.traceable = any($3::bigint[])`,
    [reader.org, numberList(source.map((thing) => thing.no)), numberList(ours.map((thing) => thing.no))],
  )
  return rows.length === ours.length
}

async function idUnknown(reader: Reader, text: string): Promise<Refusal<'id_unknown'>> {
  const near = await nearThings(reader, text)
  const codes = near.map((thing) => thing.code)
  return refuse('id_unknown', {
    message: `Nothing is known under ${JSON.stringify(text.slice(0, 200))}.`,
    fix:
      codes.length > 0
        ? `Did you mean ${codes.slice(0, 3).join(', ')}? Else scan it again, or import the records that name it.`
        : 'Scan or paste it again whole, or import the records that name it.',
    field: 'id',
    value: text,
    details: { near: near.map(choiceOf) },
  })
}

function namesNoLot(text: string, thing: Thing): Refusal<'id_names_no_lot'> {
  return refuse('id_names_no_lot', {
    message: `${JSON.stringify(text.slice(0, 200))} names the ${thing.type} ${thing.code}, not a lot, serial, order or shipment.`,
    fix: `Give a lot or serial of it; GET /v1/stock?${thing.type === 'place' ? 'place' : 'item'}= lists them.`,
    field: 'id',
    value: text,
  })
}

/** What a text names and what it is like, for a search box. */
export async function search(
  reader: Reader,
  text: string,
): Promise<{ matches: readonly Thing[]; near: readonly Thing[] }> {
  const matches = (await thingsByText(reader, [text])).get(text) ?? []
  const near = await nearThings(reader, text)
  const known = new Set(matches.map((thing) => thing.no))
  return { matches, near: near.filter((thing) => !known.has(thing.no)) }
}
