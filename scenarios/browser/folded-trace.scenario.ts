import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../../tools/browser.ts'
import { servePlant, type ServedPlant } from './served-plant.ts'

const units = 3_000

let plant: ServedPlant
let browser: Browser

beforeAll(async () => {
  plant = await servePlant()
  await recorded([
    { verb: 'open', order: 'WO-MANY', kind: 'work', item: 'GEARBOX', quantity: { value: `${units}` } },
    { verb: 'consume', order: 'WO-MANY', what: 'SHAFTS-1', quantity: { value: '20' }, from: 'LINE' },
    ...Array.from({ length: units / 500 }, (_, at) => ({
      ...{ verb: 'produce', order: 'WO-MANY', item: 'GEARBOX', place: 'DOCK' },
      serials: Array.from({ length: 500 }, (_, unit) => serial(at * 500 + unit + 1)),
    })),
    {
      verb: 'ship',
      shipment: 'SHP-9',
      customer: 'ACME',
      contents: [{ what: serial(1) }, { what: serial(2) }],
    },
    { verb: 'hold', what: [serial(1_234)], reasonCode: 'noise', reason: 'Runs loud on the bench' },
  ])
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await plant?.stop()
})

function serial(no: number): string {
  return `MANY-${String(no).padStart(4, '0')}`
}

async function recorded(commands: readonly object[]): Promise<void> {
  for (const command of commands) {
    const answer = await fetch(`${plant.url}/v1/captures`, {
      method: 'POST',
      headers: { authorization: `Bearer ${plant.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(command),
    })
    expect(answer.status, (await answer.text()).slice(0, 500)).toBeLessThan(300)
  }
}

test(
  '[C1] a recall of thousands is drawn whole, opens in place and as a list',
  { timeout: 180_000 },
  async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })
    await context.addInitScript(`sessionStorage.setItem('lotline-token', '${plant.token}')`)
    const page = await context.newPage()
    page.setDefaultTimeout(30_000)
    await page.goto(`${plant.url}/trace?id=H-77`)
    const fold = page.locator('[data-box][data-fold]', { hasText: 'MANY-0003' })
    await fold.waitFor()
    const drawn = await page.locator('[data-box]').count()
    expect(drawn).toBeLessThan(40)
    expect(await fold.getAttribute('aria-label')).toContain('2,997 folded')
    expect(await page.locator('[data-box]', { hasText: 'MANY-1234' }).getAttribute('data-tone')).toBe('stop')

    await page.getByRole('button', { name: 'Open 50 of MANY-0003 … MANY-3000 here' }).click()
    await page.locator('[data-box]', { hasText: /^MANY-0052/ }).waitFor()
    expect(await page.locator('[data-box]').count()).toBe(drawn + 50)
    expect(page.url()).toContain('open=')

    const rest = page.locator('[data-box][data-fold]', { hasText: 'MANY-0053' })
    await rest.focus()
    await page.keyboard.press('e')
    await page.locator('[data-box]', { hasText: /^MANY-0102/ }).waitFor()
    expect(await page.locator('[data-box]').count()).toBe(drawn + 100)
    await page.getByRole('button', { name: 'Fold again' }).click()
    await page.locator('[data-box]', { hasText: /^MANY-0102/ }).waitFor({ state: 'detached' })

    await page.locator('[data-box][data-fold]', { hasText: 'MANY-0053' }).click()
    await page.getByRole('button', { name: 'List all 2,947' }).click()
    const list = page.getByRole('dialog').getByRole('grid')
    await list.getByText('MANY-0053').waitFor()
    await page.getByRole('dialog').getByLabel('Find in this table').fill('MANY-0500')
    await list.getByText('MANY-0500').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })

    await page
      .locator('[data-box]', { hasText: /^MANY-0003/ })
      .first()
      .click()
    await page.locator('[data-box]', { hasText: /^MANY-0004/ }).click({ modifiers: ['Shift'] })
    await page.getByRole('button', { name: 'Common cause of 2' }).click()
    const causes = page.getByRole('dialog')
    await causes.getByText(/2 failing units against [\d,]+ of [\d,]+ others of the same items/).waitFor()
    await causes.getByText('Nothing is more common among them than chance allows.').first().waitFor()
    await context.close()
  },
)
