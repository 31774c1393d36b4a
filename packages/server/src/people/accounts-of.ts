import type { Accounts } from '../access/account.ts'
import type { Plant } from '../plant/plant.ts'

/** The accounts of a plant's organisation. */
export function accountsOf(plant: Plant): Accounts {
  return { pool: plant.pool, org: plant.organisation.org }
}
