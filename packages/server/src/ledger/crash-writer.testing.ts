import { openDatabase } from '../database/database.ts'
import { ensureOrganisation } from '../database/organisation.ts'
import { toyCapture, toyRules, utcDate } from './toy-rules.testing.ts'
import { Writer } from './writer.ts'

// A program that records without pause and tells its parent each acknowledged key, until one of them is killed.
const [folder = '', run = ''] = process.argv.slice(2)

async function main(): Promise<void> {
  const database = await openDatabase({ folder })
  const organisation = await ensureOrganisation(database.pool, 'acme', 'Acme')
  const writer = new Writer({ pool: database.pool, organisation, rules: toyRules, dateOf: utcDate })
  process.send?.({ ready: 1 })
  let going = true
  process.on('SIGTERM', () => {
    going = false
  })
  const client = async (no: number): Promise<void> => {
    for (let turn = 0; going; turn++) {
      const key = `${run}-${no}-${turn}-abcdefgh`
      const [outcome] = await writer.record([toyCapture('put', 1, 1, key)], 'each')
      if (outcome?.outcome === 'accepted') process.send?.({ key, position: outcome.event.position })
    }
  }
  await Promise.all(Array.from({ length: 8 }, (_, no) => client(no)))
  await database.close()
}

main().then(
  () => process.exit(0),
  (error: Error) => {
    process.send?.({ error: error.message })
    process.exit(1)
  },
)
