import { dispose } from './dispose.ts'
import { hold, release } from './hold.ts'
import { inspect } from './inspect.ts'

/** What quality says of goods. */
export const qualityVerbs = [inspect, hold, release, dispose] as const
