import { receiveBack } from './receive.ts'
import { send } from './send.ts'

/** The verbs of outside processing. */
export const subcontractVerbs = [send, receiveBack] as const
