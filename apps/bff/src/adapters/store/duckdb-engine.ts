import { chmod, mkdir } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { type Dialect } from 'kysely'
import { DuckDbDriver, duckDbDialect } from './duckdb-driver.ts'

/** Another console works on this folder; the message is meant for the person who starts this one. */
export class StoreLocked extends Error {
  override name = 'StoreLocked'
}

// DuckDB's own lock holds between processes only; within one process a second opening would go through.
const openHere = new Set<string>()

const READERS = 2

const SETTINGS = {
  threads: '2',
  // Nothing is ever fetched from the network.
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  // As in PostgreSQL: 7 / 2 = 3, and nulls count as the largest.
  integer_division: 'true',
  default_null_order: 'nulls_last_on_asc_first_on_desc',
}

export type Engine = { dialect: Dialect; close: () => Promise<void> }

export const openDuckDb = async (folder: string): Promise<Engine> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(resolve(folder), 'console.duckdb')
  if (openHere.has(path)) throw locked(folder)
  openHere.add(path)
  try {
    const instance = await DuckDBInstance.create(path, { ...SETTINGS, memory_limit: memoryLimit() })
    await chmod(path, 0o600)
    const writer = await instance.connect()
    await writer.run(`set global TimeZone = 'UTC'`)
    const readers = await Promise.all(Array.from({ length: READERS }, () => instance.connect()))
    return {
      dialect: duckDbDialect(new DuckDbDriver(writer, readers)),
      close: async () => {
        // A read that is still under way forbids it; then the next start reads the log instead.
        await writer.run('checkpoint').catch(() => undefined)
        for (const connection of [writer, ...readers]) connection.closeSync()
        instance.closeSync()
        openHere.delete(path)
      },
    }
  } catch (error) {
    openHere.delete(path)
    throw error instanceof Error && error.message.includes('Could not set lock') ? locked(folder, error) : error
  }
}

const locked = (folder: string, cause?: Error) => {
  const pid = /\(PID (\d+)\)/.exec(cause?.message ?? '')?.[1]
  const who = pid ? `the process ${pid}` : 'another console'
  return new StoreLocked(
    `The data folder ${folder} is in use by ${who}. Stop it first, or set DATA_DIR to another folder.`,
    cause && { cause },
  )
}

/** A quarter of the machine, between 256 MiB and 2 GiB: the console shares it with Node and with others. */
const memoryLimit = () => {
  const mebibytes = Math.round(totalmem() / 4 / 1024 ** 2)
  return `${Math.min(Math.max(mebibytes, 256), 2048)}MiB`
}
