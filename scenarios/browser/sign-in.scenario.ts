import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
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

/** A browser of somebody's own: it keeps no cookie of anybody else's. */
async function opened(path: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(plant.url + path)
  return page
}

async function linkFrom(path: string): Promise<string> {
  const headers = { authorization: `Bearer ${plant.token}` }
  const answer = await fetch(plant.url + path, { method: 'POST', headers })
  const { link }: { link: string } = JSON.parse(await answer.text())
  return link
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
}

test('[H1] an empty plant gets its administrator, who adds a colleague, who sets a password and signs in', async () => {
  const mara = await opened(await linkFrom('/v1/people/first-link'))
  await mara.getByRole('heading', { name: 'Make yourself the administrator' }).waitFor()
  await expectAccessible(mara)
  await mara.getByLabel('Name as it is printed').fill('Mara Ito')
  await mara.getByLabel('Sign-in name').fill('mara')
  await mara.getByLabel('New password').fill('password1')
  await mara.getByRole('button', { name: 'Become administrator' }).click()
  await mara.getByRole('alert').getByText('tried first').waitFor()
  await mara.getByLabel('New password').fill('nine lazy herons')
  await mara.getByRole('button', { name: 'Become administrator' }).click()
  await mara.getByRole('link', { name: 'People' }).click()
  await mara.getByRole('button', { name: 'Add a person' }).click()
  await mara.getByLabel('Name as it is printed').fill('Wes Ode')
  await mara.getByLabel('Sign-in name').fill('wes')
  await mara.getByLabel('Role').selectOption('warehouse')
  await mara.getByLabel('Site').selectOption('SHOP')
  await mara.getByRole('button', { name: 'Add Wes Ode' }).click()
  await mara.getByRole('heading', { name: 'One-time link for Wes Ode' }).waitFor()
  const link = await mara.getByText('/welcome#').innerText()
  await mara.getByRole('button', { name: 'Close' }).click()
  await mara.getByRole('row', { name: /Wes Ode.*Warehouse at SHOP.*no password yet/ }).waitFor()
  await expectAccessible(mara)

  const wes = await opened(new URL(link).pathname + new URL(link).hash)
  await wes.getByText('Welcome, wes.').waitFor()
  await wes.getByLabel('New password').fill('old boats do float')
  await wes.getByRole('button', { name: 'Set the password' }).click()
  await wes.getByRole('button', { name: 'Account of Wes Ode' }).click()
  expect(await wes.getByRole('link', { name: 'People' }).count()).toBe(0)
  await wes.getByRole('menuitem', { name: 'Sign out' }).click()
  await wes.getByRole('heading', { name: 'Sign in' }).waitFor()
  await expectAccessible(wes)
  await wes.getByLabel('Sign-in name').fill('wes')
  await wes.getByLabel('Password', { exact: true }).fill('old boats do sink')
  await wes.getByRole('button', { name: 'Sign in' }).click()
  await wes.getByRole('alert').waitFor()
  await wes.getByLabel('Password', { exact: true }).fill('old boats do float')
  await wes.getByRole('button', { name: 'Sign in' }).click()
  await wes.getByRole('button', { name: 'Account of Wes Ode' }).waitFor()

  await mara.getByRole('button', { name: 'Disable wes' }).click()
  await mara.getByText('disabled', { exact: true }).waitFor()
  await wes.getByLabel('Search any identifier').fill('H-77')
  await wes.keyboard.press('Enter')
  await wes.getByRole('heading', { name: 'Sign in' }).waitFor()
})

test('[H1] everybody changes the own password and ends the own sessions', async () => {
  const headers = { authorization: `Bearer ${plant.token}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ name: 'otto', printedName: 'Otto Beck', roles: [{ role: 'auditor' }] })
  const answer = await fetch(`${plant.url}/v1/people`, { method: 'POST', headers, body })
  const { link }: { link: string } = JSON.parse(await answer.text())
  const page = await opened(link)
  await page.getByLabel('New password').fill('seven quiet otters')
  await page.getByRole('button', { name: 'Set the password' }).click()
  await page.getByRole('button', { name: 'Account of Otto Beck' }).click()
  await page.getByRole('menuitem', { name: 'My account' }).click()
  await page.getByRole('cell', { name: 'this browser' }).waitFor()
  await expectAccessible(page)
  await page.getByLabel('Present password').fill('not this one')
  await page.getByLabel('New password').fill('eight loud otters')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await page.getByRole('alert').getByText('is not this one').waitFor()
  await page.getByLabel('Present password').fill('seven quiet otters')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await page.getByText('The password is changed').waitFor()
})
