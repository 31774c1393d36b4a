import { defineConfig } from 'vitest/config'

const notHere = ['**/node_modules/**', '**/dist/**', '**/dist.*/**']
const long = '**/*.long.test.ts'

/** Starts the run's own PostgreSQL and makes the template that test databases are copied from. */
const database = ['packages/server/src/database/global-setup.ts']

/**
 * A test's file name tells its cost. The kinds run one after the other, cheapest first, so that a mistake shows early
 * and servers, databases and browsers never compete for the machine with the tests that take no time.
 */
export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      kind(1, 'rules', ['tools/**/*.test.ts'], ['**/*.browser.test.ts']),
      kind(2, 'unit', ['packages/**/*.test.{ts,tsx}'], ['**/*.int.test.ts', '**/*.browser.test.ts', long]),
      withDatabase(kind(3, 'integration', ['packages/**/*.int.test.ts'], [long])),
      withDatabase(kind(4, 'scenarios', ['scenarios/**/*.scenario.ts'], [long])),
      // One at a time: the first to run unpacks the browser that the others use.
      kind(5, 'browser', ['{tools,packages,scenarios}/**/*.browser.test.{ts,tsx}'], [long], 1),
      withDatabase(kind(6, 'long', ['{tools,packages,scenarios}/**/*.long.test.ts'])),
    ],
  },
})

function kind(order: number, name: string, include: string[], exclude: string[] = [], workers?: number) {
  const test = { name, include, exclude: [...notHere, ...exclude], sequence: { groupOrder: order } }
  return { extends: true as const, test: workers === undefined ? test : { ...test, maxWorkers: workers } }
}

function withDatabase(project: ReturnType<typeof kind>) {
  return { ...project, test: { ...project.test, globalSetup: database } }
}
