import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Figures } from './figures.ts'
import { startLotline } from './running.ts'

/** Seconds from the command to the line that it is ready: on nothing (with and without the demo), and again on data. */
export async function measureStart(figures: Figures, quick: boolean): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lotline-bench-start-'))
  const seconds = async (demo: boolean): Promise<number> => {
    const server = await startLotline({ folder, demo })
    await server.stop()
    return server.readyMs / 1000
  }
  try {
    figures.add(quick ? 'start.first-empty' : 'start.first-with-demo', await seconds(!quick), 's')
    figures.add('start.again', await seconds(!quick), 's')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
