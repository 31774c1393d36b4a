import { backflush } from './backflush.ts'
import { consume } from './consume.ts'
import { issue } from './issue.ts'
import { complete, start } from './operation.ts'
import { produce } from './produce.ts'
import { returnToStock } from './return-to-stock.ts'
import { rework } from './rework.ts'
import { scrap } from './scrap.ts'

/** The verbs of making things. */
export const productionVerbs = [
  issue,
  returnToStock,
  start,
  complete,
  consume,
  backflush,
  produce,
  scrap,
  rework,
] as const
