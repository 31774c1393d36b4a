import { spawn } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Client } from '@lotline/client/client'
import { adminUser, startEmbedded } from '@lotline/server/database/embedded'
import { withClient } from '@lotline/server/database/own-connection'

const program = fileURLToPath(new URL('../packages/cli/bin/lotline.mjs', import.meta.url))
let folder: string
let server: ReturnType<typeof run>
let url: string

interface Run {
  readonly pid: number | undefined
  readonly done: Promise<{ code: number | null; out: string; err: string }>
  readonly ready: Promise<string>
  kill(signal: NodeJS.Signals): void
}

/** Runs the command line as a shop's administrator would, in a process of its own. */
function run(args: readonly string[], input = ''): Run {
  const child = spawn(process.execPath, [program, ...args], { cwd: folder, stdio: 'pipe' })
  let [out, err] = ['', '']
  child.stdin.end(input)
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const ready = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const found = /^Lotline is ready at (\S+)$/m.exec(out)?.[1]
      if (found !== undefined) resolve(found)
    })
  })
  const done = new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, out, err })),
  )
  return { pid: child.pid, done, ready, kill: (signal) => child.kill(signal) }
}

const lotline = (...args: string[]) => run([...args, '--data', folder]).done

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lotline-command-'))
  server = run(['start', '--data', folder, '--port', '0', '--no-demo'])
  const ended = server.done.then(({ err }) => {
    throw new Error(`the server ended: ${err}`)
  })
  url = await Promise.race([server.ready, ended])
})

afterAll(async () => {
  server.kill('SIGTERM')
  await server.done
  await rm(folder, { recursive: true, force: true })
})

const commands = [
  { verb: 'define', thing: 'item', code: 'BAR', name: 'Bar', tracking: 'lot', unit: 'kg' },
  { verb: 'define', thing: 'place', code: 'STORE', name: 'Store', kind: 'location' },
  { verb: 'define', thing: 'party', code: 'MILL', name: 'Mill', roles: ['supplier'] },
  {
    verb: 'receive',
    item: 'BAR',
    quantity: { value: '5' },
    place: 'STORE',
    supplier: 'MILL',
    heat: 'H-1',
    lot: 'B-1',
  },
].map((command, at) => ({ ...command, key: `command-line-${at}` }))

test('[K1 I1] an empty company makes a receipt and a trace from the command line, which says what HTTP says', async () => {
  expect(statSync(join(folder, 'admin-token')).mode & 0o777).toBe(0o600)
  await writeFile(join(folder, 'facts.json'), JSON.stringify(commands))
  const captured = await lotline('capture', join(folder, 'facts.json'))
  expect(captured).toMatchObject({ code: 0, out: '4 recorded, 0 refused, 0 withheld\n' })

  const again = await lotline('capture', join(folder, 'facts.json'))
  expect(again).toMatchObject({ code: 0, out: '0 recorded, 4 already recorded, 0 refused, 0 withheld\n' })
  const one = await run(['capture', '-', '--data', folder], JSON.stringify(commands[3])).done
  expect(one.out).toMatch(/^already recorded: \S+ at position 3/)

  const answers = await lotline('answers', 'H-1', '--json')
  const token = (await readFile(join(folder, 'admin-token'), 'utf8')).trim()
  const client = new Client({ url, token })
  expect(JSON.parse(answers.out)).toEqual(await client.answers(['H-1'], { limit: 10_000 }))
  const trace = await lotline('trace', 'H-1', '--direction', 'both', '--json')
  expect(JSON.parse(trace.out)).toEqual(await client.trace(['H-1'], { direction: 'both', limit: 10_000 }))
  expect((await lotline('answers', 'H-1')).out).toMatch(/B-1 +BAR +5 +kg/)
  expect(await lotline('explain', 'H-1', 'B-1')).toMatchObject({ code: 0 })
  const lanes = await lotline('lanes', 'H-1', '--json')
  expect(JSON.parse(lanes.out)).toEqual(await client.lanes(['H-1']))
  const exposed = await lotline('exposure', '--json')
  expect(JSON.parse(exposed.out)).toEqual(await client.exposure({ limit: 10_000 }))
  expect((await lotline('exposure')).out).toMatch(/H-1 +supplier-lot +BAR +Mill +1 +0 +0/)
  expect((await lotline('lanes', 'H-1')).out).toMatch(/received +B-1 +1 +BAR +5 +kg/)
  expect(await lotline('search', 'B-1')).toMatchObject({ code: 0 })
  expect(JSON.parse((await lotline('gaps', '--json')).out)).toEqual({ gaps: [] })
})

test('[H1 K1] a key is made, changed and revoked from the command line, its secret alone on the output', async () => {
  const made = await lotline('keys', 'add', 'erp', '--role', 'auditor', '--days', '9')
  const secret = made.out.trim()
  expect([made.code, secret]).toEqual([0, expect.stringMatching(/^lotline_[0-9a-f]{12}_[\w-]{43}$/)])
  const asErp = (...args: string[]) => run([...args, '--url', url, '--token', secret]).done
  expect(await asErp('gaps')).toMatchObject({ code: 0 })
  expect(await asErp('capture', join(folder, 'facts.json'))).toMatchObject({ code: 1 })
  expect((await lotline('keys', 'rotate', 'ERP', '--overlap', '1')).err).toContain(
    `${secret.slice(0, 20)} stays good`,
  )
  expect((await lotline('keys')).out.match(/^erp +auditor +all of its roles/gm)).toHaveLength(2)
  expect(await lotline('keys', 'revoke', 'erp')).toMatchObject({ code: 0 })
  expect(await asErp('gaps')).toMatchObject({ code: 1, err: expect.stringContaining('revoked') })
})

