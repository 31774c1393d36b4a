import type pg from 'pg'
import { isRefusal, type Refusal } from '@lotline/core/base/refusal'
import { type OrgNo, inTransaction, type Reader, reading, type Transaction } from '../database/transaction.ts'

/** Where the accounts of an organisation are kept. */
export interface Accounts {
  readonly pool: pg.Pool
  readonly org: OrgNo
}

export function changing<T>(accounts: Accounts, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return inTransaction(accounts.pool, accounts.org, work)
}

export function looking<T>(accounts: Accounts, work: (reader: Reader) => Promise<T>): Promise<T> {
  return reading(accounts.pool, accounts.org, work)
}

class TakenBack extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/** The same, where a refusal half way takes back what was written before it. */
export async function changingOrNot<T>(
  accounts: Accounts,
  work: (tx: Transaction) => Promise<T | Refusal>,
): Promise<T | Refusal> {
  try {
    return await changing(accounts, async (tx) => {
      const given = await work(tx)
      if (isRefusal(given)) throw new TakenBack(given)
      return given
    })
  } catch (error) {
    if (error instanceof TakenBack) return error.refusal
    throw error
  }
}
