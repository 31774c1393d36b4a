import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apply, type Command, decide } from '@lotline/core/catalogue'
import { type CivilDate, instantOf } from '@lotline/core/base/instant'
import { ensureOrganisation, type Organisation } from '../database/organisation.ts'
import { testDatabase, type TestDatabase } from '../database/testing.ts'
import { foodPlant } from '../demo/food-plant.ts'
import type { Capture } from './capture.ts'
import { rebuild } from './rebuild.ts'
import { utcDate } from './toy-rules.testing.ts'
import { verify } from './verify.ts'
import { Writer } from './writer.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

const rules = { decide, apply }

function captureOf(command: Command): Capture<Command> {
  const key = command.key ?? ''
  const print = createHash('sha256').update(JSON.stringify(command)).digest('hex')
  return {
    command,
    verb: command.verb,
    key,
    print,
    actor: 'kit',
    sentBy: 'kit',
    receivedAt: instantOf(Date.now()),
  }
}

test.each([
  ['two programs in turns, which forget what they knew', 2, undefined],
  ['one program, which remembers', 1, undefined],
  ['one program, which remembers nothing of the past', 1, 0],
  ['one program, which remembers a little of the past', 1, 500],
])('[B18] what %s write in batches of any size is what the events say', async (title, count, pastRowsMax) => {
  const organisation = await ensureOrganisation(database.pool, title.replaceAll(/\W/g, '-'), 'Kitchen')
  const { commands } = foodPlant('2026-11-20' as CivilDate).script
  const kept = pastRowsMax === undefined ? {} : { pastRowsMax }
  const writers = Array.from({ length: count }, () => writerFor(organisation, kept))
  const sizes = [1, 40, 3, 500, 17, 1, 250]
  let from = 0
  for (let turn = 0; from < Math.min(commands.length, 1_500); turn++) {
    const size = sizes[turn % sizes.length] ?? 1
    const part = commands.slice(from, from + size).map(captureOf)
    const outcomes = await writers[turn % count]?.record(part, 'each')
    expect(outcomes?.filter(({ outcome }) => outcome !== 'accepted')).toEqual([])
    from += size
  }
  expect(await verify(database.pool, rules)).toMatchObject({ whole: true })
  const rebuilt = await rebuild(database.pool, organisation.org, rules)
  expect(rebuilt.differences).toEqual([])
  expect(await verify(database.pool, rules)).toMatchObject({ whole: true })
})

function writerFor(organisation: Organisation, kept: { pastRowsMax?: number }): Writer<Command> {
  return new Writer({ pool: database.pool, organisation, rules, dateOf: utcDate, ...kept })
}
