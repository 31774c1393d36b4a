import { type Accounts, changing } from '../access/account.ts'
import { makeLink } from '../access/one-time-link.ts'
import { hasAdministrator } from '../access/person.ts'
import { linkPath } from '../people/people-routes.ts'

/**
 * Path of the link that makes the first administrator, anew at each start while there is none; undefined afterwards. There
 * is no account and no password before somebody who sees the terminal makes one.
 */
export function firstLinkOf(accounts: Accounts): Promise<string | undefined> {
  return changing(accounts, async (tx) =>
    (await hasAdministrator(tx)) ? undefined : linkPath(await makeLink(tx, null)),
  )
}
