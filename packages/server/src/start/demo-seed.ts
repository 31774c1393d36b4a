import type { Command } from '@lotline/core/catalogue'
import { instantOf } from '@lotline/core/base/instant'
import { demoPlant } from '../demo/demo-plant.ts'
import { recordCommands } from '../capture/intake.ts'
import type { Story } from '../operation/stories.ts'
import type { Plant } from '../plant/plant.ts'

const commandsPerCall = 1_000
const sender = { actor: 'demo', sentBy: 'demo' }

/** Names of the organisation at the first start: they say for good whether its ledger was begun as a demo. */
export const organisationNames = { demo: 'Lotline demo', own: 'My plant' } as const

/**
 * Fills an empty ledger with the demo plants, and gives their stories. A ledger that was begun as somebody's own is left
 * alone and gives undefined: a flag that was forgotten must not open it to those without a token. Keys are the same in
 * every run, so a seeding that was cut is taken up again where it stopped.
 */
export async function seedDemo(
  plant: Plant,
  note: (message: string) => void,
  stopAsked: () => boolean = () => false,
): Promise<readonly Story[] | undefined> {
  const today = await dayOfSeeding(plant)
  const { commands, stories } = demoPlant(today)
  const seeded = await seedingOf(plant, commands)
  if (seeded === 'own') {
    note('This is a plant of its own, not the demo: nobody is let in without a token.')
    return undefined
  }
  if (seeded === 'whole') return stories
  note(`Filling the demo plants (${commands.length} captures).`)
  const refused = new Map<string, number>()
  for (let at = 0; at < commands.length && !stopAsked(); at += commandsPerCall) {
    const outcomes = await recordCommands(plant, commands.slice(at, at + commandsPerCall), sender, 'each')
    for (const outcome of outcomes) {
      if (outcome.outcome !== 'refused') continue
      const code = outcome.refusal.code
      if (!refused.has(code)) note(`The demo was refused a step: ${outcome.refusal.message}`)
      refused.set(code, (refused.get(code) ?? 0) + 1)
    }
  }
  return stories
}

/** The day the demo was first filled: its dates are relative to it, and its keys must stay the same. */
async function dayOfSeeding(plant: Plant) {
  return plant.ask(async ({ reader }) => {
    const rows = await reader.raw(
      'first event',
      'select recorded_at from event where org_id = $1 and position = 0',
      [reader.org],
    )
    const first = rows[0]?.[0]
    return plant.dateOf(first ? instantOf(Date.parse(first)) : instantOf(Date.now()))
  })
}

async function seedingOf(plant: Plant, commands: readonly Command[]): Promise<'own' | 'to fill' | 'whole'> {
  if (plant.organisation.name === organisationNames.own) return 'own'
  return plant.ask(async ({ reader, position }) => {
    if (position === -1) return 'to fill'
    const rows = await reader.raw(
      'demo keys',
      `select (select count(*) from capture_key where org_id = $1 and key = $2), (select count(*) from capture_key where org_id = $1 and key = $3)`,
      [reader.org, commands[0]?.key ?? '', commands.at(-1)?.key ?? ''],
    )
    const [first, last] = rows[0] ?? []
    if (first !== '1') return 'own'
    return last === '1' ? 'whole' : 'to fill'
  })
}
