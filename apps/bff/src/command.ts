import { type ParseArgsConfig, parseArgs } from 'node:util'
import { openStore, type Store } from './adapters/store/store.ts'
import { readStoreConfig } from './config.ts'
import { startFailure } from './run.ts'

/** The words of a command line; `null` when they make no sense. */
export const wordsOf = (args: string[], options: NonNullable<ParseArgsConfig['options']>) => {
  try {
    return parseArgs({ args, options }).values
  } catch {
    return null
  }
}

/** In place of the usual line, what to do when a console has the store. */
type Options = { whenLocked?: string }

/** Opens the store of the settings, does one thing, says what came of it, and closes the store. */
export const runOnStore = async (
  work: (store: Store) => Promise<string>,
  { whenLocked }: Options = {},
): Promise<void> => {
  try {
    const { dataDir, databaseUrl } = readStoreConfig(process.env)
    const store = await openStore({ folder: dataDir, databaseUrl: databaseUrl?.reveal() })
    try {
      console.log(await work(store))
    } finally {
      await store.close()
    }
  } catch (error) {
    const isLocked = error instanceof Error && error.name === 'StoreLocked'
    const line = startFailure(error)
    console.error(isLocked && whenLocked !== undefined ? `${line.split('. ')[0]}. ${whenLocked}` : line)
    process.exitCode = 2
  }
}
