import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer } from '@lotline/server/start/start-server'

const data = new URL('../../shared/data/', import.meta.url)
const there = existsSync(data)
const vehicles = 'real/catena-x/testdata/smallTestdata.json'

interface Report {
  readonly recorded: number
  readonly known: number
  readonly refused: number
  readonly gaps: number
  readonly exceptions: number
  readonly byVerb: Readonly<Record<string, number>>
}

describe.skipIf(!there)('a partner sends what it built (skipped: ../shared/data is absent)', () => {
  let folder = ''
  let running: Awaited<ReturnType<typeof startServer>>

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lotline-import-'))
    running = await startServer({ folder, port: 0, demo: false, note: () => {} })
  })

  afterAll(async () => {
    await running.stop()
    await rm(folder, { recursive: true, force: true })
  })

  async function call(path: string, init: RequestInit = {}): Promise<string> {
    const headers = { authorization: `Bearer ${running.token}`, ...init.headers }
    return (await fetch(running.url + path, { ...init, headers })).text()
  }

  async function send(file: string, query = ''): Promise<Report> {
    const form = new FormData()
    form.set('file', new Blob([readFileSync(new URL(file, data))]), file.split('/').at(-1))
    return JSON.parse(await call(`/v1/imports${query}`, { method: 'POST', body: form }))
  }

  /** URIs that a trace reaches, without where it began. */
  async function reached(id: string, direction: 'forward' | 'backward'): Promise<readonly string[]> {
    const text = await call(`/v1/trace?${new URLSearchParams({ id, direction }).toString()}`, {
      headers: { accept: 'application/x-ndjson' },
    })
    const uris = [...text.matchAll(/"uri":"([^"]+)"/g)].map(([, uri]) => uri ?? '')
    return [...new Set(uris)].filter((uri) => uri !== id).sort()
  }

  test('[I4] a dry run counts what the import then does, and records nothing', async () => {
    const rehearsed = await send(vehicles, '?dryRun=true')
    expect(JSON.parse(await call('/v1/items')).rows).toEqual([])
    const done = await send(vehicles)
    expect(done).toMatchObject({ refused: 0, gaps: 0, byVerb: { produce: 161, consume: 283 } })
    expect(rehearsed).toMatchObject({
      recorded: done.recorded,
      refused: done.refused,
      gaps: done.gaps,
      exceptions: done.exceptions,
      byVerb: done.byVerb,
    })
  })

  /** The answer key was made from the file alone, by following its bills of material. */
  test('[I4] [C1] [C2] every vehicle and every batch traces to what the file says', async () => {
    const key: Record<'explosionOfRoot' | 'whereUsedOfBatch', Record<string, string[]>> = JSON.parse(
      readFileSync(new URL('real/catena-x/derived-smallTestdata-closure.json', data), 'utf8'),
    )
    const [first = ''] = Object.keys(key.explosionOfRoot)
    const query = new URLSearchParams({ id: first, direction: 'backward' }).toString()
    expect(JSON.parse(await call(`/v1/trace?${query}`))).toMatchObject({
      complete: true,
      gaps: [],
      roots: [{ uri: first, kind: 'serial' }],
    })
    for (const [vehicle, parts] of Object.entries(key.explosionOfRoot)) {
      expect(await reached(vehicle, 'backward')).toEqual([...parts].sort())
    }
    for (const [batch, users] of Object.entries(key.whereUsedOfBatch)) {
      expect(await reached(batch, 'forward')).toEqual([...users].sort())
    }
  })

  test('[I4] sending it again adds nothing', async () => {
    expect(await send(vehicles)).toMatchObject({ recorded: 0, refused: 0 })
  })

  test('[I2] [C1] a pallet of drugs is found by its units, and so is who got it', async () => {
    const report = await send('epcis/examples/epcis-1.2/openepcis/GS1_US_Pharma_Example_2_2_1_1.xml')
    expect(report).toMatchObject({ refused: 0, gaps: 0 })
    const parts = JSON.parse(
      await call(`/v1/answers?id=${encodeURIComponent('https://id.gs1.org/00/403000112345678901')}`),
    )
    expect(JSON.stringify(parts)).toContain('403000112345678901')
  })
})
