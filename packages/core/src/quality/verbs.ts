import { hold, release } from './hold.ts'

/** What quality says of goods. */
export const qualityVerbs = [hold, release] as const
