import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { openStore } from '../../apps/bff/src/adapters/store/store.ts'
import { findMariadb, startMariadb } from './mariadb.ts'
import { startPostgres } from './postgres.ts'

declare module 'vitest' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- declarations are merged into vitest's own
  interface ProvidedContext {
    postgresUrl: string
    blankStores: BlankStores
    /** Empty when this machine has no MariaDB; the tests that need it then fail and say so. */
    mariadbUrl: string
  }
}

/** Stores that have their tables and nothing in them. To copy one is three times as fast as to make its tables. */
type BlankStores = { folder: string; database: string }

const BLANK = 'blank_store'

const makeBlankStores = async (postgresUrl: string): Promise<BlankStores> => {
  const folder = await mkdtemp(join(tmpdir(), 'ostor-console-blank-'))
  const client = new Client({ connectionString: postgresUrl })
  await client.connect()
  await client.query(`drop database if exists ${BLANK}`)
  await client.query(`create database ${BLANK}`)
  await client.end()
  const databaseUrl = new URL(postgresUrl)
  databaseUrl.pathname = `/${BLANK}`
  for (const place of [{ folder }, { folder, databaseUrl: databaseUrl.href }]) await (await openStore(place)).close()
  return { folder, database: BLANK }
}

/** One server of each kind for the whole test run; each test makes a database of its own on it. */
export default async function setup(project: TestProject) {
  const [postgres, mariadb] = await Promise.all([startPostgres(), findMariadb() ? startMariadb() : null])
  const blankStores = await makeBlankStores(postgres.url)
  project.provide('postgresUrl', postgres.url)
  project.provide('blankStores', blankStores)
  project.provide('mariadbUrl', mariadb?.url ?? '')
  return async () => {
    await Promise.all([postgres.stop(), mariadb?.stop(), rm(blankStores.folder, { recursive: true, force: true })])
  }
}
