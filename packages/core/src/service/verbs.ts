import { service } from './serviced.ts'

/** The verbs of the field. */
export const serviceVerbs = [service] as const
