import type { Role } from '../access/roles.ts'

/** Somebody of the demo plant, whom the page lets in by one click. Has no password, and is nowhere but in a demo. */
export interface DemoPerson {
  readonly name: string
  readonly printedName: string
  readonly role: Role
  /** What this person does all day, in the words of the sign-in page. */
  readonly about: string
  /** Code of the company an outside person belongs to. */
  readonly party?: string
}

export const demoPeople: readonly DemoPerson[] = [
  {
    name: 'quinn',
    printedName: 'Quinn Abara',
    role: 'quality',
    about: 'Holds, releases, traces and answers',
  },
  {
    name: 'rosa',
    printedName: 'Rosa Lindqvist',
    role: 'recall-coordinator',
    about: 'Runs recalls and returns',
  },
  { name: 'omar', printedName: 'Omar Petrov', role: 'operator', about: 'Makes things on the line' },
  { name: 'rei', printedName: 'Rei Tanaka', role: 'receiver', about: 'Takes in what suppliers deliver' },
  { name: 'wanda', printedName: 'Wanda Mensah', role: 'warehouse', about: 'Moves, packs and ships' },
  { name: 'pat', printedName: 'Pat Novak', role: 'planner', about: 'Opens orders and reserves lots' },
  { name: 'sam', printedName: 'Sam Duarte', role: 'supplier-quality', about: 'Inspects what suppliers send' },
  { name: 'sven', printedName: 'Sven Okafor', role: 'service', about: 'Swaps parts at the customer' },
  { name: 'audrey', printedName: 'Audrey Kim', role: 'auditor', about: 'Reads everything, changes nothing' },
  {
    name: 'cleo',
    printedName: 'Cleo Marsh',
    role: 'customer',
    about: 'Buys from the machine shop: sees what ACME was sent, and nothing else',
    party: 'ACME',
  },
  {
    name: 'ada',
    printedName: 'Ada Moreau',
    role: 'administrator',
    about: 'Sets up people, rights and imports',
  },
]
