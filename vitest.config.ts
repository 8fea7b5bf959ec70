import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{apps,packages}/**/*.test.{ts,tsx}', 'tests/{docs,support,reliability}/**/*.test.ts'],
    globalSetup: 'tests/support/postgres-setup.ts',
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
