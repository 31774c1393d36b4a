import type { Reader } from '../database/transaction.ts'
import { numberList } from '../recall/number-list.ts'
import { amountText } from './amount-text.ts'

/** Lots shown for one material; more than a person can choose among, and enough for a tablet without a network. */
const lotsPerItemMax = 300

/**
 * The lots in store of these items, in the order in which they are to be taken: first expired, then first received. What
 * may not be taken is listed too, with the reason: a lot that is silently missing is looked for.
 */
export async function lotsFor(
  reader: Reader,
  ask: { items: readonly number[]; order: number; today: string },
): Promise<Map<number, object[]>> {
  const rows = await reader.query<
    Record<string, unknown> & { itemNo: number; scale: number; quantity: string; promised: string }
  >(
    `select * from (
       select t.no::text as id, t.code, t.kind, t.status, t.expires_on::text as "expiresOn", i.no::int as "itemNo", i.code as item,
         i.unit, i.scale::int, s.on_hand::text as quantity, p.code as place,
         (select h.reason from hold h where h.org_id = t.org_id and h.traceable = t.no and h.released_at is null order by h.no limit 1) as held,
         coalesce((select sum(r.amount) from reservation r where r.org_id = t.org_id and r.traceable = t.no
           and r.ended_position is null and r.order_no <> $3), 0)::text as promised,
         t.expires_on < $4::date as expired,
         row_number() over (partition by i.no order by t.expires_on nulls last, t.happened_at, t.no) as turn
         from stock s join traceable t on t.org_id = s.org_id and t.no = s.traceable
         join item i on i.org_id = s.org_id and i.no = s.item
         join place p on p.org_id = s.org_id and p.no = s.holder
        where s.org_id = $1 and s.item = any($2::bigint[]) and s.holder_kind = 'place' and s.on_hand > 0) ranked
      where turn <= ${lotsPerItemMax} order by "itemNo", turn`,
    [reader.org, numberList(ask.items), ask.order, ask.today],
  )
  const lots = new Map<number, object[]>()
  for (const { itemNo, scale, quantity, promised, turn: _turn, ...said } of rows) {
    const lot = {
      ...said,
      scale,
      quantity: amountText(quantity, scale),
      promised: amountText(promised, scale),
    }
    lots.set(itemNo, [...(lots.get(itemNo) ?? []), lot])
  }
  return lots
}
