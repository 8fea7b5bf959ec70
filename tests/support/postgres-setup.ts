import type { TestProject } from 'vitest/node'
import { startPostgres } from './postgres.ts'

declare module 'vitest' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- declarations are merged into vitest's own
  interface ProvidedContext {
    postgresUrl: string
  }
}

/** One server for the whole test run; each test makes a database of its own on it. */
export default async function setup(project: TestProject) {
  const { url, stop } = await startPostgres()
  project.provide('postgresUrl', url)
  return stop
}
