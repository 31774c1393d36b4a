import { count } from './count.ts'
import { merge } from './merge.ts'
import { move } from './move.ts'
import { pack } from './pack.ts'
import { relabel } from './relabel.ts'
import { split } from './split.ts'
import { unpack } from './unpack.ts'

/** What happens to stock between receipt and shipment. */
export const warehouseVerbs = [move, count, split, merge, relabel, pack, unpack] as const
