import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { launchBrowser } from '../../tools/browser.ts'
import { type FloorHands, floorHands } from './floor-hands.ts'
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

async function hands(): Promise<FloorHands> {
  const person = await floorHands(browser, plant)
  onTestFinished(() => person.context.close())
  return person
}

async function ask<T>(path: string): Promise<T> {
  return JSON.parse(await plant.ask(path))
}

const at = async (code: string) => {
  const { matches } = await ask<{ matches: { at: { holder: string; quantity: string }[] }[] }>(
    `/v1/scan?text=${code}`,
  )
  return matches[0]?.at
}

/** `]C1` with GTIN, lot and a group separator, as a scanner sends a GS1-128 label. */
const bearingLabel = ']C1010401234500001610HEAT-9\u001d30300'

describe('the steps of a flow', () => {
  test('[B1] a GS1 label with one fitting line: 1 scan, 1 tap', async () => {
    const person = await hands()
    await person.open('/floor/receive')
    await person.scan(bearingLabel)
    await person.tap(/^Receive 300/)
    await person.card('done', 'Receive 300 pc of BEARING')
    person.cost('Receive, GS1 label, one fitting line')
    const { rows } = await ask<{ rows: { orderCode: string }[] }>('/v1/order-lines?open=true&kind=purchase')
    expect(rows.map(({ orderCode }) => orderCode)).not.toContain('PO-1')
  })

  test('[B1] a plain label: 2 scans, the quantity, 1 tap', async () => {
    const person = await hands()
    await person.open('/floor/receive')
    await person.scan('PO-2')
    await person.scan('HEAT-77')
    await person.page.getByRole('button', { name: 'Quantity' }).click()
    await person.key('480')
    await person.tap(/^Receive 480/)
    await person.card('done', 'Receive 480 pc of SEAL')
    person.cost('Receive, plain label')
  })

  test('[B5] a job opens by 1 scan; each component is taken by 1 scan and no tap', async () => {
    const person = await hands()
    await person.open('/floor')
    await person.scan('WO-118')
    await person.page.getByText('Scan next: Bearing 6204').waitFor()
    person.cost('Open a job')
    await person.scan('R-1077')
    await person.card('done', '8 pc of R-1077 used in WO-118')
    await person.scan('R-2001')
    await person.card('done', '4 pc of R-2001')
    await person.scan('R-3001')
    await person.card('done', '0.8 kg of R-3001')
    person.cost('Issue or use three components')
    await person.page.getByText('All materials are there').waitFor()
    expect(await at('R-1077')).toEqual([{ holderKind: 'place', holder: 'STORE', quantity: '92' }])
  })

  test('[B8 B9] the route is kept, and completing what is expected is 1 tap', async () => {
    const person = await hands()
    await person.open('/floor/job/WO-118')
    await person.tap('Route')
    await person.page.getByText('waits for 10').first().waitFor()
    for (const operation of ['10', '20']) {
      await person.tap(`Start ${operation}`)
      await person.tap(`Complete ${operation}`)
      await person.page.locator(`[data-operation="${operation}"][data-state="done"]`).waitFor()
    }
    await person.tap('Finish')
    person.count()
    await person.tap(/^Complete 4/)
    await person.card('done', '4 pc of BOX completed at DOCK')
    person.cost('Complete the expected quantity')
    expect(await ask('/v1/orders/WO-118')).toMatchObject({ done: '4', left: '0' })
  })

  test('[B15] a move: 2 scans', async () => {
    const person = await hands()
    await person.open('/floor/move')
    await person.scan('R-1078')
    await person.scan('LINE')
    await person.card('done', 'Move R-1078 to LINE')
    person.cost('Move')
    expect(await at('R-1078')).toMatchObject([{ holder: 'LINE' }])
  })

  test('[B15] shipping: 1 scan for the document, 1 for each case, 1 tap; a held unit inside is named and stops it', async () => {
    const person = await hands()
    await person.open('/floor/ship')
    await person.scan('CO-1')
    await person.scan('CASE-3')
    await person.card('stop', 'GB-0005')
    await person.tap('Understood')
    person.count()
    await person.open('/floor/ship')
    await person.scan('CO-1')
    await person.scan('CASE-1')
    await person.scan('CASE-2')
    await person.tap('Ship 2 cases')
    await person.card('done', '2 cases shipped to Acme Robotics')
    person.cost('Ship two cases')
    expect(await ask('/v1/orders/CO-1')).toMatchObject({ orderLines: [{ done: '4', left: '4' }] })
  })

  test('[D4] a hold: 1 scan, 2 taps', async () => {
    const person = await hands()
    await person.open('/floor/hold')
    await person.scan('R-4001')
    await person.tap('Contaminated')
    await person.tap('Hold 10 kg R-4001')
    await person.card('done', 'Hold 10 kg R-4001')
    person.cost('Put a lot on hold')
    const { rows } = await ask<{ rows: { code: string }[] }>('/v1/held')
    expect(rows.map(({ code }) => code)).toContain('R-4001')
  })

  test('[B20] anything: 1 scan says what it is and what can be done with it', async () => {
    const person = await hands()
    await person.open('/floor')
    await person.scan('R-2002')
    await person.page.getByText('Inner diameter out of tolerance').waitFor()
    person.cost('See what any identifier is')
    await person.page.getByRole('link', { name: 'Trace' }).waitFor()
    expect(await person.page.getByRole('link', { name: 'Return' }).count()).toBe(0)
  })
})
