import { Type, type Static } from 'typebox'
import { amountOf, decimalOf, type Decimal } from '../base/quantity.ts'
import { isRefusal, refuse, type Refusal } from '../base/refusal.ts'
import { findTraceable } from '../identity/lookup.ts'
import type { TraceableRow } from '../identity/rows.ts'
import { commandSchema, LongText, Reference, Text } from '../ledger/command.ts'
import { contentsOf } from '../ledger/containers.ts'
import { type DecisionContext, verb } from '../ledger/decision.ts'
import type { Effect, RecordedEvent } from '../ledger/effects.ts'
import { newSeed, type Seed, seedEffects } from '../ledger/lots.ts'
import { captureProcess } from '../ledger/process-key.ts'
import { reservationsOf } from '../ledger/reserved.ts'
import { holderOf, holderText, itemOf, stockEffect, stockOf } from '../ledger/stock.ts'
import { containmentTable, installationTable } from '../ledger/tables.ts'
import { touchEffect, type Witnessed } from '../ledger/touching.ts'

const schema = commandSchema('relabel', {
  what: Reference,
  code: Text('The new code'),
  reason: LongText('Why'),
  confirmNew: Type.Optional(Type.Boolean({ description: 'The look-alike was seen; this code is new' })),
})
type Relabel = Static<typeof schema>

interface RelabelledBody extends Witnessed {
  readonly traceable: number
  readonly item: number | null
  readonly was: string
  readonly seed: Seed
  /** Stock by holder, signed: what is owed goes over as well. */
  readonly stock: readonly { readonly holder: string; readonly quantity: Decimal }[]
  readonly packedIn: readonly { readonly container: number; readonly quantity: Decimal | null }[]
  readonly contents: readonly Content[]
  readonly parts: readonly Installed[]
  readonly units: readonly Installed[]
  readonly reservations: readonly Promised[]
}

interface Content {
  readonly child: number
  readonly item: number | null
  readonly quantity: Decimal
}

interface Installed {
  readonly other: number
  readonly slot: string | null
  readonly quantity: Decimal | null
}

interface Promised {
  readonly ended: number
  readonly no: number
  readonly order: number
  readonly item: number
  readonly quantity: Decimal
}

/** A new label: the thing goes on under a new identity, joined to the old one, which stays findable. */
export const relabel = verb({
  verb: 'relabel',
  event: 'Relabelled',
  version: 1,
  about:
    'Gives a lot, serial or container a new code. The old one is still found, and the chain goes on from it.',
  schema,
  decide: decideRelabel,
  effectsOf,
})

function decideRelabel(command: Relabel, context: DecisionContext): RelabelledBody | Refusal {
  const row = findTraceable(context.view, command.what, 'what')
  if (isRefusal(row)) return row
  const { kind, party, owner, status, expiresOn, manufacturedOn, exportClass, attributes } = row
  if (kind === 'vessel' || kind === 'supplier-lot') return labelFixed(row)
  const item = itemOf(context.view, row.item)
  const stock = stockOf(context.view, row.no)
  if (stock.length === 0) {
    const gone = nothingLeft(row)
    if (context.breaks(gone, { traceable: row.no })) return gone
  }
  const seed = newSeed(context, {
    ...{ kind, item, party, owner, status, expiresOn, manufacturedOn, exportClass, attributes },
    code: command.code,
    field: 'code',
    confirmed: command.confirmNew ?? false,
  })
  if (isRefusal(seed)) return seed
  const scale = item?.scale ?? 0
  return {
    traceable: row.no,
    item: row.item,
    was: row.code,
    seed,
    stock: stock.map((each) => ({
      holder: holderText({ kind: each.holderKind, no: each.holder }),
      quantity: decimalOf(each.onHand - each.owed, scale),
    })),
    ...linksOf(context, row, scale),
  }
}

function labelFixed(row: TraceableRow): Refusal<'label_fixed'> {
  return refuse('label_fixed', {
    message:
      row.kind === 'vessel'
        ? `${row.code} is a vessel; its content changes, its name does not.`
        : `${row.code} is the supplier's own number.`,
    fix:
      row.kind === 'vessel' ? 'Draw from it into a lot with a code.' : 'Relabel our lot that came from it.',
    field: 'what',
    value: row.code,
  })
}

