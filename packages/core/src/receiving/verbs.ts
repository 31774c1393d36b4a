import { receive } from './receive.ts'

/** What comes in: from suppliers, and back from customers. */
export const receivingVerbs = [receive] as const
