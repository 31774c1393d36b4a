import { consume } from './consume.ts'
import { issue } from './issue.ts'
import { complete, start } from './operation.ts'
import { produce } from './produce.ts'
import { returnToStock } from './return-to-stock.ts'

/** The verbs of making things. */
export const productionVerbs = [issue, returnToStock, start, complete, consume, produce] as const
