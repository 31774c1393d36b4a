import { isRefusal, type Refusal } from '@lotline/core/base/refusal'
import type { Command } from '@lotline/core/catalogue'
import { codeKeyOf } from '@lotline/core/identity/code'
import { looking } from '../access/account.ts'
import type { Subject } from '../access/policy.ts'
import type { Plant } from '../plant/plant.ts'

/** Fields in which a command names a place. Some hold other things too, which no place is found for. */
const placeFields = new Set(['place', 'from', 'to', 'parent', 'site'])

/** A place that belongs to no site: a role that is held for one does not count there. */
const noSite = 0

/** The sites of the places that commands name, by the command; empty for whoever holds all roles everywhere. */
export type SitesNamed = (command: Command) => readonly number[]

/**
 * Looks up where commands take place, for whoever holds a role for one site only. One query, whatever the number of commands.
 */
export async function sitesNamed(
  plantOf: () => Plant,
  subject: Subject,
  commands: readonly (Command | Refusal)[],
): Promise<SitesNamed> {
  const isBound = 'grants' in subject && subject.grants.some(({ site }) => site !== null)
  const keys = isBound ? commands.flatMap((each) => (isRefusal(each) ? [] : placesIn(each))) : []
  if (keys.length === 0) return () => []
  const sites = await sitesOf(plantOf(), keys)
  return (command) => [...new Set(placesIn(command).flatMap((key) => sites.get(key) ?? []))]
}

function placesIn(value: object): string[] {
  return Object.entries(value).flatMap(([name, field]: [string, unknown]) => {
    if (typeof field === 'string') return placeFields.has(name) ? [codeKeyOf(field)] : []
    return typeof field === 'object' && field !== null ? placesIn(field) : []
  })
}

/** For each code, the site its place lies in; codes that no place has are left out. */
async function sitesOf(plant: Plant, keys: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { pool, organisation } = plant
  const rows = await looking({ pool, org: organisation.org }, (reader) =>
    reader.query<{ key: string; site: number | null }>(
      `with recursive up(key, no, kind, parent) as (
         select code_key, no, kind, parent from place
          where org_id = $1 and code_key = any($2::text[]) and not retired
         union
         select u.key, p.no, p.kind, p.parent from up u join place p on p.org_id = $1 and p.no = u.parent)
       select key, max(no) filter (where kind = 'site')::int as site from up group by key`,
      [organisation.org, [...new Set(keys)]],
    ),
  )
  return new Map(rows.map(({ key, site }) => [key, site ?? noSite]))
}
