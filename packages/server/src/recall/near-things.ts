import { codeKeyOf, skeletonOf } from '@lotline/core/identity/code'
import type { Reader } from '../database/transaction.ts'
import { slipsBetween } from './slips.ts'
import { type Thing, traceableThings } from './things.ts'

/** Codes compared for likeness at most: a range read by index, ranked here. */
const likenessReadMax = 2_000
const nearMax = 8

/** Leading words looked behind at most, such as `H-` and `SN-`; a plant has a handful. */
const leadsMax = 100

/** Shorter beginnings are in nearly every code. */
const beginLengthMin = 3

interface Candidate {
  readonly no: number
  /** Smaller is nearer. */
  readonly slips: number
}

/**
 * Things whose codes are like a text: the same at a glance, beginning with it, beginning with it behind a leading word
 * (`20931` is like `H-20931`), or at most two slips away. All are ranges of an index. O(candidates).
 */
export async function nearThings(reader: Reader, text: string): Promise<readonly Thing[]> {
  const nearest = new Map<number, number>()
  for (const { no, slips } of [...(await beginning(reader, text)), ...(await alike(reader, text))])
    nearest.set(no, Math.min(slips, nearest.get(no) ?? slips))
  const ranked = [...nearest].sort((a, b) => a[1] - b[1] || a[0] - b[0]).slice(0, nearMax)
  const order = new Map(ranked.map(([no], at) => [no, at]))
  const shown = await traceableThings(reader, order.keys())
  return [...shown].sort((a, b) => (order.get(a.no) ?? 0) - (order.get(b.no) ?? 0))
}

/** The same at a glance, or few slips away. The first half is trusted, because an index finds by beginnings. */
async function alike(reader: Reader, text: string): Promise<readonly Candidate[]> {
  const skeleton = skeletonOf(text)
  if (skeleton === '') return []
  const begin = skeleton.slice(0, Math.max(1, Math.ceil(skeleton.length / 2)))
  const rows = await reader.query<{ no: number; skeleton: string }>(
    `select no::int, skeleton from traceable where org_id = $1 and skeleton >= $2 and skeleton < $3 and status <> 'void'
      order by skeleton limit ${likenessReadMax}`,
    [reader.org, begin, `${begin}\uffff`],
  )
  return rows
    .map((row) => ({
      no: row.no,
      slips: row.skeleton.startsWith(skeleton) ? 0.5 : slipsBetween(row.skeleton, skeleton),
    }))
    .filter((row) => row.slips <= 2)
}

/** Codes that begin with the text, at once or behind one of the leading words that codes here have. */
async function beginning(reader: Reader, text: string): Promise<readonly Candidate[]> {
  const key = codeKeyOf(text)
  if (key.length < beginLengthMin) return []
  const leads = /^\d/.test(key) ? await leadingWords(reader) : []
  const begins = [...new Set([key, key.toUpperCase(), ...leads.map((lead) => lead + key)])]
  const rows = await reader.query<{ no: number; rest: number }>(
    `select t.no::int, length(t.code_key) - length(b.begin) as rest
       from unnest($2::text[]) as b(begin)
       cross join lateral (select no, code_key from traceable
         where org_id = $1 and code_key >= b.begin and code_key < b.begin || U&'\\FFFF' and status <> 'void'
         order by code_key limit ${nearMax}) t`,
    [reader.org, begins],
  )
  return rows.map((row) => ({ no: row.no, slips: row.rest === 0 ? 0.1 : 0.6 }))
}

/** Letters that codes begin with, up to their first digit. One step of the index a word, however many codes have it. */
async function leadingWords(reader: Reader): Promise<readonly string[]> {
  const next = (after: string) =>
    `(select code_key from traceable where org_id = $1 and code_key >= ${after} order by code_key limit 1)`
  const rows = await reader.query<{ lead: string }>(
    `with recursive word(lead, step) as (
       select substring(k from '^[^0-9]+'), 1 from ${next("'A'")} first(k)
       union all
       select substring(k from '^[^0-9]+'), step + 1
         from word cross join lateral ${next("lead || U&'\\FFFF'")} following(k)
        where step < ${leadsMax})
     select lead from word where lead is not null`,
    [reader.org],
  )
  return rows.map((row) => row.lead)
}
