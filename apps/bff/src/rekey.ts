import { rekeyAll } from './adapters/store/rekey.ts'
import { runOnStore, wordsOf } from './command.ts'
import { readKeyConfig } from './config.ts'
import { sealerOf } from './secret-key.ts'

const USAGE = `Usage: npm run rekey

Seals the secrets in the store with SECRET_KEY that were sealed with SECRET_KEY_OLD. The console does so by itself when it
starts with both. It may be stopped anywhere and run again; consoles that have both keys go on meanwhile.`

if (wordsOf({}) === null) {
  console.error(USAGE)
  process.exitCode = 2
} else {
  await runOnStore(async (store) => {
    const { sealed, damaged } = await rekeyAll(store, await sealerOf(store, readKeyConfig(process.env)))
    if (damaged > 0) process.exitCode = 1
    const rest = damaged > 0 ? `, and ${damaged} are damaged and were left` : '. SECRET_KEY_OLD is not needed any more'
    return `Sealed ${sealed} secrets anew${rest}.`
  })
}
