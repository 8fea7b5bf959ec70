import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { inject, onTestFinished } from 'vitest'
import { openStore, type Store, type StoreConfig } from '../src/adapters/store/store.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL server where databases may be created (`tests/support/databases-setup.ts`). */
    postgresUrl: string
    /** A folder and a database of that server, each with the tables of a store and nothing in them. */
    blankStores: { folder: string; database: string }
  }
}

export const ENGINES = ['duckdb', 'postgresql'] as const
export type EngineName = (typeof ENGINES)[number]

/** An empty place for a store: a folder of its own and, for PostgreSQL, a database of its own. Both go with the test. */
export const emptyPlace = async (engine: EngineName): Promise<StoreConfig> => {
  const folder = await ownFolder()
  return engine === 'duckdb' ? { folder } : { folder, databaseUrl: await ownDatabase('template1') }
}

/** As an empty place, but the tables are there already. */
export const blankPlace = async (engine: EngineName): Promise<StoreConfig> => {
  const folder = await ownFolder()
  if (engine === 'postgresql') return { folder, databaseUrl: await ownDatabase(inject('blankStores').database) }
  await putBlankStore(folder)
  return { folder }
}

/** Puts the embedded store with its tables there, and nothing in them. */
export const putBlankStore = (folder: string): Promise<void> =>
  cp(inject('blankStores').folder, folder, { recursive: true })

/** An empty store, closed when the test ends. */
export const emptyStore = async (engine: EngineName): Promise<Store> => {
  const store = await openStore(await blankPlace(engine))
  onTestFinished(() => store.close())
  return store
}

const ownFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'ostor-console-store-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

const ownDatabase = async (template: string): Promise<string> => {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await onServer(`create database ${name} template ${template}`)
  onTestFinished(() => onServer(`drop database ${name} with (force)`))
  const databaseUrl = new URL(inject('postgresUrl'))
  databaseUrl.pathname = `/${name}`
  return databaseUrl.href
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
