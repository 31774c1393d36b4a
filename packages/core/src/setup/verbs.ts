import { attach } from './attach.ts'
import { close } from './close.ts'
import { define } from './define.ts'
import { open } from './open.ts'
import { reserve, unreserve } from './reserve.ts'
import { retire, revise } from './revise.ts'

/** Master data, orders, promises and files. */
export const setupVerbs = [define, revise, retire, open, close, reserve, unreserve, attach] as const
