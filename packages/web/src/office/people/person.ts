/** An account as the server shows it. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly printedName: string
  readonly party: string | null
  readonly roles: readonly Grant[]
  readonly disabledAt: string | null
  readonly hasPassword: boolean
}

/** A role, for one site by its code or for all. */
export interface Grant {
  readonly role: string
  readonly site?: string
}

/** A one-time link that was just made, for whom. */
export interface Made {
  readonly name: string
  readonly link: string
}

export const peopleKey = ['people']

export const insideRoles = [
  'operator',
  'receiver',
  'warehouse',
  'planner',
  'quality',
  'recall-coordinator',
  'supplier-quality',
  'auditor',
  'service',
  'administrator',
] as const
export const outsideRoles = ['customer', 'supplier'] as const
