import type { ListedLine } from '../ask/floor-shapes.ts'
import type { Found } from '../ask/look-up.ts'
import { minus } from '../amounts.ts'
import type { FloorWords } from '../floor-words.ts'
import type { Filled, Step, StepFlow, StepValue, Taken } from '../steps/step-flow.ts'

/** What the flow knows beside the scan: the open lines of purchase orders, and where this station puts things. */
export interface ReceiveKnows {
  readonly lines: readonly ListedLine[]
  readonly place: string | undefined
}

/** Goods that arrive: document, item, supplier's lot, quantity, place. A label with one fitting line fills them all. */
export function receiveFlow(t: FloorWords, knows: ReceiveKnows): StepFlow {
  const isSerial = (filled: Filled) => filled['item']?.thing?.tracking === 'serial'
  return {
    name: 'receive',
    title: t('receive.title'),
    steps: stepsOf(t, knows, isSerial),
    given: (step, value, filled) => given(step, value, filled, knows),
    take: (found, filled) => taken(found, filled, knows, t),
    command: (filled, typed) => commandOf(filled, filled['order'] && linesFor(filled, knows).at(0), typed),
    button: (filled) => {
      const { quantity, item, serial } = filled
      const amount = `${quantity?.code ?? '…'} ${item?.thing?.unit ?? ''}`.trim()
      return t('receive.button', { what: serial?.code ?? amount, item: item?.code ?? '…' })
    },
    job: (filled) => filled['order']?.code ?? filled['item']?.code ?? '',
    after: (made) =>
      made.length === 0 ? undefined : t('receive.after', { made: made.slice(0, 6).join(', ') }),
    keeps: ({ order, place }) => ({ order, place }),
  }
}

/** The open lines that what is filled leaves over. */
function linesFor(filled: Filled, knows: ReceiveKnows): readonly ListedLine[] {
  const { order, item } = filled
  return knows.lines.filter(
    (line) =>
      (order === undefined || line.orderCode === order.code) &&
      (item === undefined || line.item === item.code),
  )
}

function stepsOf(t: FloorWords, knows: ReceiveKnows, isSerial: (filled: Filled) => boolean): readonly Step[] {
  const lot = { label: t('field.supplierLot'), kind: 'scan', hint: t('receive.scanLot') } as const
  const serial = { label: t('field.serial'), kind: 'scan', hint: t('receive.scanSerial') } as const
  return [
    {
      name: 'order',
      label: t('field.document'),
      kind: 'choice',
      hint: t('receive.scanDocument'),
      optional: true,
      choices: (filled) => orderChoices(filled['item'] ? linesFor(filled, knows) : []),
    },
    {
      name: 'item',
      label: t('field.item'),
      kind: 'choice',
      hint: t('receive.scanItem'),
      choices: (filled) => itemChoices(filled['order'] ? linesFor(filled, knows) : []),
    },
    { name: 'lot', ...lot, hidden: isSerial },
    { name: 'serial', ...serial, hidden: (filled) => !isSerial(filled) },
    {
      name: 'quantity',
      label: t('field.quantity'),
      kind: 'quantity',
      hint: t('receive.give'),
      hidden: isSerial,
      unit: ({ item }) => ({ unit: item?.thing?.unit ?? '', decimals: item?.thing?.scale ?? 9 }),
    },
    {
      name: 'expires',
      label: t('field.expires'),
      kind: 'day',
      hint: t('receive.giveDay'),
      hidden: ({ item, expires }) => item?.thing?.status !== 'required' && expires === undefined,
    },
    { name: 'place', label: t('field.place'), kind: 'scan', hint: t('receive.scanPlace') },
  ]
}

/** Choosing the line of a document by hand says as much as scanning its label. */
function given(step: string, value: StepValue, filled: Filled, knows: ReceiveKnows): Filled {
  if (step === 'order') return withOrder(value.code, filled, knows)
  const line = step === 'item' ? linesFor({ ...filled, item: value }, knows).at(0) : undefined
  const { item: _item, ...rest } = filled
  return line ? fromLine(line, rest, knows) : {}
}

function itemChoices(lines: readonly ListedLine[]) {
  return lines.map((line) => ({ value: line.item, label: line.itemName, about: restOf(line) }))
}

/** What is still to come on a line, in its unit. */
function restOf(line: ListedLine): string {
  return `${minus(line.quantity, line.doneQuantity)} ${line.unit}`
}

function orderChoices(lines: readonly ListedLine[]) {
  return lines.map((line) => ({
    value: line.orderCode,
    label: line.orderCode,
    about: [line.partyName ?? line.party, restOf(line)].filter(Boolean).join(' · '),
  }))
}

