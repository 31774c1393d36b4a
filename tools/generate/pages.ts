import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../house-rules/source.ts'
import { dependenciesPage } from './dependencies-page.ts'
import { eventsPage } from './events-page.ts'
import { floorStepsPage } from './floor-steps-page.ts'
import { openApiPage } from './from-program.ts'
import { refusalsPage } from './refusals-page.ts'
import { requirementsPage } from './requirements-page.ts'

/** A text made from the sources and committed beside them. `make` gives undefined while there is nothing to tell. */
export interface GeneratedPage {
  readonly path: string
  readonly make: () => string | undefined | Promise<string | undefined>
}

export const generatedPages: readonly GeneratedPage[] = [
  { path: 'docs/requirements.md', make: requirementsPage },
  { path: 'docs/decisions/0002-dependencies.md', make: dependenciesPage },
  { path: 'docs/reference/refusals.md', make: refusalsPage },
  { path: 'docs/reference/events.md', make: eventsPage },
  { path: 'docs/reference/floor-steps.md', make: floorStepsPage },
  { path: 'docs/reference/openapi.json', make: openApiPage },
]

/** The text a page should have now, where the committed one differs; undefined where it is fresh. */
export async function freshText(page: GeneratedPage): Promise<string | undefined> {
  const text = await page.make()
  const committed = await readFile(join(root, page.path), 'utf8').catch(() => undefined)
  return text === committed ? undefined : text
}
