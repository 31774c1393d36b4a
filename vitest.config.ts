import { defineConfig } from 'vitest/config'

const notHere = ['**/node_modules/**', '**/dist/**', '**/dist.*/**']
const long = '**/*.long.test.ts'

/**
 * A test's file name tells its cost. The kinds run one after the other, cheapest first, so that a mistake shows early
 * and servers, databases and browsers never compete for the machine with the tests that take no time.
 */
export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      kind(1, 'rules', ['tools/**/*.test.ts']),
      kind(2, 'unit', ['packages/**/*.test.{ts,tsx}'], ['**/*.int.test.ts', '**/*.browser.test.ts', long]),
      kind(3, 'integration', ['packages/**/*.int.test.ts'], [long]),
      kind(4, 'scenarios', ['scenarios/**/*.scenario.ts']),
      kind(5, 'browser', ['packages/**/*.browser.test.ts', 'scenarios/**/*.browser.test.ts']),
      kind(6, 'long', [long]),
    ],
  },
})

function kind(order: number, name: string, include: string[], exclude: string[] = []) {
  return {
    extends: true as const,
    test: { name, include, exclude: [...notHere, ...exclude], sequence: { groupOrder: order } },
  }
}