function commandOf(filled: Filled, line: ListedLine | undefined, typed: boolean) {
  const { order, item, lot, serial, quantity, expires, place } = filled
  return {
    verb: 'receive' as const,
    item: item?.code ?? '',
    place: place?.code ?? '',
    ...(order === undefined ? {} : { order: order.code, ...(line === undefined ? {} : { line: line.line }) }),
    ...(serial === undefined ? {} : { serials: [serial.code] }),
    ...(lot === undefined || serial !== undefined ? {} : { supplierLot: lot.code }),
    ...(quantity === undefined || serial !== undefined ? {} : { quantity: { value: quantity.code } }),
    ...(expires === undefined ? {} : { expiresOn: expires.code }),
    ...(typed ? { evidence: 'declared' as const } : {}),
  }
}

function taken(found: Found, filled: Filled, knows: ReceiveKnows, t: FloorWords): Taken {
  const { thing, label, item } = found
  if (thing?.type === 'order') {
    if (thing.kind === 'purchase' || thing.kind === 'subcontract')
      return { fill: withOrder(thing.code, filled, knows) }
    return {
      stop: {
        title: t('receive.notPurchase', { code: thing.code }),
        text: t('receive.notPurchaseText', { code: thing.code }),
        fix: t('receive.notPurchaseFix'),
      },
    }
  }
  if (thing?.type === 'place') return { fill: { place: { code: thing.code } } }
  if (thing?.type === 'item') return { fill: withItem({ ...thing, item: thing.code }, found, filled, knows) }
  if (item) return { fill: withItem({ ...bareItem(item), status: item.expiryRule }, found, filled, knows) }
  if (thing?.type === 'traceable' && thing.item !== null) {
    const known = { ...thing, type: 'item', code: thing.item, status: null }
    return {
      fill: { ...withItem(known, found, filled, knows), ...lotOf(label.code, thing.tracking === 'serial') },
    }
  }
  if (thing || filled['item'] === undefined) return undefined
  return { fill: lotOf(label.code, filled['item'].thing?.tracking === 'serial') }
}

function bareItem(item: { code: string; name: string; tracking: string; unit: string; scale: number }) {
  const { code, name, tracking, unit, scale } = item
  return { type: 'item', id: '', code, kind: 'item', item: code, itemName: name, tracking, unit, scale }
}

function lotOf(code: string, isSerial: boolean): Filled {
  return isSerial ? { serial: { code } } : { lot: { code } }
}

/** A document with one open line says the item, what is still to come, and where it goes. */
function withOrder(code: string, filled: Filled, knows: ReceiveKnows): Filled {
  const lines = knows.lines.filter((line) => line.orderCode === code)
  const fitting = filled['item'] ? lines.filter((line) => line.item === filled['item']?.code) : lines
  const [line] = fitting.length === 1 ? fitting : []
  return { order: orderValue(code, lines[0]), ...(line ? fromLine(line, filled, knows) : {}) }
}

function orderValue(code: string, line: ListedLine | undefined): StepValue {
  const about = line?.partyName ?? line?.party ?? undefined
  return about === undefined ? { code } : { code, about }
}

function fromLine(line: ListedLine, filled: Filled, knows: ReceiveKnows): Filled {
  const { item, itemName, tracking, unit, expiryRule } = line
  const place = filled['place'] ?? placeValue(line.place ?? knows.place)
  const thing = {
    type: 'item',
    id: '',
    code: item,
    kind: 'item',
    item,
    itemName,
    tracking,
    unit,
    status: expiryRule,
  }
  return {
    item: filled['item'] ?? { code: item, about: itemName, thing },
    quantity: filled['quantity'] ?? { code: minus(line.quantity, line.doneQuantity) },
    ...(place ? { place } : {}),
  }
}

function placeValue(code: string | undefined): StepValue | undefined {
  return code === undefined ? undefined : { code }
}

/** A label may say item, lot, date and amount at once; one open line of that item says document and place. */
function withItem(
  item: NonNullable<StepValue['thing']>,
  found: Found,
  filled: Filled,
  knows: ReceiveKnows,
): Filled {
  const { label } = found
  const open = knows.lines.filter(
    (line) =>
      line.item === item.code && (filled['order'] === undefined || line.orderCode === filled['order'].code),
  )
  const [line] = open.length === 1 ? open : []
  const { quantity } = label
  const amount =
    quantity && (quantity.unit === undefined || quantity.unit === item.unit)
      ? { code: quantity.value }
      : undefined
  const about = item.itemName ?? undefined
  const value: StepValue =
    about === undefined ? { code: item.code, thing: item } : { code: item.code, about, thing: item }
  const place = filled['place'] ?? placeValue(knows.place)
  return {
    ...(place ? { place } : {}),
    ...(line ? { ...fromLine(line, filled, knows), order: orderValue(line.orderCode, line) } : {}),
    item: value,
    ...(label.serial === undefined ? {} : { serial: { code: label.serial } }),
    ...(label.lot === undefined ? {} : { lot: { code: label.lot } }),
    ...(label.expiresOn === undefined ? {} : { expires: { code: label.expiresOn } }),
    ...(amount ? { quantity: amount } : {}),
  }
}
