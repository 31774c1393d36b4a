import { receive } from './receive.ts'
import { returnFromCustomer } from './return.ts'

/** What comes in: from suppliers, and back from customers. */
export const receivingVerbs = [receive, returnFromCustomer] as const
