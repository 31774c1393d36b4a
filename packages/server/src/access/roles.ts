import type { VerbName } from '@lotline/core/catalogue'

/** What people are, by the job they do. A person may hold several, each for one site or for all. */
export const roles = [
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
  'customer',
  'supplier',
] as const
export type Role = (typeof roles)[number]

/** The roles of people of another company: they see only what is their party's, and hold no other role beside. */
export const outsideRoles: readonly Role[] = ['customer', 'supplier']

const setup: readonly VerbName[] = ['define', 'revise', 'retire']
const orders: readonly VerbName[] = ['open', 'close', 'reserve', 'unreserve']
const making: readonly VerbName[] = [
  'start',
  'complete',
  'consume',
  'backflush',
  'produce',
  'scrap',
  'rework',
]
const handling: readonly VerbName[] = ['move', 'split', 'merge', 'relabel', 'pack', 'unpack']
const vessels: readonly VerbName[] = ['load', 'draw', 'clean']
const assembly: readonly VerbName[] = ['install', 'remove', 'replace']
const feeding: readonly VerbName[] = ['issue', 'return-to-stock']
const arrival: readonly VerbName[] = ['receive', 'return', 'subcontract-receive']
const leaving: readonly VerbName[] = ['ship', 'deliver', 'subcontract-send']
/** Whoever works here may stop what is wrong, bind a paper, and take back an own mistake. */
const everybody: readonly VerbName[] = ['hold', 'inspect', 'attach', 'correct']

/** The job matrix, first half: which facts a role may record. */
export const verbsOfRole: { readonly [R in Role]: ReadonlySet<VerbName> } = {
  operator: new Set([...everybody, ...making, ...feeding, ...vessels, ...assembly, ...handling]),
  receiver: new Set([...everybody, ...arrival, 'move', 'split', 'relabel']),
  warehouse: new Set([...everybody, ...handling, ...feeding, ...leaving, 'return', 'count']),
  planner: new Set([...everybody, ...setup, ...orders]),
  quality: new Set([...everybody, ...setup, ...handling, 'release', 'dispose', 'scrap', 'rework', 'count']),
  'recall-coordinator': new Set([...everybody, 'release', 'dispose', 'return', 'move']),
  'supplier-quality': new Set(everybody),
  auditor: new Set(),
  service: new Set([...everybody, ...assembly, 'service', 'return', 'rework', 'move']),
  administrator: new Set([...setup, ...orders, 'attach', 'correct']),
  customer: new Set(),
  supplier: new Set(),
}

/** The second half: what else a role may do, as `action resource`. */
const readingOwn = ['read-visible genealogy', 'read-visible ledger'] as const
const readingAll = [
  ...readingOwn,
  'read ledger',
  'read genealogy',
  'read definitions',
  'read documents',
] as const
const recording = [...readingAll, 'capture ledger', 'capture documents'] as const
const late = ['capture-late ledger'] as const
/** To leave a route, with a reason, for good marked. */
const bypassing = ['bypass ledger'] as const

export type Right =
  | (typeof recording)[number]
  | (typeof late)[number]
  | (typeof bypassing)[number]
  | 'import ledger'
  | 'verify operation'
  | 'rebuild operation'
  | 'seal ledger'
  | 'read operation'
  | 'read people'
  | 'read keys'
  | 'change keys'
  | 'change people'
  | 'read audit'

export const rightsOfRole: { readonly [R in Role]: ReadonlySet<Right> } = {
  operator: new Set(recording),
  receiver: new Set([...recording, ...late]),
  warehouse: new Set([...recording, ...late]),
  planner: new Set([...recording, ...late, ...bypassing]),
  quality: new Set([...recording, ...late, ...bypassing, 'verify operation', 'read audit']),
  'recall-coordinator': new Set([...recording, ...late, 'verify operation']),
  'supplier-quality': new Set(recording),
  auditor: new Set([...readingAll, 'verify operation', 'read audit', 'read people', 'read keys']),
  service: new Set([...recording, ...late]),
  administrator: new Set([
    ...recording,
    ...late,
    'import ledger',
    'verify operation',
    'rebuild operation',
    'seal ledger',
    'read operation',
    'read people',
    'change people',
    'read keys',
    'change keys',
    'read audit',
  ]),
  customer: new Set(readingOwn),
  supplier: new Set(readingOwn),
}

/** What the first administrator of an empty company holds, so that one person can begin alone. Each can be taken away. */
export const firstRoles: readonly Role[] = [
  'administrator',
  'planner',
  'receiver',
  'warehouse',
  'operator',
  'quality',
]
