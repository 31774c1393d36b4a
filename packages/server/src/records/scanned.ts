import { isRefusal } from '@lotline/core/base/refusal'
import { identityOf } from '@lotline/standards/epc/identity'
import { readScan } from '@lotline/standards/gs1/scan'
import type { Reader } from '../database/transaction.ts'
import type { Snapshot } from '../plant/plant.ts'
import { choiceOf, search } from '../recall/identify.ts'
import { numberList } from '../recall/number-list.ts'
import type { Thing } from '../recall/things.ts'
import { amountText } from './amount-text.ts'

/** What a scanned text names, with what a person at a station must know of it before anything is done with it. */
export async function scanned({ reader }: Snapshot, text: string, today: string) {
  const { matches, near } = await search(reader, text)
  const numbers = matches.filter(({ type }) => type === 'traceable').map(({ no }) => no)
  const about = await aboutThings(reader, numbers, today)
  return {
    text,
    matches: matches.map((thing) => ({ ...choiceOf(thing), ...about.get(keyOf(thing)) })),
    near: near.map(choiceOf),
    item: await itemOnLabel(reader, text),
  }
}

function keyOf(thing: Thing): number {
  return thing.type === 'traceable' ? thing.no : -1
}

interface AboutRow extends Record<string, unknown> {
  readonly no: number
  readonly scale: number
}

async function aboutThings(
  reader: Reader,
  numbers: readonly number[],
  today: string,
): Promise<Map<number, object>> {
  if (numbers.length === 0) return new Map()
  const values = [reader.org, numberList(numbers)]
  const rows = await reader.query<AboutRow>(
    `select t.no::int, i.name as "itemName", i.tracking, coalesce(i.unit, t.attributes ->> 'unit', 'pc') as unit,
       coalesce(i.scale, (t.attributes ->> 'scale')::int, 0)::int as scale, t.expires_on::text as "expiresOn",
       coalesce(t.expires_on < $3::date, false) as expired
       from traceable t left join item i on i.org_id = t.org_id and i.no = t.item
      where t.org_id = $1 and t.no = any($2::bigint[])`,
    [...values, today],
  )
  const holds = await reader.query<{ no: number; hold: number; reason: string; reasonCode: string }>(
    `select traceable::int as no, root::int as hold, reason, reason_code as "reasonCode" from hold
      where org_id = $1 and traceable = any($2::bigint[]) and released_at is null order by root`,
    values,
  )
  const stock = await reader.query<{ no: number; holderKind: string; holder: string; quantity: string }>(
    `select s.traceable::int as no, s.holder_kind as "holderKind", coalesce(p.code, o.code, c.code, y.code) as holder, s.on_hand::text as quantity
       from stock s
       left join place p on p.org_id = s.org_id and s.holder_kind = 'place' and p.no = s.holder
       left join shop_order o on o.org_id = s.org_id and s.holder_kind = 'order' and o.no = s.holder
       left join traceable c on c.org_id = s.org_id and s.holder_kind = 'container' and c.no = s.holder
       left join party y on y.org_id = s.org_id and s.holder_kind in ('customer', 'subcontractor') and y.no = s.holder
      where s.org_id = $1 and s.traceable = any($2::bigint[]) and s.on_hand > 0 order by s.holder_kind desc, s.holder`,
    values,
  )
  const inside = await reader.query<{ no: number; of: string; code: string; role: string }>(
    `select c.container::int as no, t.code, 'contents' as role, '' as of from containment c join traceable t on t.org_id = c.org_id and t.no = c.child
      where c.org_id = $1 and c.container = any($2::bigint[]) and c.out_at is null
     union all
     select p.unit::int, t.code, 'parts', coalesce(p.slot, '') from installation p join traceable t on t.org_id = p.org_id and t.no = p.part
      where p.org_id = $1 and p.unit = any($2::bigint[]) and p.out_at is null order by 3, 4, 2 limit 500`,
    values,
  )
  return new Map(
    rows.map(({ no, ...said }) => [
      no,
      {
        ...said,
        holds: holds.filter((hold) => hold.no === no).map(({ no: _no, ...hold }) => hold),
        at: stock
          .filter((row) => row.no === no)
          .map(({ holderKind, holder, quantity }) => ({
            holderKind,
            holder,
            quantity: amountText(quantity, said.scale),
          })),
        contents: inside.filter((row) => row.no === no && row.role === 'contents').map(({ code }) => code),
        parts: inside
          .filter((row) => row.no === no && row.role === 'parts')
          .map(({ code, of }) => ({ code, slot: of === '' ? null : of })),
      },
    ]),
  )
}

/** The item of a label whose lot or serial is not known yet, as on goods that just arrive. */
async function itemOnLabel(reader: Reader, text: string) {
  const scan = readScan(text.trim(), { single: true })
  if (isRefusal(scan) || scan.kind === 'plain') return null
  const readings = scan.kind === 'elements' ? [scan.values] : scan.readings
  const keys = readings.flatMap((values) => {
    const gtin = values.find(({ ai }) => ai === '01' || ai === '02')?.value
    if (gtin === undefined) return []
    const short = gtin.replace(/^0+(?=\d{8})/, '')
    const link = identityOf([{ ai: '01', value: gtin }])?.uri
    return [
      gtin,
      short,
      short.padStart(12, '0'),
      short.padStart(13, '0'),
      ...(link === undefined ? [] : [link]),
    ]
  })
  if (keys.length === 0) return null
  const rows = await reader.query<Record<string, unknown>>(
    `select code, name, tracking, unit, scale::int, expiry_rule as "expiryRule" from item
      where org_id = $1 and not retired and (code_key = any($2::text[]) or uri = any($2::text[]) or attributes ->> 'gtin' = any($2::text[]))
      order by no limit 2`,
    [reader.org, keys],
  )
  return rows.length === 1 ? (rows[0] ?? null) : null
}
