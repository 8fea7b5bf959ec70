import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { type Lease, leases } from './leases.ts'

/** A place that keeps its connection until the file is opened anew. */
export type Slot = { connection: DuckDBConnection }
export type Connections = Awaited<ReturnType<typeof connectionsTo>>

const READERS = 4
const WAIT_MS = 60_000

/**
 * One connection that writes and some that read, each lent to one at a time. After a fatal error, such as a disk that
 * was full at a checkpoint, DuckDB answers nothing more until its file is opened anew, which the next borrower does.
 */
export const connectionsTo = async (open: () => Promise<DuckDBInstance>) => {
  let instance: DuckDBInstance | null = await open()
  let isGivenUp = false
  let isClosing = false
  let mending: Promise<void> | null = null
  const slot = async (): Promise<Slot> => ({ connection: await connect(instance) })
  const writer = await slot()
  const readers = await Promise.all(Array.from({ length: READERS }, slot))
  const slots = [writer, ...readers]
  const writing = leases([writer], WAIT_MS)
  const reading = leases(readers, WAIT_MS)

  const closeAll = (): void => {
    if (instance === null) return
    for (const { connection } of slots) connection.closeSync()
    instance.closeSync()
    instance = null
  }

  /** Works once nobody else uses a connection: one that is closed under its borrower takes the process with it. */
  const alone = async (work: () => Promise<void>): Promise<void> => {
    const asked = await Promise.allSettled([writing.borrow(), ...readers.map(() => reading.borrow())])
    try {
      for (const each of asked) if (each.status === 'rejected') throw each.reason
      await work()
    } finally {
      for (const each of asked) if (each.status === 'fulfilled') each.value.release()
    }
  }

  /** Whoever uses a connection is failed by DuckDB soon. */
  const mend = (): Promise<void> =>
    alone(async () => {
      closeAll()
      instance = await open()
      for (const each of slots) each.connection = await connect(instance)
      isGivenUp = false
    })

  const refuseClosed = (): void => {
    if (isClosing) throw new Error('the store is closed')
  }

  const borrow = async (isReading: boolean): Promise<Lease<Slot>> => {
    refuseClosed()
    if (isGivenUp) {
      mending ??= mend().finally(() => {
        mending = null
      })
      await mending
      refuseClosed()
    }
    return isReading ? reading.borrow() : writing.borrow()
  }

  return {
    borrow,
    /** Runs on a lent connection and sees whether DuckDB gave its file up. */
    async use<T>({ item }: Lease<Slot>, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
      try {
        return await work(item.connection)
      } catch (error) {
        isGivenUp ||= isFatal(error)
        throw error
      }
    },
    /** Waits for whatever is under way, and refuses whoever asks from now on. */
    async close(): Promise<void> {
      isClosing = true
      await alone(async () => {
        // Without it, the next start reads the log instead.
        await writer.connection.run('checkpoint').catch(() => undefined)
        closeAll()
      })
    },
  }
}

const connect = (instance: DuckDBInstance | null): Promise<DuckDBConnection> => {
  if (instance === null) throw new Error('the store is closed')
  return instance.connect()
}

const isFatal = (error: unknown): boolean =>
  error instanceof Error && /^FATAL Error|database has been invalidated/.test(error.message)
