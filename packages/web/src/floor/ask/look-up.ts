import type { Label } from '../../scan/label.ts'
import { plainLabel } from '../../scan/label.ts'
import { askKept, keptAnswer } from './kept-answer.ts'
import type {
  HeldThing,
  ItemOnLabel,
  ListedOrder,
  ListedPlace,
  OrderRecord,
  Rows,
  ScanAnswer,
  ScannedThing,
} from './floor-shapes.ts'

/** What one scan means to a screen: the thing it names, or a new label with its item where that is known. */
export interface Found {
  readonly label: Label
  readonly thing: ScannedThing | undefined
  /** Several things carry this code: a person chooses. */
  readonly choices: readonly ScannedThing[]
  readonly item: ItemOnLabel | null
  /** Nobody could be asked: this is what the device itself knows, perhaps nothing. */
  readonly old: boolean
  readonly near: readonly string[]
}

/** Asks what a label names. Without a network: what was asked before, and what lists and orders on this device name. */
export async function lookUp(label: Label): Promise<Found> {
  const text = label.text
  try {
    const kept = await askKept<ScanAnswer>(`scan:${text}`, '/v1/scan', { text })
    return foundIn(label, kept.value, kept.old)
  } catch {
    const known = await knownHere(label)
    return foundIn(label, { text, matches: known, near: [], item: null }, true)
  }
}

export async function lookUpText(text: string): Promise<Found> {
  return lookUp(plainLabel(text))
}

function foundIn(label: Label, answer: ScanAnswer, old: boolean): Found {
  const things = answer.matches.filter(({ kind }) => kind !== 'supplier-lot')
  const wanted = things.length > 0 ? things : answer.matches
  return {
    label,
    thing: wanted.length === 1 ? wanted[0] : undefined,
    choices: wanted.length > 1 ? wanted : [],
    item: answer.item,
    old,
    near: answer.near.map(({ code }) => code),
  }
}

/** What the device knows by itself: places, orders, held things, and the lots of every order it has seen. */
async function knownHere(label: Label): Promise<readonly ScannedThing[]> {
  const { code } = label
  const places = await keptAnswer<Rows<ListedPlace>>('places')
  if (places?.value.rows.some((place) => place.code === code)) return [bare('place', code)]
  const orders = await keptAnswer<Rows<ListedOrder>>('orders')
  const order = orders?.value.rows.find((each) => each.code === code)
  if (order) return [{ ...bare('order', code), kind: order.kind, item: order.item, status: order.status }]
  const held = (await keptAnswer<Rows<HeldThing>>('held'))?.value.rows.find((each) => each.code === code)
  const holds = held ? [{ hold: held.hold, reason: held.reason, reasonCode: '' }] : []
  const lot = await lotKnownHere(code)
  if (lot) return [{ ...lot, holds: [...(lot.holds ?? []), ...holds] }]
  return held ? [{ ...bare('traceable', code), item: held.item, holds }] : []
}

async function lotKnownHere(code: string): Promise<ScannedThing | undefined> {
  for (const { item, unit, scale, lots } of await linesKnownHere()) {
    const lot = lots.find((each) => each.code === code)
    if (!lot) continue
    const at = [{ holderKind: 'place', holder: lot.place, quantity: lot.quantity }]
    const holds = lot.held === null ? [] : [{ hold: 0, reason: lot.held, reasonCode: '' }]
    const { id, kind, status } = lot
    return {
      ...bare('traceable', code),
      id,
      kind,
      status,
      item,
      unit,
      scale,
      at,
      holds,
      expired: lot.expired ?? false,
    }
  }
  return undefined
}

async function linesKnownHere() {
  const { store } = await import('../queue/store.ts')
  const names = await store.kept.where('name').startsWith('order:').primaryKeys()
  const orders = await Promise.all(names.map((name) => keptAnswer<OrderRecord>(name)))
  return orders.flatMap((kept) => kept?.value.orderLines ?? [])
}

function bare(type: string, code: string): ScannedThing {
  return { type, id: '', code, kind: type, item: null, status: null }
}
