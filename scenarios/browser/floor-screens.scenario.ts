import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { launchBrowser } from '../../tools/browser.ts'
import { burst, floorHands } from './floor-hands.ts'
import { floorPlant } from './floor-plant.ts'
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

/** Every screen of the floor, and the scans that fill it. */
const screens: readonly (readonly [path: string, ...scans: string[]])[] = [
  ['/floor'],
  ['/floor/more'],
  ['/floor/receive', 'PO-1'],
  ['/floor/jobs'],
  ['/floor/job/WO-118', 'R-1077'],
  ['/floor/move', 'R-1078'],
  ['/floor/count', 'STORE'],
  ['/floor/hold', 'R-4001'],
  ['/floor/return'],
  ['/floor/split', 'R-1077'],
  ['/floor/merge', 'R-1077'],
  ['/floor/replace'],
  ['/floor/pack', 'CASE-1'],
  ['/floor/ship', 'CO-1', 'CASE-2'],
  ['/floor/ship', 'CO-1', 'CASE-3'],
  ['/floor/tray'],
  ['/floor/station'],
  ['/floor/scanner', ']C1010401234500001610HEAT-9'],
  ['/floor', 'R-2002'],
  ['/floor', 'STORE'],
  ['/floor', 'NOBODY-KNOWS'],
]

/** Walks the screens in one tab, and looks at each as the scans left it. */
async function walk(
  screensToSee: typeof screens,
  look: (page: Page, name: string) => Promise<void>,
  options: BrowserContextOptions = {},
  language = 'en',
): Promise<void> {
  const { page, context } = await floorHands(browser, plant, { reducedMotion: 'reduce', ...options })
  onTestFinished(() => context.close())
  await context.addInitScript(`localStorage.setItem('lotline-language', '${language}')`)
  for (const [path, ...scans] of screensToSee) {
    await page.goto(plant.url + path)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    for (const code of scans) {
      await page.evaluate(burst(code))
      await page.locator('main[aria-busy="false"]').waitFor()
    }
    await look(page, [path, ...scans].join(' '))
  }
}

/** Those that differ most in what they are made of: a list, steps, a question, a red card. */
const few = screens.filter(
  ([path, scan]) => ['/floor', '/floor/job/WO-118'].includes(path) || scan === 'CASE-3',
)

async function faultsOf(page: Page, name: string, width: number): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const wide: number = await page.evaluate('document.documentElement.scrollWidth')
  if (wide > width) {
    const beyond: string = await page.evaluate(
      `[...document.querySelectorAll('body *')].filter((each) => each.getBoundingClientRect().right > ${width}).map((each) => each.tagName + '.' + each.className).slice(0, 6).join(' ')`,
    )
    return [`${name} runs out of the page sideways: ${wide}, ${beyond}`]
  }
  return [
    ...serious.map(({ id, nodes }) => `${name}: ${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`),
    ...(wide > width ? [`${name} runs out of the page sideways: ${wide}`] : []),
  ]
}

interface Target {
  readonly words: string
  readonly height: number
  readonly width: number
  readonly primary: boolean
}

/** What is tapped and is smaller than a glove asks: 64 pixels, the primary one 96. */
async function smallTargets(page: Page, name: string): Promise<string[]> {
  const targets: Target[] = await page.evaluate(`
    [...document.querySelectorAll('main button, main a, header a, dialog[open] button, main input')].map((each) => {
      const { height, width } = each.getBoundingClientRect()
      return { words: each.textContent, height, width, primary: each.hasAttribute('data-primary') }
    })`)
  return targets
    .filter(({ height, width, primary }) => width > 0 && (height < (primary ? 95.5 : 63.5) || width < 63.5))
    .map(({ words, height, width }) => `${name}: ${words} ${width}x${height}`)
}

test('[K5] no screen has a serious fault of access, and whatever is tapped is made for gloves', async () => {
  const faults: string[] = []
  await walk(screens, async (page, name) => {
    faults.push(...(await faultsOf(page, name, 1024)), ...(await smallTargets(page, name)))
  })
  expect(faults).toEqual([])
}, 400_000)

test.each([
  ['dark', 1024],
  ['light', 360],
] as const)(
  '[K5] nor in %s at %i pixels',
  async (colorScheme, width) => {
    const faults: string[] = []
    const options = { colorScheme, viewport: { width, height: 800 } }
    await walk(few, async (page, name) => void faults.push(...(await faultsOf(page, name, width))), options)
    expect(faults).toEqual([])
  },
  240_000,
)

test('[K5] no word of the floor is written into the program: in a language that nobody speaks, all of them change', async () => {
  const untranslated = new Set<string>()
  const look = async (page: Page, name: string): Promise<void> => {
    const words: string[] = await page.evaluate(`(() => {
      const found = []
      const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      while (walk.nextNode()) {
        const { parentElement, textContent } = walk.currentNode
        const isData = parentElement.closest('[translate="no"], script, style, noscript')
        if (!isData && /[a-z]{2}/i.test(textContent)) found.push(textContent.trim())
      }
      return found
    })()`)
    for (const text of words) if (!/^\[.*\]$/.test(text)) untranslated.add(`${name}: ${text}`)
  }
  await walk(screens, look, {}, 'en-XA')
  expect([...untranslated]).toEqual([])
}, 240_000)

test.each([
  ['de-DE', 'Was machen Sie gerade?'],
  ['es-MX', '¿Qué va a hacer?'],
  ['zh-CN', '您要做什么？'],
])('[K5] a tablet in %s is greeted in its language', async (locale, words) => {
  const { page, context } = await floorHands(browser, plant, { locale })
  onTestFinished(() => context.close())
  await page.goto(`${plant.url}/floor`)
  await page.getByRole('heading', { name: words }).waitFor()
})

test('[K5] the first load of the floor is at most 300 kB of compressed script', async () => {
  const { page, context } = await floorHands(browser, plant, { serviceWorkers: 'block' })
  onTestFinished(() => context.close())
  const scripts: Promise<number>[] = []
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('.js')) scripts.push(response.body().then(compressed))
  })
  await page.goto(`${plant.url}/floor`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  const bytes = (await Promise.all(scripts)).reduce((sum, each) => sum + each, 0)
  expect(scripts.length).toBeGreaterThan(5)
  expect(bytes / 1000).toBeLessThan(300)
})

async function compressed(body: Buffer): Promise<number> {
  const { gzipSync } = await import('node:zlib')
  return gzipSync(body).byteLength
}
