import { isVerb, type VerbName } from '@lotline/core/catalogue'
import { outsideRoles, type Right, rightsOfRole, type Role, verbsOfRole } from './roles.ts'

/** A role as a person holds it: for one site by its number, or for all. */
export interface Grant {
  readonly role: Role
  readonly site: number | null
}

/** Somebody who signed in. */
export interface SignedInPerson {
  readonly kind: 'person'
  readonly id: string
  /** Sign-in name: what stands in the ledger as the one who acted. */
  readonly name: string
  readonly printedName: string
  readonly grants: readonly Grant[]
  /** The customer or supplier this person belongs to. */
  readonly party: number | null
  readonly session: string
}

/** Who asks. Whoever is added must be decided about below, or is denied. */
export type Subject =
  /** A program on the same machine that can read the token in the data folder. */
  { readonly kind: 'administrator'; readonly name: string } | SignedInPerson | { readonly kind: 'stranger' }

/** What a route does; every route names one. */
export const actions = [
  'know',
  'read',
  /** Reading through the wall: of what there is, what the asker may see. */
  'read-visible',
  'capture',
  'capture-late',
  'bypass',
  'import',
  'verify',
  'rebuild',
  'seal',
  'change',
] as const
/** Each verb of a capture is an action too. */
export type Action = (typeof actions)[number] | VerbName

/** What it is done to. `account` is the asking person's own. */
export type Resource =
  | 'product'
  | 'ledger'
  | 'genealogy'
  | 'definitions'
  | 'documents'
  | 'operation'
  | 'people'
  | 'account'
  | 'audit'

export type Decision =
  { readonly allowed: true } | { readonly allowed: false; readonly roles: readonly Role[] }

const yes: Decision = { allowed: true }

/**
 * The one decision about rights: deny unless allowed here. Handlers never check for themselves.
 * `know` is what a stranger may: that the product runs, its page, its reference, and how to sign in.
 * `site` is where a fact takes place, if it names a place: a role held for another site does not count there.
 */
export function decide(
  subject: Subject,
  action: Action,
  resource: Resource,
  site: number | null = null,
): Decision {
  if (action === 'know') return yes
  switch (subject.kind) {
    case 'administrator':
      return resource === 'account' ? no(action, resource) : yes
    case 'person': {
      if (resource === 'account') return yes
      const may = subject.grants.some(
        (grant) => holdsAt(grant, site) && roleAllows(grant.role, action, resource),
      )
      return may ? yes : no(action, resource)
    }
    case 'stranger':
      return no(action, resource)
  }
}

/** Who stands in the ledger as the one who acted. */
export function nameOf(subject: Subject): string {
  return subject.kind === 'stranger' ? subject.kind : subject.name
}

function holdsAt(grant: Grant, site: number | null): boolean {
  return grant.site === null || site === null || grant.site === site
}

function roleAllows(role: Role, action: Action, resource: Resource): boolean {
  if (isVerb(action)) return verbsOfRole[role].has(action)
  const wanted: string = `${action} ${resource}`
  return [...rightsOfRole[role]].some((right: Right) => right === wanted)
}

/** Says who may instead, so that a refusal can name whom to ask. */
function no(action: Action, resource: Resource): Decision {
  const roles = (Object.keys(rightsOfRole) as Role[]).filter((role) => roleAllows(role, action, resource))
  return { allowed: false, roles }
}

/** A company that there is none of: whoever looks through its eyes sees nothing. */
const nobodysCompany = 0

/**
 * Through whose eyes a question is answered: number of the company outside, or null for people and programs of the plant. Whoever
 * holds a role of outside and no company sees nothing, rather than everything.
 */
export function viewerOf(subject: Subject): number | null {
  if (subject.kind === 'administrator') return null
  if (subject.kind === 'stranger') return nobodysCompany
  const isOutside = subject.grants.some(({ role }) => outsideRoles.includes(role))
  return subject.party ?? (isOutside ? nobodysCompany : null)
}
