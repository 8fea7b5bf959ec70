import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Whmcs as Fake, startWhmcs, type WhmcsOptions } from '@ostor-console/whmcs-sim/simulator'
import { createConnection } from 'mysql2/promise'
import { inject, onTestFinished } from 'vitest'
import { Secret } from '../src/adapters/gateway/secret.ts'
import type { WhmcsApi } from '../src/adapters/whmcs/client.ts'
import type { WhmcsDatabase } from '../src/adapters/whmcs/notes.ts'

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

/** Runs statements as the owner of the MariaDB server, one after the other. */
export const onMariadb = async (url: string, statements: string[]): Promise<void> => {
  const connection = await createConnection({ uri: url })
  try {
    for (const statement of statements) await connection.query(statement)
  } finally {
    await connection.end()
  }
}

const FOLDER = new URL('../../../integrations/whmcs/', import.meta.url)

/** The statements of a file that changes its DELIMITER, as the client of MariaDB reads it. */
const statementsOf = (text: string): string[] =>
  text.split(/^DELIMITER .*$/m).flatMap((part, at) =>
    part
      .split(at % 2 === 1 ? '//' : ';')
      .map((statement) => statement.replaceAll(/^--.*$/gm, '').trim())
      .filter((statement) => statement !== ''),
  )

/**
 * What the files of `integrations/whmcs` make, for the schema `schema`, under names of its own. The database has no TLS
 * here, so that is not asked for.
 */
export const installProcedures = async (
  url: string,
  schema: string,
  { withOldSecrets = false }: { withOldSecrets?: boolean } = {},
): Promise<WhmcsDatabase> => {
  const [database, user, password] = [`dash_of_${schema}`, `u_${schema}`, 'canary-of-the-database']
  const files = withOldSecrets ? ['database.sql', 'old-secrets.sql'] : ['database.sql']
  for (const file of files) {
    const text = readFileSync(new URL(file, FOLDER), 'utf8')
      .replaceAll('ostordash', database)
      .replaceAll("'dash", `'${user}`)
      .replaceAll('whmcs.', `${schema}.`)
      .replaceAll("'whmcs'", `'${schema}'`)
      .replaceAll('10.0.0.5', '127.0.0.1')
      .replaceAll('change-me', password)
      .replaceAll(' REQUIRE SSL', '')
    await onMariadb(url, statementsOf(text))
  }
  const { hostname: host, port } = new URL(url)
  return { host, port: Number(port), user, password: Secret.of(password), database, isEncrypted: false, ca: null }
}

/** What an adapter needs to call the fake: much faster than the defaults, and not patient. */
export const apiOf = ({ url, identifier, secret }: Fake, changes: Partial<WhmcsApi> = {}): WhmcsApi => ({
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

type FakeOptions = Omit<WhmcsOptions, 'mariadb' | 'database'>

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
