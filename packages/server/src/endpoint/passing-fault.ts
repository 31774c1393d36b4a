import { LedgerBusy, OutcomeUnknown } from '../ledger/capture.ts'
import { faultProblem, type Problem } from './problem.ts'

/** Seconds after which to ask again. */
export const retryAfterSeconds = 5

/** What passes by itself and is no refusal: 503, and what to do. Undefined for every other fault. */
export function passingFault(error: unknown, instance: string): Problem | undefined {
  if (error instanceof LedgerBusy) {
    return {
      ...faultProblem(instance),
      type: '/docs#ledger_busy',
      code: 'ledger_busy',
      title: 'ledger busy',
      status: 503,
      detail:
        'A long piece of work, such as a rebuild or a large import, holds the ledger. Nothing was stored.',
      fix: `Send the same again with the same key in ${retryAfterSeconds} seconds.`,
    }
  }
  if (!(error instanceof OutcomeUnknown)) return undefined
  return {
    ...faultProblem(instance),
    type: '/docs#outcome_unknown',
    code: 'outcome_unknown',
    title: 'outcome unknown',
    status: 503,
    detail: 'The connection to the database was lost while this was stored; it may or may not be there.',
    fix: 'Send it again with the same key: it is stored once, and the answer says which.',
  }
}
