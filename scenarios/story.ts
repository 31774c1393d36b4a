import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Client } from '@lotline/client/client'
import { ProblemError, type ProblemBody } from '@lotline/client/problem'
import type { Command } from '@lotline/core/catalogue'
import { testDatabase } from '@lotline/server/database/testing'
import { startServer } from '@lotline/server/start/start-server'

/** A plant of its own behind a real server, spoken to over HTTP alone. */
export interface StoryPlant {
  readonly url: string
  readonly token: string
  /** The data folder of the server. */
  readonly folder: string
  readonly client: Client
  /** Records a fact, which must be accepted. */
  do(command: Command): ReturnType<Client['capture']>
  /** Tries a fact, which must be refused: gives the refusal. */
  refused(command: unknown, key?: string): Promise<ProblemBody>
  /** Defines what nearly every story needs: items, parties, places by their codes. */
  define(what: {
    items?: Readonly<Record<string, Partial<Extract<Command, { verb: 'define' }>>>>
    suppliers?: readonly string[]
    customers?: readonly string[]
    places?: readonly string[]
  }): Promise<void>
  /** Facts in the ledger. */
  position(): Promise<number>
}

/** Tells one promise of the product as a plant would live it, through the public interface only. */
export function story(title: string, tell: (plant: StoryPlant) => Promise<void>, timeoutMs?: number): void {
  test(
    title,
    async () => {
      const database = await testDatabase()
      const folder = await mkdtemp(join(tmpdir(), 'lotline-story-'))
      try {
        const running = await startServer({ folder, port: 0, demo: false, database, note: () => {} })
        try {
          await tell(plantAt(running.url, running.token, folder))
        } finally {
          await running.stop()
        }
      } finally {
        await database.close()
        await rm(folder, { recursive: true, force: true })
      }
    },
    timeoutMs,
  )
}

function plantAt(url: string, token: string, folder: string): StoryPlant {
  const client = new Client({ url, token })
  const plant: StoryPlant = {
    url,
    token,
    folder,
    client,
    do: (command) => client.capture(command),
    refused: (command, key) => refusalOf(client, command, key),
    define: async ({ items = {}, suppliers = [], customers = [], places = [] }) => {
      for (const [code, fields] of Object.entries(items))
        await client.capture({
          verb: 'define',
          thing: 'item',
          code,
          name: code,
          tracking: 'lot',
          unit: 'pc',
          ...fields,
        })
      for (const code of suppliers)
        await client.capture({ verb: 'define', thing: 'party', code, name: code, roles: ['supplier'] })
      for (const code of customers)
        await client.capture({ verb: 'define', thing: 'party', code, name: code, roles: ['customer'] })
      for (const code of places)
        await client.capture({ verb: 'define', thing: 'place', code, name: code, kind: 'location' })
    },
    position: async () =>
      (await client.ask<{ position: number }>({ method: 'GET', path: '/health/ready' })).position,
  }
  return plant
}

/** Sends whatever it is given, even what is no command, and expects to be refused. */
async function refusalOf(client: Client, command: unknown, key?: string): Promise<ProblemBody> {
  const headers = key === undefined ? {} : { 'idempotency-key': key }
  const answer = await client
    .ask({ method: 'POST', path: '/v1/captures', json: command, headers })
    .catch((error: unknown) => {
      if (error instanceof ProblemError) return error
      throw error
    })
  expect(answer, 'the fact should have been refused').toBeInstanceOf(ProblemError)
  if (!(answer instanceof ProblemError)) throw new Error('not refused')
  expect(answer.body).toMatchObject({
    code: expect.any(String),
    detail: expect.any(String),
    fix: expect.stringMatching(/./),
  })
  return answer.body
}

/** Codes of rows, sorted: what most expectations compare. */
export function codes(rows: readonly { readonly code: string }[]): string[] {
  return rows.map((row) => row.code).sort()
}
