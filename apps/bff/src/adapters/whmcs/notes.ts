import type { Secret } from '../gateway/secret.ts'
import { WhmcsError, type WhmcsNotes } from './whmcs.ts'

export type WhmcsDatabase = {
  host: string
  port: number
  user: string
  password: Secret
  /** The one with the procedures. */
  database: string
  isEncrypted: boolean
  /** PEM of the authorities to trust in place of the system's. */
  ca: string | null
}

const notYet = async (): Promise<never> => {
  throw new WhmcsError('transport', 'This call is not built yet', false)
}

/** Our own notes in the database of WHMCS. */
export const whmcsNotesOf = (_database: WhmcsDatabase): WhmcsNotes => ({
  check: notYet,
  find: notYet,
  remove: notYet,
  oldSecrets: notYet,
  redact: notYet,
  close: async () => {},
})
