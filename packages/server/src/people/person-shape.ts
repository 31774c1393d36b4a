import { type Static, Type } from 'typebox'
import { decide, type Subject } from '../access/policy.ts'
import { type Right, rightsOfRole, type Role, roles, verbsOfRole } from '../access/roles.ts'
import { passwordMax } from '../access/password.ts'

const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(of: T) => Type.Union([of, Type.Null()])

/** A role as one writes it: the site by its code, or for all sites. */
export const GrantText = Type.Object(
  {
    role: Type.Enum(roles),
    site: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: 'Code of the site; all if left out' }),
    ),
  },
  { additionalProperties: false },
)
export type GrantText = Static<typeof GrantText>
export const Grants = Type.Array(GrantText, {
  maxItems: 100,
  description: 'Roles held, each for a site or all',
})

export const PersonId = Type.Object({ id: Type.String({ format: 'uuid' }) }, { additionalProperties: false })
export const SignInName = Type.String({ minLength: 1, maxLength: 60, description: 'Sign-in name' })
export const PrintedName = Type.String({
  minLength: 1,
  maxLength: 100,
  description: 'The name as it is printed under a signature',
})
export const Password = Type.String({ minLength: 1, maxLength: passwordMax * 2 })
export const LinkCode = Type.String({ minLength: 20, maxLength: 100, description: 'Code of a one-time link' })

export const ShownPerson = Type.Object({
  id: Type.String(),
  name: Type.String(),
  printedName: Type.String(),
  party: OrNull(Type.String({ description: 'Company the person belongs to' })),
  roles: Grants,
  createdAt: Type.String(),
  disabledAt: OrNull(Type.String()),
  hasPassword: Type.Boolean({ description: 'Has set one, so can sign in' }),
})
export type ShownPerson = Static<typeof ShownPerson>

export const Link = Type.Object({
  link: Type.String({ description: 'Path with a code that sets a password once; shown only now' }),
})

export const Session = Type.Object({
  demo: Type.Boolean(),
  organisation: OrNull(Type.String()),
  person: OrNull(Type.String({ description: 'Sign-in name; null for a stranger' })),
  printedName: OrNull(Type.String()),
  roles: Type.Array(Type.Enum(roles)),
  may: Type.Array(Type.String(), { description: 'Verbs, and `action resource`, that this caller may' }),
  demoPeople: Type.Array(
    Type.Object({
      name: Type.String(),
      printedName: Type.String(),
      role: Type.Enum(roles),
      about: Type.String(),
    }),
    { description: 'In a demo, whoever one can sign in as without a password' },
  ),
})
export type Session = Static<typeof Session>

export const everyVerb = [...new Set(Object.values(verbsOfRole).flatMap((verbs) => [...verbs]))].toSorted()
const everyRight = [...new Set(Object.values(rightsOfRole).flatMap((rights) => [...rights]))].toSorted()

/** Everything a caller may somewhere, so that a screen can say beforehand what will be refused. */
export function allowedTo(subject: Subject): string[] {
  const may = everyRight.filter((right) => isAllowed(subject, right))
  return [...may, ...everyVerb.filter((verb) => decide(subject, verb, 'ledger').allowed)]
}

function isAllowed(subject: Subject, right: Right): boolean {
  const [action, resource] = right.split(' ') as [Parameters<typeof decide>[1], Parameters<typeof decide>[2]]
  return decide(subject, action, resource).allowed
}

/** The roles of a caller, each once. */
export function rolesOf(subject: Subject): Role[] {
  if (subject.kind === 'administrator') return ['administrator']
  return subject.kind === 'person' || subject.kind === 'key'
    ? [...new Set(subject.grants.map(({ role }) => role))]
    : []
}
