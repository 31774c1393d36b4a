import { Fault } from '@lotline/core/base/assert'
import { isRefusal } from '@lotline/core/base/refusal'
import { type Accounts, changing } from '../access/account.ts'
import { addPerson, findByName } from '../access/person.ts'
import type { DemoPerson } from '../demo/demo-people.ts'
import { partyNamed } from '../people/grant-codes.ts'

/** Gives the people of the demo their accounts, those who have none yet. They have no password and never get one here. */
export function addDemoPeople(accounts: Accounts, people: readonly DemoPerson[]): Promise<void> {
  return changing(accounts, async (tx) => {
    for (const { name, printedName, role, party: code } of people) {
      if (await findByName(tx, name)) continue
      const party = await partyNamed(tx, code)
      // A demo whose filling was stopped has no such company yet; its person comes at the next start.
      if (isRefusal(party)) continue
      const made = await addPerson(tx, { name, printedName, party, grants: [{ role, site: null }] })
      if (isRefusal(made)) throw new Fault(`The demo could not add ${name}: ${made.message}`)
    }
  })
}
