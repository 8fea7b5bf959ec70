import type { TestProject } from 'vitest/node'
import { findMariadb, startMariadb } from './mariadb.ts'
import { startPostgres } from './postgres.ts'

declare module 'vitest' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- declarations are merged into vitest's own
  interface ProvidedContext {
    postgresUrl: string
    /** Empty when this machine has no MariaDB; the tests that need it then fail and say so. */
    mariadbUrl: string
  }
}

/** One server of each kind for the whole test run; each test makes a database of its own on it. */
export default async function setup(project: TestProject) {
  const [postgres, mariadb] = await Promise.all([startPostgres(), findMariadb() ? startMariadb() : null])
  project.provide('postgresUrl', postgres.url)
  project.provide('mariadbUrl', mariadb?.url ?? '')
  return async () => {
    await Promise.all([postgres.stop(), mariadb?.stop()])
  }
}
