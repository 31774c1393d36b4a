import { AxeBuilder } from '@axe-core/playwright'
import { readFile } from 'node:fs/promises'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
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

/** A tab of somebody who has signed in, on a screen of the office. */
async function opened(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    ...options,
  })
  onTestFinished(() => context.close())
  await context.addInitScript(`sessionStorage.setItem('lotline-token', '${plant.token}')`)
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(plant.url + path)
  return page
}

/** Types as fast as a scanner, which no test driver does on a busy machine: each key, its letter, and Enter at last. */
function scanned(code: string): string {
  const press = `(key) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))`
  return `{ const press = ${press}; for (const key of '${code}') if (press(key)) document.execCommand('insertText', false, key); press('Enter') }`
}

const strip = (page: Page) => page.getByRole('region', { name: 'Answers' })

describe('the trace page', () => {
  test('[C1] a heat typed into the search box gives the four answers, and they are those of the interface', async () => {
    const page = await opened('/')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.keyboard.press('/')
    await page.locator('input:focus').waitFor()
    await page.keyboard.type('H-77', { delay: 80 })
    await page.keyboard.press('Enter')
    await strip(page).waitFor()
    const words = (await strip(page).innerText()).replace(/\s+/g, ' ')
    const { summary } = JSON.parse(await plant.ask('/v1/answers?id=H-77'))
    expect(summary).toMatchObject({
      affected: { serials: 12 },
      shipped: { traceables: 8, customers: 2, shipments: 2 },
      openOrders: 1,
      held: 1,
    })
    expect(words).toContain(`${summary.affected.lots} lots`)
    expect(words).toContain('12 serials')
    expect(words).toContain('8 shipped to 2 customers in 2 shipments')
    expect(words).toContain(`${summary.onHand.traceables} on hand`)
    expect(words).toContain('1 open order would use it')
    expect(words).toContain('1 on hold')
    await page.getByText('Complete', { exact: true }).waitFor()
    expect(page.url()).toContain('/trace?id=H-77')
  })

  test('[B20] a scan goes to the search box, wherever the focus is', async () => {
    const page = await opened('/trace?id=H-77')
    await page.getByLabel('Find in this table').focus()
    await page.evaluate(scanned('SHAFTS-1'))
    await page.waitForURL(/id=SHAFTS-1/)
    expect(await page.getByLabel('Find in this table').inputValue()).toBe('')
  })

  test('[C1] a pinned path stays when the rest fades, in the address and in the table', async () => {
    const page = await opened('/trace?id=H-77')
    const lot = page.locator('[data-box]', { hasText: 'BAR-LOT-A' })
    const other = page.locator('[data-box]', { hasText: 'BAR-LOT-B' })
    await lot.click()
    await page.waitForURL(/pin=/)
    await page.waitForTimeout(300)
    const opacity = async (box: typeof lot): Promise<string> => {
      const key = await box.getAttribute('data-box')
      return page.evaluate(`getComputedStyle(document.querySelector('[data-box="${key}"]')).opacity`)
    }
    expect([await opacity(lot), await opacity(other)]).toEqual(['1', '0.25'])
    const row = page.getByRole('row', { selected: true })
    expect(await row.innerText()).toContain('BAR-LOT-A')
    await page.reload()
    await page.getByRole('region', { name: 'Path of BAR-LOT-A' }).waitFor()
    await page.keyboard.press('Escape')
    await page.waitForURL((url) => !url.search.includes('pin='))
  })

  test('[C12] the reason why something is in scope is shown with its events', async () => {
    const page = await opened('/trace?id=H-77')
    await page.getByRole('row', { name: /GB-0001/ }).click()
    await page.getByRole('button', { name: 'Why is this in scope?' }).click()
    const events = page.getByRole('dialog').getByRole('button', { name: /^Event / })
    await events.first().waitFor()
    const { steps } = JSON.parse(await plant.ask('/v1/explain?id=H-77&to=GB-0001'))
    const positions = steps.map(({ event }: { event: { position: number } }) => event.position)
    expect(await events.count()).toBe(new Set(positions).size)
    await events.first().click()
    await page.getByText('Fingerprint').waitFor()
    expect(await page.getByLabel('Everything that was recorded').innerText()).toContain('H-77')
  })

  test('[C1] the exported table equals the interface to the row', async () => {
    const page = await opened('/trace?id=H-77')
    const exported = async (name: string): Promise<string[]> => {
      await page.getByRole('button', { name: 'Export' }).click()
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name }).click(),
      ])
      expect(download.suggestedFilename()).toMatch(/^lotline-\w+-H-77-forward-at-\d+\.csv$/)
      const text = await readFile(await download.path(), 'utf8')
      return text.trim().split('\r\n').slice(1)
    }
    const rows = async (field: string): Promise<string[]> => {
      const lines = (await plant.ask('/v1/answers?id=H-77', 'application/x-ndjson')).trim().split('\n')
      return lines.flatMap((line) => JSON.parse(line)[field] ?? []).map(({ id }: { id: string }) => id)
    }
    const firstCells = (lines: string[], at: number): string[] =>
      lines.map((line) => line.split('","')[at]?.replaceAll('"', '') ?? '')
    const affected = await exported('Affected, CSV')
    expect(firstCells(affected, 0)).toEqual(await rows('affected'))
    expect(affected.length).toBeGreaterThan(14)
    const sent = await exported('Went to, CSV')
    expect(sent).toHaveLength(8)
    expect(sent.join('\n')).toContain('Acme Robotics')
  })

  test('[C4] an unknown identifier gives near matches, and choosing one traces it', async () => {
    const page = await opened('/trace?id=H-7')
    await page.getByRole('heading', { name: /H-7/ }).waitFor()
    await page.getByRole('button', { name: /H-77/ }).first().click()
    await strip(page).waitFor()
  })

  test('[C4] a server that does not answer is said, never shown as nothing found', async () => {
    const page = await opened('/')
    await page.getByLabel('Search any identifier').waitFor()
    await page.route('**/v1/answers*', (route) => route.abort())
    await page.getByLabel('Search any identifier').fill('H-77')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').innerText()).toContain('cannot be reached')
  })

  test('[H1] whoever did not sign in is asked to, and a wrong token is said to be wrong', async () => {
    const context = await browser.newContext()
    onTestFinished(() => context.close())
    const page = await context.newPage()
    await page.goto(`${plant.url}/trace?id=H-77`)
    await page.getByText('With the token of this machine').click()
    await page.getByLabel('Administrator token').fill('nonsense')
    await page.getByRole('button', { name: 'Use the token' }).click()
    await page.getByText('did not accept this token').waitFor()
    await page.getByLabel('Administrator token').fill(plant.token)
    await page.getByRole('button', { name: 'Use the token' }).click()
    await strip(page).waitFor()
  })
})

