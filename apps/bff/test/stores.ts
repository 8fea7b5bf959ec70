import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { inject, onTestFinished } from 'vitest'
import { openStore, type Store, type StoreConfig } from '../src/adapters/store/store.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL server where databases may be created (`tests/support/databases-setup.ts`). */
    postgresUrl: string
  }
}

export const ENGINES = ['duckdb', 'postgresql'] as const
export type EngineName = (typeof ENGINES)[number]

/** An empty place for a store: a folder of its own and, for PostgreSQL, a database of its own. Both go with the test. */
export const emptyPlace = async (engine: EngineName): Promise<StoreConfig> => {
  const folder = await mkdtemp(join(tmpdir(), 'ostor-console-store-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  if (engine === 'duckdb') return { folder }

  const name = `test_${randomUUID().replaceAll('-', '')}`
  await onServer(`create database ${name}`)
  onTestFinished(() => onServer(`drop database ${name} with (force)`))
  const databaseUrl = new URL(inject('postgresUrl'))
  databaseUrl.pathname = `/${name}`
  return { folder, databaseUrl: databaseUrl.href }
}

/** An empty store, closed when the test ends. */
export const emptyStore = async (engine: EngineName): Promise<Store> => {
  const store = await openStore(await emptyPlace(engine))
  onTestFinished(() => store.close())
  return store
}

/** Runs a statement as the owner of the PostgreSQL server. */
export const onServer = async (statement: string) => {
  const client = new Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
