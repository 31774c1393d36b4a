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

/** A program of another machine, by its key. */
export interface KeyHolder {
  readonly kind: 'key'
  readonly id: string
  /** `key:` and the name of the key: what stands in the ledger as the one who acted. */
  readonly name: string
  readonly grants: readonly Grant[]
  /** The verbs it may record; null for all that its roles may. */
  readonly verbs: ReadonlySet<VerbName> | null
  /** The customer or supplier this key is for. */
  readonly party: number | null
}

/** Who asks. Whoever is added must be decided about below, or is denied. */
export type Subject =
  /** A program on the same machine that can read the token in the data folder. */
  | { readonly kind: 'administrator'; readonly name: string }
  | SignedInPerson
  | KeyHolder
  | { readonly kind: 'stranger' }

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
  | 'keys'
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
      return grantsAllow(subject.grants, action, resource, site) ? yes : no(action, resource)
    }
    case 'key': {
      if (isBeyondKeys(subject, action, resource)) return no(action, resource)
      return grantsAllow(subject.grants, action, resource, site) ? yes : no(action, resource)
    }
    case 'stranger':
      return no(action, resource)
  }
}

function grantsAllow(
  grants: readonly Grant[],
  action: Action,
  resource: Resource,
  site: number | null,
): boolean {
  return grants.some((grant) => holdsAt(grant, site) && roleAllows(grant.role, action, resource))
}

/** No key makes people or keys, whatever its roles: a stolen one could make another. Imports record every verb. */
function isBeyondKeys({ verbs }: KeyHolder, action: Action, resource: Resource): boolean {
  if (resource === 'account' || (action === 'change' && (resource === 'people' || resource === 'keys')))
    return true
  if (verbs === null) return false
  return isVerb(action) ? !verbs.has(action) : action === 'import'
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
