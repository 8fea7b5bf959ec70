import { readFileSync } from 'node:fs'
import { createConnection } from 'mysql2/promise'
import * as z from 'zod'
import { Secret } from '../src/adapters/gateway/secret.ts'
import type { WhmcsDatabase } from '../src/adapters/whmcs/notes.ts'

/** Runs statements as the owner of the MariaDB server, one after the other. */
export const onMariadb = async (url: string, statements: string[]): Promise<void> => {
  const connection = await createConnection({ uri: url })
  try {
    for (const statement of statements) await connection.query(statement)
  } finally {
    await connection.end()
  }
}

/** What a statement reads there, as its owner. */
export const readMariadb = async <T>(url: string, statement: string, row: z.ZodType<T>): Promise<T[]> => {
  const connection = await createConnection({ uri: url })
  try {
    const [rows] = await connection.query(statement)
    return z.array(row).parse(rows)
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
