import { deliver } from './deliver.ts'
import { ship } from './ship.ts'

/** What leaves to customers. */
export const shippingVerbs = [ship, deliver] as const