describe('for everybody', () => {
  test('[K5] the page works with the keyboard alone', async () => {
    const page = await opened('/trace?id=H-77')
    await strip(page).waitFor()
    const focused = (): Promise<string> =>
      page.evaluate(`document.activeElement?.getAttribute('data-box') ?? ''`)
    await page.locator('[data-box][tabindex="0"]').focus()
    const start = await focused()
    await page.keyboard.press('ArrowRight')
    expect(await focused()).not.toBe(start)
    await page.keyboard.press('Enter')
    await page.waitForURL(/pin=/)
    await page.keyboard.press('Escape')
    await page.waitForURL((url) => !url.search.includes('pin='))
    await page.getByRole('grid', { name: 'Affected' }).focus()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForURL(/pin=/)
    await page.getByRole('tab', { selected: true }).focus()
    await page.keyboard.press('ArrowLeft')
    const tree = page.getByRole('treegrid')
    await tree.focus()
    const rows = await tree.getByRole('row').count()
    await page.keyboard.press('ArrowLeft')
    expect(await tree.getByRole('row').count()).toBeLessThan(rows)
  })

  test.each([
    ['/', 'light', 1440],
    ['/trace?id=H-77', 'light', 1440],
    ['/trace?id=H-77', 'dark', 1440],
    ['/trace?id=H-77&tab=tree', 'light', 320],
    ['/trace?id=H-77&tab=balance&pin=1', 'dark', 820],
    ['/trace?id=NOTHING', 'light', 1440],
  ] as const)(
    '[K5] %s in %s at %i pixels has no serious fault of access, contrast included',
    async (path, colorScheme, width) => {
      const page = await opened(path, { colorScheme, viewport: { width, height: 900 } })
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForTimeout(500)
      const { violations } = await new AxeBuilder({ page }).analyze()
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`)).toEqual(
        [],
      )
    },
  )

  test('[K5] at 320 pixels nothing runs out of the page sideways', async () => {
    const page = await opened('/trace?id=H-77', { viewport: { width: 320, height: 700 } })
    await strip(page).waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320)
  })
})