function nothingLeft(row: TraceableRow): Refusal<'nothing_to_relabel'> {
  return refuse('nothing_to_relabel', {
    message: `Nothing of ${row.code} is left that could get a new label.`,
    fix: 'Check the code, or count the stock first.',
    field: 'what',
    value: row.code,
  })
}

/** What hangs on the old identity and goes over: packing, installed parts, promises. */
function linksOf(context: DecisionContext, row: TraceableRow, scale: number) {
  const { view } = context
  const open = <Row extends { outAt: unknown }>(rows: readonly Row[]) =>
    rows.filter((each) => each.outAt === null)
  const text = (amount: bigint | null, at = 0) => (amount === null ? null : decimalOf(amount, at))
  const reservations = reservationsOf(view, row.no).map((each) => ({
    ended: each.no,
    no: context.next('reservation'),
    order: each.orderNo,
    item: each.item,
    quantity: decimalOf(each.amount, scale),
  }))
  return {
    packedIn: open(view.list(containmentTable, 'byChild', [row.no])).map(({ container, amount }) => ({
      container,
      quantity: text(amount, scale),
    })),
    contents: contentsOf(view, row).map(({ stock }) => ({
      child: stock.traceable,
      item: stock.item,
      quantity: decimalOf(stock.onHand, itemOf(view, stock.item)?.scale ?? 0),
    })),
    parts: open(view.list(installationTable, 'byUnit', [row.no])).map(({ part, slot, amount }) => ({
      other: part,
      slot,
      quantity: text(amount),
    })),
    units: open(view.list(installationTable, 'byPart', [row.no])).map(({ unit, slot, amount }) => ({
      other: unit,
      slot,
      quantity: text(amount, scale),
    })),
    reservations,
  }
}

function effectsOf(event: RecordedEvent<string, RelabelledBody>): readonly Effect[] {
  const { traceable, item, seed, stock, was } = event.body
  const process = captureProcess('relabel', event.key)
  const amount = stock.reduce((sum, each) => sum + amountOf(each.quantity), 0n)
  const known = { process, edge: 'identity', amount: amount > 0n ? amount : null } as const
  return [
    ...seedEffects(event, seed),
    { do: 'learned', traceable, patch: { attributes: { 'relabelled to': seed.code } } },
    { do: 'learned', traceable: seed.no, patch: { attributes: { 'relabelled from': was } } },
    ...stock.flatMap(({ holder, quantity }) => [
      stockEffect({ traceable, item }, holderOf(holder), -amountOf(quantity), 'relabelled'),
      stockEffect({ traceable: seed.no, item }, holderOf(holder), amountOf(quantity), 'relabelled'),
    ]),
    ...linkEffects(event.body),
    ...(item === null ? [] : [touchEffect(event, { role: 'draw', traceable, item, ...known })]),
    ...(item === null ? [] : [touchEffect(event, { role: 'add', traceable: seed.no, ...known })]),
  ]
}

function linkEffects(body: RelabelledBody): readonly Effect[] {
  const { traceable: old, seed } = body
  const amount = (quantity: Decimal | null) => (quantity === null ? null : amountOf(quantity))
  return [
    ...body.packedIn.flatMap(({ container, quantity }): Effect[] => [
      { do: 'unpack', container, child: old, amount: amount(quantity) },
      { do: 'pack', container, child: seed.no, amount: amount(quantity) },
    ]),
    ...body.contents.flatMap(({ child, item, quantity }): Effect[] => {
      const of = { traceable: child, item }
      const all = amountOf(quantity)
      return [
        stockEffect(of, { kind: 'container', no: old }, -all, 'transferred'),
        stockEffect(of, { kind: 'container', no: seed.no }, all, 'transferred'),
        { do: 'unpack', container: old, child, amount: all },
        { do: 'pack', container: seed.no, child, amount: all },
      ]
    }),
    ...body.parts.flatMap(({ other, slot, quantity }): Effect[] => [
      { do: 'remove', unit: old, part: other },
      { do: 'install', unit: seed.no, part: other, slot, amount: amount(quantity) },
    ]),
    ...body.units.flatMap(({ other, slot, quantity }): Effect[] => [
      { do: 'remove', unit: other, part: old },
      { do: 'install', unit: other, part: seed.no, slot, amount: amount(quantity) },
    ]),
    ...body.reservations.flatMap(({ ended, no, order, item, quantity }): Effect[] => [
      { do: 'unreserve', no: ended },
      { do: 'reserve', no, order, item, traceable: seed.no, amount: amountOf(quantity) },
    ]),
  ]
}
