import { createServer } from 'node:http'
import { type Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from './browser.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})

afterAll(() => browser.close())

test('the browser that comes with the packages opens a page of this machine and runs its script', async () => {
  const page = '<title>Lotline</title><p id="said"></p><script>said.textContent = 1 + 1</script>'
  const server = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end(page))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const tab = await browser.newPage()
  await tab.goto(`http://127.0.0.1:${port}/`)
  expect(await tab.title()).toBe('Lotline')
  expect(await tab.textContent('#said')).toBe('2')
  await tab.close()
  server.close()
})
