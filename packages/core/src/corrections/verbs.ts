import { correct } from './correct.ts'

/** The verbs that take facts back. */
export const correctionVerbs = [correct] as const
