import type { Command } from '@lotline/core/catalogue'
import type { CivilDate } from '@lotline/core/base/instant'
import { deviceMaker } from './device-maker.ts'
import { foodPlant } from './food-plant.ts'
import { machineShop } from './machine-shop.ts'
import type { Story } from './script.ts'

/** The demo: three plants of one company, some 20,000 captures relative to `today`, and the stories planted in them. */
export function demoPlant(today: CivilDate): { commands: readonly Command[]; stories: readonly Story[] } {
  const plants = [machineShop(today), foodPlant(today), deviceMaker(today)]
  return {
    commands: plants.flatMap((plant) => plant.script.commands),
    stories: plants.flatMap((plant) => plant.stories),
  }
}
