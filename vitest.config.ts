import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { texts } from './apps/web/words.ts'

const isLong = ({ moduleId }: TestSpecification): boolean => moduleId.includes('/tests/reliability/')

/** Those that take minutes come first, so that none of them is left to run alone at the end. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => Number(isLong(b)) - Number(isLong(a)))
  }
}

export default defineConfig({
  plugins: [texts()],
  test: {
    projects: [
      { extends: true, test: { name: 'pages', include: ['apps/web/**/*.test.{ts,tsx}'] } },
      {
        extends: true,
        test: {
          name: 'servers',
          include: ['{apps,packages}/**/*.test.ts', 'tests/{docs,support,integrations,reliability}/**/*.test.ts'],
          exclude: ['apps/web/**', '**/node_modules/**'],
          globalSetup: 'tests/support/databases-setup.ts',
          // To load all that a console is made of takes seconds, and nothing of it remembers a test.
          isolate: false,
        },
      },
    ],
    sequence: { sequencer: LongFirst },
    // A stall of a shared machine is told apart from a fault by a second try.
    retry: process.env['CI'] ? 2 : 0,
    // One more than a small machine has cores: much of the time of a test is waiting, for a process, the disk or a database.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
