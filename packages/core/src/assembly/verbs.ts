import { install } from './install.ts'
import { remove } from './remove.ts'
import { replace } from './replace.ts'

/** The verbs of putting parts into units and taking them out. */
export const assemblyVerbs = [install, remove, replace] as const
