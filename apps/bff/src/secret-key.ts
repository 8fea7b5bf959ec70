import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Secret } from './adapters/gateway/secret.ts'
import { lockedFields } from './adapters/store/rekey.ts'
import { createSealer, type Sealer } from './adapters/store/sealed.ts'
import type { Store } from './adapters/store/store.ts'
import { refuseReadable } from './config.ts'
import { ConfigError } from './config-values.ts'
import { SETTINGS } from './settings.ts'

type Keys = { secretKey: Secret | null; oldSecretKey: Secret | null; dataDir: string }

/** The key that is set, or one that is made once and kept where only this user reads it. */
export const secretKeyOf = (config: Pick<Keys, 'secretKey' | 'dataDir'>): Secret => {
  if (config.secretKey) return config.secretKey
  const path = join(config.dataDir, 'secret-key')
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  try {
    writeFileSync(path, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  refuseReadable('SECRET_KEY', path)
  const text = readFileSync(path, 'utf8').trim()
  const checked = SETTINGS.SECRET_KEY.schema.safeParse(text)
  if (checked.success) return Secret.of(text)
  throw new ConfigError(`The key in ${path} ${checked.error.issues[0]?.message ?? 'is wrong'}`)
}

/** What opens and seals with the keys of the settings. Rejects when the store holds what none of them opens. */
export const sealerOf = async (store: Pick<Store, 'db'>, config: Keys): Promise<Sealer> => {
  const sealer = createSealer(secretKeyOf(config), config.oldSecretKey)
  const locked = await lockedFields(store, sealer)
  if (locked === 0) return sealer
  throw new ConfigError(
    `SECRET_KEY is not the key of this store: ${locked} secrets in it were sealed with another one. Set SECRET_KEY_OLD to that key; if it is lost, see "A lost key" in docs/operations.md`,
  )
}
