import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testDatabase } from '@lotline/server/database/testing'
import { startServer } from '@lotline/server/start/start-server'

test('[H1 K1] a plant of its own never becomes a demo because a flag was forgotten', async () => {
  const database = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'lotline-mode-'))
  const notes: string[] = []
  const start = (demo: boolean) =>
    startServer({ folder, port: 0, demo, database, note: (message) => notes.push(message) })
  try {
    const own = await start(false)
    await own.stop()
    const forgotten = await start(true)
    try {
      expect((await fetch(`${forgotten.url}/v1/items`)).status).toBe(401)
      const session: unknown = await (await fetch(`${forgotten.url}/v1/session`)).json()
      expect(session).toMatchObject({ demo: false, person: null, demoPeople: [] })
      const ready: unknown = await (await fetch(`${forgotten.url}/health/ready`)).json()
      expect(ready).toMatchObject({ position: -1 })
      expect(notes.join()).toContain('a plant of its own')
    } finally {
      await forgotten.stop()
    }
  } finally {
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
})

test('[K1] a stop that is asked while the demo is filled does not wait for the rest of it', async () => {
  const database = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'lotline-mode-'))
  try {
    const stopAsked = () => true
    const cut = await startServer({ folder, port: 0, demo: true, database, note: () => {}, stopAsked })
    const ready: unknown = await (await fetch(`${cut.url}/health/ready`)).json()
    await cut.stop()
    expect(ready).toMatchObject({ position: -1 })
  } finally {
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
})
