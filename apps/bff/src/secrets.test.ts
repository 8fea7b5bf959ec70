import { inspect } from 'node:util'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { keptLog } from '../test/log.ts'
import { ADMIN, CLUSTER, world } from '../test/world.ts'
import type { Store } from './adapters/store/store.ts'

const rowsOf = async ({ db }: Store): Promise<string> => {
  const tables = await sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema not in ('information_schema', 'pg_catalog')`.execute(db)
  const rows = await Promise.all(tables.rows.map(({ name }) => sql`select * from ${sql.table(name)}`.execute(db)))
  expect(rows.length).toBeGreaterThan(4)
  return rows.map((table) => inspect(table.rows, { depth: 5, maxArrayLength: null, maxStringLength: null })).join('\n')
}

test('no secret reaches a log, the store or an answer that is not meant to show it, even at the finest level', async () => {
  const log = keptLog()
  const built = await world({ simulator: { users: 3, buckets: 3, days: 1 }, parts: { logger: log.logger } })
  const { admin, simulator, store, session, setup } = built
  const system = simulator.secretAccessKey
  const answers: string[] = []
  const ask = async (...given: Parameters<typeof admin>) => {
    const reply = await admin(...given)
    answers.push(reply.body + JSON.stringify(reply.headers))
    return reply
  }

  const created = await admin('POST', `${CLUSTER}/users`, { email: 'canary@example.com' })
  expect(created.statusCode).toBe(201)
  const { user, key } = created.json()
  const second = await admin('POST', `${CLUSTER}/users/${user.id}/keys`)
  expect(second.statusCode).toBe(201)

  const faults = [
    { status: 500 },
    { reset: 'after' as const },
    { html: true, status: 502 },
    { body: `{"leak":"${system}"}` },
    null,
  ]
  for (const fault of faults) {
    simulator.control.faults.clear()
    if (fault) simulator.control.faults.add(fault)
    await ask('GET', `${CLUSTER}/users/${user.id}`)
    await ask('GET', `${CLUSTER}/users/${user.id}/keys`)
    await ask('GET', `${CLUSTER}/users/${user.id}/limits`)
    await ask('PUT', `${CLUSTER}/users/${user.id}/state`, { state: 'disabled' })
  }
  await ask('GET', '/api/v1/clusters')
  await ask('GET', `${CLUSTER}/connection`)
  await ask('GET', `${CLUSTER}/audit`)
  await ask('POST', '/api/v1/session', { email: ADMIN.email, password: 'canary-wrong-password' })
  await ask('POST', '/api/v1/setup', { code: setup.code, email: 'x@example.com', password: 'canary-setup-password' })

  const cookie = decodeURIComponent(session().cookie?.split('=')[1] ?? '')
  const secrets = {
    'the key of the console': system,
    'the first key of a user': key.secret,
    'the second key of a user': second.json().secret,
    'a password': ADMIN.password,
    'a wrong password': 'canary-wrong-password',
    'the password of a setup': 'canary-setup-password',
    'the code of the setup': setup.code,
    'a session': cookie.split('.')[0] ?? '',
    'a token': session()['x-csrf-token'] ?? '',
  }
  const sinks = { log: log.text(), store: await rowsOf(store), answers: answers.join('\n') }
  expect(sinks.log.length).toBeGreaterThan(5000)
  for (const [name, secret] of Object.entries(secrets)) {
    expect(secret.length).toBeGreaterThan(8)
    const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]
    const found = Object.entries(sinks).filter(([, text]) => forms.some((form) => text.includes(form)))
    expect({ [name]: found.map(([sink]) => sink) }).toEqual({ [name]: [] })
  }
})
