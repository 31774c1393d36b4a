import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../../tools/browser.ts'
import { servePlant, type ServedPlant } from './served-plant.ts'

let plant: ServedPlant
let browser: Browser

beforeAll(async () => {
  plant = await servePlant()
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await plant?.stop()
})

async function administratorAt(path: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.addInitScript(`sessionStorage.setItem('lotline-token', ${JSON.stringify(plant.token)})`)
  await page.goto(plant.url + path)
  return page
}

/** Of an open dialog, what lies behind it is not looked at, its banner neither: nobody can get there. */
async function expectAccessible(page: Page, within = 'html'): Promise<void> {
  const builder = new AxeBuilder({ page }).include(within)
  if (within === dialog) builder.disableRules(['landmark-no-duplicate-banner'])
  const { violations } = await builder.analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
}

const dialog = '[role=dialog]'

const readsWith = async (secret: string) =>
  (await fetch(`${plant.url}/v1/items`, { headers: { authorization: `Bearer ${secret}` } })).status

test('[H1 K5] an administrator gives a program a key, a new secret, and takes it away again', async () => {
  const page = await administratorAt('/')
  await page.getByRole('link', { name: 'Keys' }).click()
  await page.getByText('No program has a key yet.').waitFor()
  await page.getByRole('button', { name: 'Add a key' }).click()
  await page.getByLabel('Name', { exact: true }).fill('erp-bridge')
  await page.getByLabel('Role', { exact: true }).selectOption('warehouse')
  await page.getByLabel('Verbs').fill('receive')
  await expectAccessible(page, dialog)
  await page.getByRole('button', { name: 'Make erp-bridge' }).click()
  await page.getByRole('alert').getByText('None of the roles of this key may record receive').waitFor()
  await page.getByLabel('Verbs').fill('ship, move')
  await page.getByRole('button', { name: 'Make erp-bridge' }).click()
  const secret = async () => {
    await page.getByRole('heading', { name: 'Secret of erp-bridge' }).waitFor()
    const shown = await page.getByText(/^lotline_[0-9a-f]{12}_/).innerText()
    await expectAccessible(page, dialog)
    await page.getByRole('button', { name: 'Close' }).click()
    return shown
  }
  const first = await secret()
  expect(await readsWith(first)).toBe(200)
  await page.reload()
  await page.getByRole('row', { name: /erp-bridge Warehouse ship, move .*Used last .* active/ }).waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'New secret for erp-bridge' }).click()
  const second = await secret()
  expect([await readsWith(first), await readsWith(second)]).toEqual([200, 200])
  await page.getByRole('button', { name: 'Revoke erp-bridge' }).click()
  expect(await readsWith(second)).toBe(200)
  await page.getByRole('button', { name: 'Revoke erp-bridge for good' }).click()
  await page.getByRole('row', { name: /erp-bridge .*revoked/ }).waitFor()
  expect([await readsWith(first), await readsWith(second)]).toEqual([401, 401])
  expect(await page.content()).not.toContain(second)
})
