import { randomUUID } from 'node:crypto'
import { type Whmcs as Fake, startWhmcs, type WhmcsOptions } from '@ostor-console/whmcs-sim/simulator'
import { inject, onTestFinished } from 'vitest'
import { Secret } from '../src/adapters/gateway/secret.ts'
import type { WhmcsApi } from '../src/adapters/whmcs/client.ts'
import { onMariadb } from './whmcs-procedures.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A MariaDB where schemas may be made (`tests/support/databases-setup.ts`); empty without one. */
    mariadbUrl: string
  }
}

/** The server that the test run started. */
export const mariadbUrl = (): string => {
  const url = inject('mariadbUrl')
  if (url === '') throw new Error('This test needs MariaDB: install mariadb-server, or run npm test once as root.')
  return url
}

type Addressed = Pick<Fake, 'url' | 'identifier' | 'secret'>

/** What an adapter needs to call the fake: much faster than the defaults, and not patient. */
export const apiOf = ({ url, identifier, secret }: Addressed, changes: Partial<WhmcsApi> = {}): WhmcsApi => ({
  url: new URL(url),
  identifier,
  secret: Secret.of(secret),
  accessKey: null,
  ca: null,
  timeoutMs: 5000,
  maxPerSecond: 1000,
  maxParallel: 2,
  ...changes,
})

export type FakeOptions = Omit<WhmcsOptions, 'mariadb' | 'database'>

/** A simulated WHMCS with a schema of its own, which goes when it is closed. */
export const openFakeWhmcs = async (options: FakeOptions = {}): Promise<Fake> => {
  const mariadb = mariadbUrl()
  const database = `w_${randomUUID().replaceAll('-', '').slice(0, 12)}`
  const whmcs = await startWhmcs({ mariadb, database, ...options })
  const close = async (): Promise<void> => {
    await whmcs.close()
    await onMariadb(mariadb, [`DROP DATABASE ${database}`])
  }
  return { ...whmcs, close }
}

/** The same, closed when the test ends. */
export const startFakeWhmcs = async (options: FakeOptions = {}): Promise<Fake> => {
  const whmcs = await openFakeWhmcs(options)
  onTestFinished(whmcs.close)
  return whmcs
}

/** Changes the table of notes until the test ends. */
export const alterNotes = async ({ database }: Pick<Fake, 'database'>, change: string, undo: string): Promise<void> => {
  const alter = (how: string) => onMariadb(mariadbUrl(), [`ALTER TABLE ${database}.tblnotes ${how}`])
  await alter(change)
  onTestFinished(() => alter(undo))
}
