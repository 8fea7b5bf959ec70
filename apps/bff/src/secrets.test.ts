import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { bulkDesk } from '../test/bulk-desk.ts'
import { ENCODINGS, encodingsIn } from '../test/encodings.ts'
import { ACCOUNT, codeAt, FACTOR } from '../test/factor-desk.ts'
import { keptLog } from '../test/log.ts'
import { blankPlace, ENGINES, emptyStore } from '../test/stores.ts'
import { whmcsDay } from '../test/whmcs-day.ts'
import { ADMIN } from '../test/world.ts'
import { restoreBackup } from './adapters/store/backup-restore.ts'
import { backupsOf } from './adapters/store/backups.ts'
import type { Store } from './adapters/store/store.ts'

const NEW_PASSWORD = 'canary of somebody who joins'
const WRONG_PASSWORD = 'canary of a wrong password'
const SETUP_PASSWORD = 'canary of somebody who sets up'
/** Each store goes with one of the modes in which no secret reaches WHMCS. */
const MODES = { duckdb: 'database', postgresql: 'append' } as const

/** Every row of every table, bytes as their text. */
const rowsOf = async ({ db }: Store): Promise<string[]> => {
  const tables = await sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema not in ('information_schema', 'pg_catalog')`.execute(db)
  const rows = await Promise.all(tables.rows.map(({ name }) => sql`select * from ${sql.table(name)}`.execute(db)))
  expect(rows.length).toBeGreaterThan(20)
  return rows.flatMap((table) => table.rows.flatMap((row) => Object.values(row ?? {}).map(textOf)))
}

const textOf = (value: unknown): string => {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1')
  return typeof value === 'string' ? value : (JSON.stringify(value, withBigInts) ?? '')
}
const withBigInts = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)

const filesIn = async (folder: string): Promise<string[]> => {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = found.filter((entry) => entry.isFile())
  return Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1')))
}

const secretsIn = (json: string) => [...json.matchAll(/"secret":"([^"]+)"/g)].map(([, secret]) => secret)

/** Lives a day of a console in which each secret there is comes up, and says them all. */
const day = async (engine: (typeof ENGINES)[number]) => {
  const log = keptLog()
  const { databaseUrl } = await blankPlace(engine)
  const whmcs = await whmcsDay(MODES[engine])
  const here = await bulkDesk({ users: 4, buckets: 4, days: 1 }, { logger: log.logger, ...whmcs.parts }, databaseUrl)
  const telling = await whmcs.telling(here)
  const { admin, ask, user, control, simulator, setup, session, plan, post, work, read } = here
  const secrets: Record<string, string> = {
    ...whmcs.secrets,
    'the key of the console': simulator.secretAccessKey,
    'a password': ADMIN.password,
    'a wrong password': WRONG_PASSWORD,
    'the password of a setup': SETUP_PASSWORD,
    'the password of somebody who joined': NEW_PASSWORD,
    'the code of the setup': setup.code,
  }
  const answers: string[] = []
  const urls: string[] = []
  const noteSession = (name: string) => {
    const { cookie = '', 'x-csrf-token': token = '' } = session()
    secrets[`the session of ${name}`] = decodeURIComponent(cookie.split('=')[1] ?? '').split('.')[0] ?? ''
    secrets[`the token of ${name}`] = token
  }
  /** For what may hold no secret. */
  const see = async (...given: Parameters<typeof admin>): Promise<void> => {
    const reply = await admin(...given)
    urls.push(given[1])
    answers.push(reply.body, JSON.stringify({ ...reply.headers, 'set-cookie': undefined }))
  }
  /** For the one answer that may hold one: it is noted, and what else the answer says is searched. */
  const reveal = async (name: string, path: string, body: object, found: (json: string) => (string | undefined)[]) => {
    const reply = await ask('POST', path, body)
    here.handOver(reply)
    expect({ name, status: reply.status < 300, text: reply.status < 300 ? '' : reply.text }).toMatchObject({
      status: true,
    })
    for (const [n, secret] of found(reply.text).entries()) secrets[`${name} ${n}`] = secret ?? ''
  }
  noteSession('the admin')

  const { id } = user(1)
  const soon = new Date(Date.now() + 3_600_000).toISOString()
  expect((await admin('POST', '/api/v1/clients/1/links', { cluster: 'demo', userId: id })).statusCode).toBe(201)
  await reveal('the first key of a user', '/users', { email: 'canary@example.com', clientId: 2 }, secretsIn)
  await reveal('a generated key', `/users/${id}/keys`, {}, secretsIn)
  await see('DELETE', `/api/v1/clusters/demo/users/${id}/keys/${user(1).keys[0]?.id}`, {})
  await reveal('a rotated key', `/users/${id}/keys/${user(1).keys[0]?.id}/rotation`, { dueAt: soon }, secretsIn)
  await reveal('the key of an account', `/users/${user(2).id}/accounts`, { name: 'canary' }, secretsIn)
  await reveal('another key of an account', `/users/${user(2).id}/accounts/canary/keys`, {}, secretsIn)
  const run = await plan({ action: 'create' }, { by: 'emails', text: 'a-canary@example.com\nb-canary@example.com' })
  await post(run.id, 'start')
  for (let n = 0; n < 20 && (await read(run.id)).state !== 'ended'; n += 1) await work()
  await reveal('the key of a bulk change', `/bulk/${run.id}/keys`, {}, secretsIn)

  const invited = await admin('POST', '/api/v1/admins', { email: 'new@example.com', role: 'viewer' })
  const code: string = invited.json().code
  secrets['the code of a link'] = code
  await see('POST', '/api/v1/session', { email: ADMIN.email, password: WRONG_PASSWORD })
  await see('POST', '/api/v1/session/proof', { password: WRONG_PASSWORD })
  await see('POST', '/api/v1/setup', { code: setup.code, email: 'x@example.com', password: SETUP_PASSWORD })
  await see('POST', '/api/v1/join', { code: `${code}x`, password: NEW_PASSWORD })
  here.inOtherBrowser()
  const joined = await admin('POST', '/api/v1/join', { code, password: NEW_PASSWORD })
  expect(joined.statusCode).toBe(200)
  noteSession('somebody who joined')
  here.inOtherBrowser()
  expect((await here.signIn()).statusCode).toBe(200)
  noteSession('the admin who came back')
  const { seed } = (await admin('POST', FACTOR, { password: ADMIN.password })).json()
  secrets['the seed of an app'] = seed
  const enrolled = await admin('PUT', FACTOR, { code: codeAt(seed, Date.now()) })
  expect(enrolled.statusCode).toBe(200)
  noteSession('the admin with an app')
  for (const [n, one] of enrolled.json<{ recoveryCodes: string[] }>().recoveryCodes.entries())
    secrets[`recovery code ${n}`] = one
  await see('PUT', FACTOR, { code: secrets['recovery code 0'] })
  await see('POST', `${ACCOUNT}/recovery-codes`, { password: WRONG_PASSWORD, method: 'app', code: '000000' })
  await see('GET', ACCOUNT)
  await whmcs.live(here, telling, see)
  await whmcs.comeIn(here, answers)

  const faults = [
    { status: 500 },
    { reset: 'after' as const },
    { html: true, status: 502 },
    { cutAt: 20, framing: 'content-length' as const },
    { body: `{"leak":"${simulator.secretAccessKey}"}` },
    {
      status: 403,
      body: `<Error><Code>SignatureDoesNotMatch</Code><Message>${simulator.secretAccessKey}</Message></Error>`,
    },
  ]
  for (const fault of faults) {
    control.faults.add(fault)
    for (const what of ['', '/keys', '/limits', '/quota']) await see('GET', `/api/v1/clusters/demo/users/${id}${what}`)
    await see('PUT', `/api/v1/clusters/demo/users/${id}/state`, { state: 'disabled' })
    await see('POST', `/api/v1/clusters/demo/users/${user(3).id}/keys`, {})
    control.faults.clear()
    await here.gateway.ping()
  }
  for (const path of ['clusters', 'session', 'session/all', 'admins', 'nowhere', '%zz'])
    if (path !== 'session') await see('GET', `/api/v1/${path}`)
  const PAGES = [
    'audit',
    'audit/actors',
    'operations',
    'scheduled',
    'users',
    'buckets',
    'bulk',
    `bulk/${run.id}`,
    'connection',
    'dialect',
  ]
  for (const page of PAGES) await see('GET', `/api/v1/clusters/demo/${page}`)
  for (const format of ['csv', 'jsonl']) await see('GET', `/api/v1/clusters/demo/audit/export?format=${format}`)
  await see('GET', `/api/v1/clusters/demo/bulk/${run.id}/results.csv`)
  await see('GET', `/api/v1/clusters/demo/bulk/${run.id}/items`)
  for (const path of ['/metrics', '/livez', '/readyz', '/api/openapi.json', '/<b>nowhere</b>']) await see('GET', path)
  // What the gateway holds, and nobody was shown.
  for (const { keys, accounts } of control.oracle.users())
    for (const [n, { secret }] of [...keys, ...accounts.flatMap((one) => one.keys)].entries())
      secrets[`at the gateway ${keys[0]?.id} ${n}`] = secret
  return { ...here, secrets: { ...secrets, ...whmcs.secrets }, answers, urls, log, whmcs }
}

describe('every secret of a day', () => {
  test.each(ENGINES)('is written down nowhere, in no encoding, with the store on %s', async (engine) => {
    const { store, folder, secrets, answers, urls, log, oracle, control, whmcs } = await day(engine)
    const backup = join(folder, 'backup')
    await backupsOf(store).take(backup)
    const restored = await emptyStore('duckdb')
    await restoreBackup(restored, backup)

    const sinks = {
      log: [log.text()],
      rows: await rowsOf(store),
      files: await filesIn(folder),
      'rows of the backup': await rowsOf(restored),
      answers,
      urls: [...urls, ...control.calls().map(({ url }) => url)],
      ...(await whmcs.sinks()),
    }
    expect(sinks.log[0]?.length).toBeGreaterThan(20_000)
    expect(sinks.files.join('').length).toBeGreaterThan(20_000)
    expect(sinks.rows.join('')).toContain('canary@example.com')
    expect(oracle.users().length).toBe(8)
    expect(Object.keys(secrets).length).toBeGreaterThan(30)
    const found: Record<string, string[]> = {}
    for (const [name, secret] of Object.entries(secrets)) {
      expect({ name, isLong: secret.length > 8 }).toEqual({ name, isLong: true })
      for (const [sink, texts] of Object.entries(sinks)) {
        const encodings = encodingsIn(texts, secret)
        if (encodings.length > 0) found[`${name} in ${sink}`] = encodings
      }
    }
    expect(found).toEqual({})
  })

  test.each(Object.entries(ENCODINGS))('would be found as %s', (name, forms) => {
    const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
    for (const form of forms(secret)) expect(encodingsIn([`before ${form} after`], secret)).toContain(name)
    const inWords = Buffer.from(`some words and ${secret} at last`).toString('base64')
    expect(encodingsIn([inWords], secret)).toContain('base64')
  })
})
