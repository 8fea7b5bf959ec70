import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{apps,packages}/**/*.test.{ts,tsx}', 'tests/{docs,support,reliability}/**/*.test.ts'],
    globalSetup: 'tests/support/postgres-setup.ts',
    // A stall of a shared machine is told apart from a fault by a second try.
    retry: process.env['CI'] ? 2 : 0,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
