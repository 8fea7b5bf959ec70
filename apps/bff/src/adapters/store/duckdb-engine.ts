import { chmod, mkdir } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { Dialect } from 'kysely'
import { connectionsTo } from './duckdb-connections.ts'
import { DuckDbDriver, duckDbDialect } from './duckdb-driver.ts'

/** Another console works on this folder; the message is meant for the person who starts this one. */
export class StoreLocked extends Error {
  override name = 'StoreLocked'
}

// DuckDB's own lock holds between processes only; within one process a second opening would go through.
const openHere = new Set<string>()

const SETTINGS = {
  threads: '2',
  // Nothing is ever fetched from the network.
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  // As in PostgreSQL: 7 / 2 = 3, and nulls count as the largest.
  integer_division: 'true',
  default_null_order: 'nulls_last_on_asc_first_on_desc',
}

export type Engine = {
  dialect: Dialect
  alone: <T>(subject: string, work: () => Promise<T>) => Promise<T>
  close: () => Promise<void>
}

export const openDuckDb = async (folder: string): Promise<Engine> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(resolve(folder), 'console.duckdb')
  if (openHere.has(path)) throw locked(folder)
  openHere.add(path)
  try {
    const connections = await connectionsTo(() => openFile(path))
    return {
      dialect: duckDbDialect(new DuckDbDriver(connections)),
      // The file belongs to one process.
      alone: (_subject, work) => work(),
      close: async () => {
        await connections.close()
        openHere.delete(path)
      },
    }
  } catch (error) {
    openHere.delete(path)
    throw error instanceof Error && error.message.includes('Could not set lock') ? locked(folder, error) : error
  }
}

const openFile = async (path: string): Promise<DuckDBInstance> => {
  const instance = await DuckDBInstance.create(path, { ...SETTINGS, memory_limit: memoryLimit() })
  await chmod(path, 0o600)
  const connection = await instance.connect()
  await connection.run(`set global TimeZone = 'UTC'`)
  connection.closeSync()
  return instance
}

const locked = (folder: string, cause?: Error) => {
  const pid = /\(PID (\d+)\)/.exec(cause?.message ?? '')?.[1]
  const who = pid ? `the process ${pid}` : 'another console'
  return new StoreLocked(
    `The data folder ${folder} is in use by ${who}. Stop it first, or set DATA_DIR to another folder.`,
    cause && { cause },
  )
}

/** A part of the machine, from 96 to 128 MiB: what needs more goes to the disk. */
const memoryLimit = () => {
  const mebibytes = Math.round(totalmem() / 8 / 1024 ** 2)
  return `${Math.min(Math.max(mebibytes, 96), 128)}MiB`
}
