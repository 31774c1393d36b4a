import { clean } from './clean.ts'
import { draw } from './draw.ts'
import { load } from './load.ts'

/** The verbs of tanks, silos and hoppers. */
export const vesselVerbs = [load, draw, clean] as const