test('[K1] every refusal has an exit code, and says what to do', async () => {
  const unknown = await lotline('answers', 'H-9999')
  expect(unknown).toMatchObject({ code: 1, out: '' })
  expect(unknown.err).toContain('Nothing is known under "H-9999"')
  const scrap = { verb: 'scrap', what: 'B-1', quantity: { value: '6' }, reason: 'dropped' }
  const refused = await run(['capture', '-', '--data', folder], JSON.stringify(scrap)).done
  expect(refused).toMatchObject({ code: 1 })
  expect(refused.err).toContain('B-1')
  expect(await lotline('answers')).toMatchObject({ code: 64 })
  expect(await lotline('trace', 'H-1', '--direction', 'up')).toMatchObject({ code: 64 })
  const alone = await lotline('common-cause', 'B-1')
  expect(alone).toMatchObject({ code: 1 })
  expect(alone.err).toContain('needs two')
  expect(await lotline('nonsense')).toMatchObject({ code: 64 })
  const nowhere = join(folder, 'nowhere')
  for (const verb of ['gaps', 'verify', 'rebuild']) {
    const mistyped = await run([verb, '--data', nowhere]).done
    expect(mistyped).toMatchObject({ code: 2, out: '' })
    expect(mistyped.err).toContain(`There is no Lotline database in ${nowhere}`)
  }
  expect(existsSync(nowhere)).toBe(false)
  expect(await lotline('import', '/no/such/file.csv')).toMatchObject({ code: 2 })
  const verbs = [
    'start',
    'import',
    'answers',
    'trace',
    'verify',
    'rebuild',
    'capture',
    'search',
    'gaps',
    'explain',
    'lanes',
    'common-cause',
    'exposure',
    'what-if',
  ]
  for (const help of await Promise.all(verbs.map((verb) => run([verb, '--help']).done)))
    expect(help).toMatchObject({ code: 0, out: expect.stringMatching(/^lotline/) })
})

test('[B2 I1] an import says what it did, what it would do, and what it was refused', async () => {
  const table = join(folder, 'receipts.csv')
  await writeFile(table, 'item\nBAR\n')
  const refused = await lotline('import', table)
  expect(refused).toMatchObject({ code: 1, out: '' })
  expect(refused.err).toContain(table)
  const events = join(folder, 'events.jsonld')
  await writeFile(events, JSON.stringify(epcis('urn:epc:id:sgtin:4012345.011111.7')))
  const rehearsed = await lotline('import', events, '--dry-run')
  expect(rehearsed.out).toMatch(/^Dry run: nothing was recorded\.\n.*would be recorded +known +differing/)
  expect((await lotline('import', events)).out).toMatch(/ recorded +known +differing/)
  // For programs it is one document, whatever became of each file.
  const both = await lotline('import', table, events, '--json')
  expect(both.code).toBe(1)
  expect(JSON.parse(both.out)).toMatchObject({
    files: [
      { file: table, problem: { code: expect.any(String), fix: expect.any(String) } },
      { file: events, recorded: 0, known: 3 },
    ],
  })
})

test('[K1] a reader that stops early ends a command quietly', async () => {
  const child = spawn(process.execPath, [program, 'search', 'B-1', '--json', '--data', folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // Closed before anything is written, as by `head` that has seen enough.
  child.stdout.destroy()
  let err = ''
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const code = await new Promise((resolve) => child.on('close', resolve))
  expect({ code, err }).toEqual({ code: 0, err: '' })
})

/** The smallest document with one event. */
const epcis = (epc: string) => ({
  '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-01-01T00:00:00Z',
  epcisBody: {
    eventList: [
      {
        type: 'ObjectEvent',
        eventTime: '2026-01-01T00:00:00Z',
        eventTimeZoneOffset: '+00:00',
        epcList: [epc],
        action: 'ADD',
        bizStep: 'commissioning',
      },
    ],
  },
})

test('[K1 K3 F1] the ledger is verified and its tables made anew, with the server running and without', async () => {
  expect(await lotline('verify', '--json')).toMatchObject({
    code: 0,
    out: expect.stringContaining('"whole": true'),
  })
  expect(await lotline('rebuild')).toMatchObject({ code: 0, out: expect.stringContaining('0 had differed') })
  const second = await run(['start', '--data', folder, '--port', '0', '--no-demo']).done
  expect(second.code).toBe(2)
  // Ctrl-C reaches npm and the program, and npm passes its own on: a repeated signal is one wish.
  // Close together, as they come: a stop of an idle server takes a tenth of a second, and a process that has let go of
  // everything may be ended by anybody.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGTERM'] as const) {
    server.kill(signal)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const stopped = await server.done
  expect(stopped).toMatchObject({ code: 0 })
  expect(stopped.err.match(/Stopping/g)).toHaveLength(1)
  for (const left of ['server.json', 'lotline.lock', 'postgres/postmaster.pid'])
    expect(existsSync(join(folder, left)), left).toBe(false)
  expect(await lotline('verify')).toMatchObject({ code: 0, err: '' })
  expect(await lotline('rebuild')).toMatchObject({ code: 0 })
})

test('[F1] a guard that was taken off is found with no server running, and is exit code 1', async () => {
  server.kill('SIGTERM')
  await server.done
  const guarded = await startEmbedded(folder)
  await withClient(
    {
      host: '127.0.0.1',
      port: guarded.port(),
      user: adminUser,
      password: guarded.secrets.admin,
      database: 'lotline',
    },
    (client) => client.query('alter table event_bytes disable trigger no_change'),
  )
  await guarded.stop()
  const found = await lotline('verify')
  expect(found).toMatchObject({ code: 1, out: expect.stringContaining('Guard: ') })
})
