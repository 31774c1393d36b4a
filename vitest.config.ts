import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['packages/**/*.test.ts', 'tools/**/*.test.ts', 'scenarios/**/*.scenario.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
