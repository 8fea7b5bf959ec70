import { createHash, randomBytes } from 'node:crypto'
import { Secret as Seed, TOTP } from 'otpauth'
import type { Secret } from '../../adapters/gateway/secret.ts'

const SEED_BYTES = 20
const PERIOD_SECONDS = 30
const RECOVERY_CODES = 10
// 120 bits: enough to keep them under a plain hash (ASVS 5.0.0 6.5.2).
const RECOVERY_CODE_BYTES = 15

const base32 = (bytes: number): string => new Seed({ buffer: new Uint8Array(randomBytes(bytes)).buffer }).base32

/** What every authenticator app understands; many know nothing else. */
const totpOf = (seed: string, label = '', issuer = ''): TOTP =>
  new TOTP({ issuer, label, algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS, secret: Seed.fromBase32(seed) })

export const newSeed = (): string => base32(SEED_BYTES)

/** The address that an app reads from the picture. */
export const addressOf = (seed: string, email: string, issuer: string): string => totpOf(seed, email, issuer).toString()

/** The time step whose code this is: the one that runs, the one before or the one after; `null` for any other code. */
export const stepOf = (seed: Secret, code: string, at: Date): number | null => {
  const token = code.replaceAll(' ', '')
  if (!/^\d{6}$/.test(token)) return null
  const delta = totpOf(seed.reveal()).validate({ token, timestamp: at.getTime(), window: 1 })
  return delta === null ? null : Math.floor(at.getTime() / 1000 / PERIOD_SECONDS) + delta
}

/** `ABCD-EFGH-…`, six groups of four. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: RECOVERY_CODES }, () => (base32(RECOVERY_CODE_BYTES).match(/.{4}/g) ?? []).join('-'))

/** However it is typed, with the digits that are taken for letters. */
export const recoveryCodeHash = (adminId: string, code: string): string => {
  const letters = code.replace(/[\s-]/g, '').toUpperCase()
  const meant = letters.replaceAll('0', 'O').replaceAll('1', 'I').replaceAll('8', 'B')
  return createHash('sha256').update(`${adminId} ${meant}`).digest('base64url')
}
