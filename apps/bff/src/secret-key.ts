import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Secret } from './adapters/gateway/secret.ts'
import { ConfigError } from './config.ts'

const SHORTEST = 32

/** The key that signs cookies: the one that is set, or one that is made once and kept where only this user reads it. */
export const secretKeyOf = (config: { secretKey: Secret | null; dataDir: string }): Secret => {
  if (config.secretKey) return config.secretKey
  const path = join(config.dataDir, 'secret-key')
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  try {
    writeFileSync(path, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600)
  const text = readFileSync(path, 'utf8').trim()
  if (text.length < SHORTEST) {
    throw new ConfigError(
      `${path} holds ${text.length} characters, but must hold at least ${SHORTEST}; delete it to have a new one made`,
    )
  }
  return Secret.of(text)
}
