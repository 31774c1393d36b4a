import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { launchBrowser } from '../../tools/browser.ts'
import { burst, floorHands, handsOn } from './floor-hands.ts'
import { chips, floorPlant } from './floor-plant.ts'
import { servePlant, type ServedPlant } from './served-plant.ts'

let plant: ServedPlant
let browser: Browser

beforeAll(async () => {
  plant = await servePlant(floorPlant)
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await plant?.stop()
})

interface Used {
  readonly captures: readonly { readonly what: string; readonly void: boolean; readonly type: string }[]
  readonly orderLines: readonly { readonly used: string }[]
}

const job = '/floor/job/WO-STORM'

test('[B19] 200 scans, two cuts of the network and one closed tab: none is lost, none is doubled', async () => {
  const person = await floorHands(browser, plant)
  onTestFinished(() => person.context.close())
  const { context } = person
  await person.open(job)
  // The page is kept on the device before the network goes.
  await person.page.waitForFunction(
    'navigator.serviceWorker.ready.then(() => caches.keys()).then((names) => names.length > 0)',
  )
  await person.page.reload()
  await person.page.getByText('Scan next: Control chip').waitFor()
  const all = chips(200)
  let page = person.page
  const scan = async (codes: readonly string[]): Promise<void> => {
    for (const code of codes) await page.evaluate(burst(code))
  }
  const unsent = async (): Promise<number> =>
    Number(await page.locator('[data-unsent]').getAttribute('data-unsent'))

  await scan(all.slice(0, 40))
  await context.setOffline(true)
  await scan(all.slice(40, 80))
  await page.locator('main[aria-busy="false"]').waitFor({ timeout: 60_000 })
  expect(await unsent()).toBeGreaterThanOrEqual(40)

  await context.setOffline(false)
  await scan(all.slice(80, 110))
  await context.setOffline(true)
  await scan(all.slice(110, 150))
  await page.locator('main[aria-busy="false"]').waitFor({ timeout: 60_000 })
  const before = await unsent()
  expect(before).toBeGreaterThanOrEqual(40)
  await page.close()

  // Another tab, still without a network: the page opens from the device, and what waited still waits.
  page = await context.newPage()
  page.setDefaultTimeout(30_000)
  await page.goto(plant.url + job)
  await page.getByText('Scan next: Control chip').waitFor()
  await page.getByText('No network').first().waitFor()
  await expect.poll(unsent).toBe(before)
  await scan(all.slice(150, 170))
  // The same labels again: harmless, whether they were sent or not.
  await scan(all.slice(0, 5))
  await scan(all.slice(160, 165))
  await page.locator('main[aria-busy="false"]').waitFor({ timeout: 60_000 })
  await context.setOffline(false)
  await scan(all.slice(170))
  await page.locator('main[aria-busy="false"]').waitFor({ timeout: 60_000 })
  await expect.poll(unsent, { timeout: 60_000 }).toBe(0)

  const order: Used = JSON.parse(await plant.ask('/v1/orders/WO-STORM'))
  expect(order.orderLines[0]?.used).toBe('200')
  const {
    events,
  }: { events: { type: string; body: { taken?: { code?: string } }; voidedBy: number | null }[] } =
    JSON.parse(await plant.ask('/v1/events?limit=1000'))
  const consumed = events.filter(({ type }) => type === 'Consumed')
  expect(consumed).toHaveLength(200)
  await handsOn(page, context, plant).open('/floor/tray')
  await page.getByText('Nothing was refused.').waitFor()
}, 240_000)

test('[B19 D4] without a network a lot on the kept hold list is refused at once, and nothing waits', async () => {
  const person = await floorHands(browser, plant)
  onTestFinished(() => person.context.close())
  await person.open('/floor/job/WO-119')
  await person.page.getByText('Scan next: Bearing 6204').waitFor()
  await person.context.setOffline(true)
  await person.scan('R-2002')
  await person.card('stop', 'Inner diameter out of tolerance')
  await person.tap('Understood')
  await person.scan('R-2001')
  await person.card('done', 'Kept on this device')
  await person.tap('Undo')
  await person.card('done', 'Undone')
  await person.context.setOffline(false)
  await expect
    .poll(() => person.page.locator('[data-unsent]').getAttribute('data-unsent'), { timeout: 20_000 })
    .toBe('0')
  expect(JSON.parse(await plant.ask('/v1/orders/WO-119'))).toMatchObject({ captures: [] })
})

test('[B19] what is refused when it is sent goes to the tray, with reason and remedy, until a person dealt with it', async () => {
  const person = await floorHands(browser, plant)
  onTestFinished(() => person.context.close())
  await person.open('/floor/job/WO-119')
  await person.page.getByText('Scan next: Bearing 6204').waitFor()
  await person.context.setOffline(true)
  await person.scan('R-3001')
  await person.card('done', 'Kept on this device')
  // Meanwhile quality stops the lot; this device cannot know.
  const stopped = await plant.capture({
    verb: 'hold',
    what: ['R-3001'],
    reasonCode: 'lab',
    reason: 'Water in the grease',
  })
  expect(stopped).toBe(201)
  await person.context.setOffline(false)
  await person.page.getByText('1 needs a look').waitFor()
  await person.open('/floor/tray')
  const refused = person.page.locator('[data-refused]')
  await refused.getByText('Water in the grease').waitFor()
  await refused.getByText('On hold', { exact: true }).waitFor()
  await person.page.reload()
  await refused.getByText('Water in the grease').waitFor()
  await person.tap('Dealt with')
  await person.page.getByText('Nothing was refused.').waitFor()
})
