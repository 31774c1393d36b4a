import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pino from 'pino'
import { instantOf } from '@lotline/core/base/instant'
import { adminTokenOf } from '../access/admin-token.ts'
import { doorOf } from '../access/door.ts'
import { KeyUses } from '../access/key-uses.ts'
import { type Database, openDatabase } from '../database/database.ts'
import { ensureOrganisation } from '../database/organisation.ts'
import { StartRefused } from '../database/start-refused.ts'
import { GraphThreads } from '../genealogy/graph-threads.ts'
import { ThreadedEngine } from '../genealogy/threaded-engine.ts'
import { Figures } from '../http/figures.ts'
import { allRoutes } from '../http/routes.ts'
import { buildServer } from '../http/server.ts'
import { openPlant, type Plant } from '../plant/plant.ts'
import { accountsOf } from '../people/accounts-of.ts'
import { demoPeople } from '../demo/demo-people.ts'
import { addDemoPeople } from './demo-people-seed.ts'
import { firstLinkOf } from './first-link.ts'
import { type Sealing, startSealing } from '../sealing/sealing.ts'
import { organisationNames, seedDemo } from './demo-seed.ts'

export interface StartPlan {
  /** Folder of everything this program keeps. */
  readonly folder: string
  /** 0 for any free one. */
  readonly port: number
  readonly demo: boolean
  /** An external PostgreSQL instead of the built-in one. */
  readonly url?: string | undefined
  /** A database that is open already, and stays open: tests copy theirs from a template. */
  readonly database?: Database | undefined
  /** Folder of the built page. */
  readonly webRoot?: string | undefined
  readonly zone?: string | undefined
  /** File of the key that checkpoints are signed with; by default in the folder. */
  readonly checkpointKey?: string | undefined
  /** Words for the person at the terminal. */
  readonly note: (message: string) => void
  readonly logLevel?: string
  /** Asked while the demo is filled, which takes long: a stop need not wait for it. */
  readonly stopAsked?: () => boolean
}

/** A running Lotline. */
export interface Running {
  readonly url: string
  readonly token: string
  readonly plant: Plant
  /** Ends requests under way, then captures, then the database. Safe to call twice. */
  stop(): Promise<void>
}

/** File in the data folder by which the command line finds the server. */
export const serverFile = 'server.json'

const organisationCode = 'main'

/**
 * Starts everything in order: folder, database, graph, demo, HTTP. Throws `StartRefused` with words for people where the
 * person at the machine can mend it. What was started before a failure is stopped again.
 */
export async function startServer(plan: StartPlan): Promise<Running> {
  await makeFolder(plan.folder)
  const token = await adminTokenOf(plan.folder)
  const logger = pino(
    { level: plan.logLevel ?? 'warn', redact: ['req.headers.authorization'] },
    pino.destination(2),
  )
  const undo: (() => Promise<void>)[] = []
  const stop = onceOnly(async () => {
    for (const step of undo.splice(0).reverse()) await step()
  })
  try {
    const database = plan.database ?? (await openTheirDatabase(plan, logger))
    if (plan.database === undefined) undo.push(() => database.close())
    const threads = new GraphThreads()
    undo.push(() => threads.close())
    const plant = await openTheirPlant(database, plan, logger, threads)
    undo.push(() => plant.close())
    const stories = plan.demo ? await seedDemo(plant, plan.note, plan.stopAsked) : undefined
    if (stories) await addDemoPeople(accountsOf(plant), demoPeople)
    const firstLink = stories ? undefined : await firstLinkOf(accountsOf(plant))
    const sealing = await startTheirSealing(plant, plan, logger)
    undo.push(() => sealing.close())
    const keyUses = new KeyUses(
      () => accountsOf(plant),
      (error) => logger.error({ err: error }, 'Uses of keys could not be noted.'),
    )
    undo.push(() => keyUses.close())
    const figures = new Figures()
    figures.show('lotline_graph_position', 'Position the graph stands at', () => plant.graphPosition())
    figures.show(
      'lotline_graph_differences',
      'Times the graph was found to differ from the tables, and was made anew',
      () => plant.graphDoubt().differences,
    )
    const app = await buildServer({
      endpoints: allRoutes(() => plant, {
        folder: plan.folder,
        demo: stories === undefined ? undefined : { stories, people: demoPeople },
        sealing: () => sealing,
      }),
      entry: doorOf(() => accountsOf(plant), { token, now: () => instantOf(Date.now()), keyUses }),
      webRoot: plan.webRoot,
      logger,
      figures,
    })
    undo.push(() => app.close())
    const url = await app.listen({ host: '127.0.0.1', port: plan.port }).catch((error: unknown) => {
      throw portTaken(error, plan.port)
    })
    await announce(plan.folder, url)
    if (firstLink !== undefined)
      plan.note(`Make yourself the administrator, once, within a day: ${url}${firstLink}`)
    undo.push(() => rm(join(plan.folder, serverFile), { force: true }))
    return { url, token, plant, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function openTheirDatabase(plan: StartPlan, logger: pino.Logger): Promise<Database> {
  return openDatabase({
    ...(plan.url === undefined ? { folder: plan.folder } : { url: plan.url }),
    poolSize: 12,
    note: (message) => logger.warn(message),
  })
}

async function openTheirPlant(
  database: Database,
  plan: StartPlan,
  logger: pino.Logger,
  threads: GraphThreads,
): Promise<Plant> {
  const organisation = await ensureOrganisation(
    database.pool,
    organisationCode,
    plan.demo ? organisationNames.demo : organisationNames.own,
  )
  return openPlant({
    database,
    organisation,
    engine: (from) =>
      new ThreadedEngine(
        threads,
        (error) =>
          logger.error(
            { err: error },
            'A thread of the graph failed; its work is done by the serving thread instead.',
          ),
        from,
      ),
    snapshot: { file: join(plan.folder, 'graph', `${organisation.org}.columns`), threads },
    ...(plan.zone === undefined ? {} : { zone: plan.zone }),
    note: (message, error) => logger.error({ err: error }, message),
  })
}

function startTheirSealing(plant: Plant, plan: StartPlan, logger: pino.Logger): Promise<Sealing> {
  const { org, code } = plant.organisation
  return startSealing({
    pool: plant.pool,
    folder: plan.folder,
    keyFile: plan.checkpointKey,
    ledgers: [{ ledger: { org, kind: 'facts', path: code }, size: () => plant.graphPosition() + 1 }],
    note: (message, error) => logger.error({ err: error }, message),
  })
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw new StartRefused(
      `The data folder ${folder} cannot be made: ${error instanceof Error ? error.message : String(error)}.`,
      'Give another folder with --data, or the right to write there.',
      error,
    )
  })
}

/** Says where the server is; whole or not at all. */
async function announce(folder: string, url: string): Promise<void> {
  const path = join(folder, serverFile)
  const content = { url, pid: process.pid, startedAt: instantOf(Date.now()) }
  await writeFile(`${path}.new`, `${JSON.stringify(content)}\n`, { mode: 0o600 })
  await rename(`${path}.new`, path)
}

function portTaken(error: unknown, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return new StartRefused(
      `Port ${port} is used by another program.`,
      'Give another one with --port, or end that program.',
      error,
    )
  }
  if (code === 'EACCES') {
    return new StartRefused(
      `Port ${port} may not be used by this user.`,
      'Give one above 1023 with --port.',
      error,
    )
  }
  return error
}

function onceOnly(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => (done ??= work())
}
