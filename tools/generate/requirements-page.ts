import requirements from '../requirements.json' with { type: 'json' }
import { grouped } from './grouped.ts'
import { type TestTitle, testTitles } from './test-titles.ts'

export interface Requirement {
  readonly id: string
  readonly text: string
  /** What the tests there are do not show yet. */
  readonly missing?: string
}

export const allRequirements: readonly Requirement[] = requirements

const areas: { readonly [letter: string]: string } = {
  A: 'Identity and master data',
  B: 'Capture',
  C: 'Genealogy and trace',
  D: 'Containment and recall',
  E: 'Quality',
  F: 'Compliance',
  G: 'Planning',
  H: 'Access',
  I: 'Integration',
  J: 'Insight',
  K: 'Running it',
}

/** `docs/requirements.md`: each requirement with the tests that name it. */
export function requirementsPage(): string {
  const tests = testTitles()
  const counts = { proven: 0, partly: 0, open: 0 }
  for (const requirement of allRequirements) counts[statusOf(requirement, provers(requirement, tests))]++
  return [
    '# Requirements and the tests that prove them\n',
    'Made by `npm run gen` from `tools/requirements.json` and the titles of the tests; a test fails when it is stale.',
    '*Proven*: tests name the requirement and nothing of it is known to be missing. *Partly*: tests name it, and what is',
    'missing is said. *Open*: no test names it.\n',
    `${counts.proven} proven, ${counts.partly} partly, ${counts.open} open.\n`,
    ...Object.entries(areas).flatMap(([letter, title]) => [
      `## ${letter} ${title}\n`,
      ...allRequirements
        .filter(({ id }) => id.startsWith(letter))
        .map((requirement) => entry(requirement, provers(requirement, tests))),
    ]),
  ].join('\n')
}

export function statusOf(
  requirement: Requirement,
  tests: readonly TestTitle[],
): 'proven' | 'partly' | 'open' {
  if (tests.length === 0) return 'open'
  return requirement.missing === undefined ? 'proven' : 'partly'
}

function provers(requirement: Requirement, tests: readonly TestTitle[]): readonly TestTitle[] {
  return tests.filter((test) => test.proves.includes(requirement.id))
}

function entry(requirement: Requirement, tests: readonly TestTitle[]): string {
  const status = statusOf(requirement, tests)
  const missing = status === 'partly' ? `; missing: ${requirement.missing}` : ''
  const byFile = grouped(tests, (test) => test.path)
  const lines = [...byFile].map(([path, titles]) => {
    const words = titles.map(({ title }) => title).join('; ')
    return `- [${path}](../${path}): ${words}`
  })
  return [`### ${requirement.id} ${requirement.text}\n`, `${status}${missing}\n`, ...lines, ''].join('\n')
}
