import { isRefusal, refuse, type Refusal } from '@lotline/core/base/refusal'
import { codeKeyOf } from '@lotline/core/identity/code'
import type { Person } from '../access/person.ts'
import type { Grant } from '../access/policy.ts'
import type { Reader } from '../database/transaction.ts'
import type { GrantText, ShownPerson } from './person-shape.ts'

/** Codes of the sites and companies that people are bound to. */
export interface GrantCodes {
  readonly sites: ReadonlyMap<number, string>
  readonly parties: ReadonlyMap<number, string>
}

/** Roles as they are kept: sites by number, because a site may be renamed. */
export async function grantsFrom(reader: Reader, given: readonly GrantText[]): Promise<Grant[] | Refusal> {
  const grants: Grant[] = []
  for (const { role, site } of given) {
    const no = site === undefined ? null : await siteNamed(reader, site)
    if (isRefusal(no)) return no
    grants.push({ role, site: no })
  }
  return grants
}

async function siteNamed(reader: Reader, code: string): Promise<number | Refusal> {
  const rows = await reader.query<{ no: number }>(
    `select no::int from place where org_id = $1 and code_key = $2 and kind = 'site' and not retired`,
    [reader.org, codeKeyOf(code)],
  )
  return rows[0]?.no ?? siteUnknown(code)
}

export async function partyNamed(reader: Reader, code: string | undefined): Promise<number | null | Refusal> {
  if (code === undefined) return null
  const rows = await reader.query<{ no: number }>(
    'select no::int from party where org_id = $1 and code_key = $2 and not retired',
    [reader.org, codeKeyOf(code)],
  )
  return rows[0]?.no ?? companyUnknown(code)
}

/** Codes of what people or keys are bound to. */
export async function codesOf(
  reader: Reader,
  people: readonly Pick<Person, 'grants' | 'party'>[],
): Promise<GrantCodes> {
  const sites = people.flatMap(({ grants }) => grants.flatMap(({ site }) => site ?? []))
  const parties = people.flatMap(({ party }) => party ?? [])
  const named = async (table: 'place' | 'party', numbers: readonly number[]) => {
    const rows = await reader.query<{ no: number; code: string }>(
      `select no::int, code from ${table} where org_id = $1 and no = any($2::bigint[])`,
      [reader.org, numbers],
    )
    return new Map(rows.map(({ no, code }) => [no, code]))
  }
  return { sites: await named('place', sites), parties: await named('party', parties) }
}

export function shownPerson(person: Person, codes: GrantCodes): ShownPerson {
  const { id, name, printedName, createdAt, disabledAt, hasPassword } = person
  return {
    ...{ id, name, printedName, createdAt, disabledAt, hasPassword },
    party: person.party === null ? null : (codes.parties.get(person.party) ?? null),
    roles: shownGrants(person.grants, codes),
  }
}

export function shownGrants(grants: readonly Grant[], codes: GrantCodes): GrantText[] {
  return grants.map(({ role, site }) =>
    site === null ? { role } : { role, site: codes.sites.get(site) ?? `#${site}` },
  )
}

function siteUnknown(code: string): Refusal<'site_unknown'> {
  return refuse('site_unknown', {
    message: `There is no site ${JSON.stringify(code.slice(0, 100))}.`,
    fix: 'Take one that GET /v1/places lists with kind site, or leave it out for all sites.',
    field: 'site',
    value: code.slice(0, 100),
  })
}

function companyUnknown(code: string): Refusal<'company_unknown'> {
  return refuse('company_unknown', {
    message: `There is no customer or supplier ${JSON.stringify(code.slice(0, 100))}.`,
    fix: 'Take one that GET /v1/parties lists, or define it first.',
    field: 'party',
    value: code.slice(0, 100),
  })
}
