import { randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { StoreConfig } from '../../../apps/bff/src/adapters/store/store.ts'

export type Engine = 'duckdb' | 'postgresql'
export type Place = StoreConfig & {
  engine: Engine
  bytes(): Promise<number>
  /** Another place with the same contents as long as nobody writes: DuckDB lets one process at a time into a file. */
  twin(): Promise<StoreConfig & { remove(): Promise<void> }>
  remove(): Promise<void>
}

/** An empty place for a store; `bytes` is what it takes on the disk once the store is closed. */
export const newPlace = async (engine: Engine, server: string): Promise<Place> => {
  const folder = mkdtempSync(join(tmpdir(), 'ostor-console-bench-'))
  const drop = () => rmSync(folder, { recursive: true, force: true })
  if (engine === 'duckdb') {
    return {
      engine,
      folder,
      bytes: async () => statSync(join(folder, 'console.duckdb')).size,
      twin: async () => {
        const copy = mkdtempSync(join(tmpdir(), 'ostor-console-bench-'))
        cpSync(folder, copy, { recursive: true })
        return { folder: copy, remove: async () => rmSync(copy, { recursive: true, force: true }) }
      },
      remove: async () => drop(),
    }
  }
  const name = `bench_${randomUUID().replaceAll('-', '')}`
  const ask = async (statement: string): Promise<Record<string, string>[]> => {
    const client = new Client({ connectionString: server })
    await client.connect()
    try {
      return (await client.query<Record<string, string>>(statement)).rows
    } finally {
      await client.end()
    }
  }
  await ask(`create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    engine,
    folder,
    databaseUrl: url.href,
    twin: async () => ({ folder, databaseUrl: url.href, remove: async () => {} }),
    bytes: async () => Number((await ask(`select pg_database_size('${name}') as bytes`))[0]?.['bytes']),
    remove: async () => {
      await ask(`drop database ${name} with (force)`)
      drop()
    },
  }
}
