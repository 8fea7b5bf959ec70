import { type ParseArgsConfig, parseArgs } from 'node:util'
import { openStore, type Store } from './adapters/store/store.ts'
import { readStoreConfig } from './config.ts'
import { startFailure } from './run.ts'

/** The words of a command line; `null` when they make no sense. */
export const wordsOf = <T extends ParseArgsConfig>(config: T) => {
  try {
    return parseArgs(config)
  } catch {
    return null
  }
}

/** In place of the usual line, what to do when a console has the store. */
type Options = { whenLocked?: string }

/** Opens the store of the settings for one thing, and closes it. */
export const withStore = async (work: (store: Store) => Promise<string>): Promise<string> => {
  const { dataDir, databaseUrl } = readStoreConfig(process.env)
  const store = await openStore({ folder: dataDir, databaseUrl: databaseUrl?.reveal() })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** Does one thing, and says what came of it or why nothing did. */
export const runCommand = async (work: () => Promise<string>, { whenLocked }: Options = {}): Promise<void> => {
  try {
    console.log(await work())
  } catch (error) {
    const isLocked = error instanceof Error && error.name === 'StoreLocked'
    const line = startFailure(error)
    console.error(isLocked && whenLocked !== undefined ? `${line.split('. ')[0]}. ${whenLocked}` : line)
    process.exitCode = 2
  }
}

export const runOnStore = (work: (store: Store) => Promise<string>, options?: Options): Promise<void> =>
  runCommand(() => withStore(work), options)
