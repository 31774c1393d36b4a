import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import budgets from './step-budgets.json' with { type: 'json' }
import type { ServedPlant } from './served-plant.ts'

/** What a flow cost the person: scans, taps, fields. */
export interface Steps {
  readonly scans: number
  readonly taps: number
  readonly fields: number
}

/** A person at a tablet with a scanner in the hand. Whatever they do is counted. */
export interface FloorHands {
  readonly page: Page
  readonly context: BrowserContext
  /** Types a code as fast as a scanner, wherever the focus is, and waits until it was worked on. */
  scan(code: string): Promise<void>
  tap(name: string | RegExp): Promise<void>
  /** Keys in an amount on the number pad and takes it. */
  key(amount: string): Promise<void>
  open(path: string): Promise<void>
  /** Waits for a card of this kind with these words. */
  card(kind: 'done' | 'look' | 'stop', words: string): Promise<void>
  /** Steps since the last time this was asked. */
  count(): Steps
  /** Expects what was done since to be what the flow may cost, and what is written down as counted. */
  cost(flow: string): void
}

const tablet = { width: 1024, height: 768 }

export async function floorHands(
  browser: Browser,
  plant: ServedPlant,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<FloorHands> {
  const context = await browser.newContext({ viewport: tablet, locale: 'en-GB', ...options })
  await context.addInitScript(`sessionStorage.setItem('lotline-token', '${plant.token}')`)
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  return handsOn(page, context, plant)
}

export function handsOn(page: Page, context: BrowserContext, plant: ServedPlant): FloorHands {
  let steps: Steps = { scans: 0, taps: 0, fields: 0 }
  const count = (): Steps => {
    const now = steps
    steps = { scans: 0, taps: 0, fields: 0 }
    return now
  }
  const settled = () => page.locator('main[aria-busy="false"]').waitFor()
  return {
    page,
    context,
    async scan(code) {
      steps = { ...steps, scans: steps.scans + 1 }
      await page.evaluate(burst(code))
      await settled()
    },
    async tap(name) {
      steps = { ...steps, taps: steps.taps + 1 }
      await page.getByRole('button', { name }).or(page.getByRole('link', { name })).first().click()
    },
    async key(amount) {
      steps = { ...steps, fields: steps.fields + 1 }
      const pad = page.getByRole('dialog')
      for (const digit of amount) await pad.getByRole('button', { name: digit, exact: true }).click()
      await pad.getByRole('button', { name: /^Take/ }).click()
    },
    async open(path) {
      await page.goto(plant.url + path)
      await page.getByRole('heading', { level: 1 }).first().waitFor()
    },
    async card(kind, words) {
      await page.locator(`[data-card="${kind}"]`).filter({ hasText: words }).waitFor()
    },
    count,
    cost(flow) {
      const budget = budgets.find((each) => each.flow === flow)
      if (!budget) throw new Error(`${flow} has no budget`)
      const now = count()
      expect(say(now), `${flow}, as counted`).toBe(budget.counted)
      for (const [kind, most] of Object.entries(read(budget.target)))
        expect(read(say(now))[kind] ?? 0, `${kind} of ${flow}`).toBeLessThanOrEqual(most)
    },
  }
}

/** `2 scans, 1 quantity, 1 tap`: how the budgets are written. */
function say({ scans, fields, taps }: Steps): string {
  const some = (count: number, one: string, many: string) =>
    count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]
  return [
    ...some(scans, 'scan', 'scans'),
    ...some(fields, 'quantity', 'quantities'),
    ...some(taps, 'tap', 'taps'),
  ].join(', ')
}

function read(words: string): Record<string, number> {
  const counts = words.split(', ').map((part) => part.split(' '))
  const kinds: Record<string, string> = { scans: 'scan', taps: 'tap', quantities: 'quantity' }
  return Object.fromEntries(counts.map(([count, kind = '']) => [kinds[kind] ?? kind, Number(count)]))
}

/** Types as fast as a scanner, which no test driver does on a busy machine: each key, its letter, and Enter at last. */
export function burst(code: string): string {
  return `{
    const press = (key, ctrlKey) => (document.activeElement ?? document.body).dispatchEvent(
      new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }))
    for (const key of ${JSON.stringify(code)}) key === '\\u001d' ? press(']', true) : press(key, false)
    press('Enter', false)
  }`
}
