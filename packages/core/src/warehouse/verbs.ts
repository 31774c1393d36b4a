import { move } from './move.ts'

/** What happens to stock between receipt and shipment. */
export const warehouseVerbs = [move] as const
