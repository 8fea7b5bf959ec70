import { startSimulator } from '@ostor-console/gateway-sim/simulator'
import type { AuditEntry } from '@ostor-console/shared/audit'
import type { Message } from '@ostor-console/shared/messages'
import type { User } from '@ostor-console/shared/users'
import { expect, onTestFinished, test, vi } from 'vitest'
import { installProcedures } from '../../apps/bff/test/whmcs-procedures.ts'
import { mariadbUrl, startFakeWhmcs } from '../../apps/bff/test/whmcs-world.ts'
import { signIn, startConsole } from '../support/console-process.ts'

const HURRIED = `--import=${new URL('../support/hurried-clock.ts', import.meta.url).pathname}`
const PATIENCE = { timeout: 45_000, interval: 100 }

/** A console with WHMCS in the mode `database`, which can be killed and started again on the same store. */
const killable = async () => {
  const simulator = await startSimulator({ users: 3, buckets: 0, days: 0 })
  onTestFinished(() => simulator.close())
  const fake = await startFakeWhmcs({ clients: 3 })
  const { host, port, user, password, database } = await installProcedures(mariadbUrl(), fake.database)
  const env = {
    NODE_OPTIONS: HURRIED,
    WHMCS_MODE: 'database',
    WHMCS_API_URL: fake.url,
    WHMCS_IDENTIFIER: fake.identifier,
    WHMCS_SECRET: fake.secret,
    WHMCS_MAX_RPS: '100',
    WHMCS_DB_URL: `mysql://${user}:${password.reveal()}@${host}:${port}/${database}`,
  }
  let running = await startConsole(simulator, { env })
  onTestFinished(() => running.stop())
  let headers = await signIn(running).then((session) => session.headers)
  const path = '/api/v1/clusters/default'
  const request = (method: 'GET' | 'POST', url: string, body?: object) =>
    fetch(`${running.url}${url}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  const ask = async <T>(...given: Parameters<typeof request>): Promise<T> => {
    const reply = await request(...given)
    if (!reply.ok) throw new Error(`${given[1]}: ${reply.status} ${await reply.text()}`)
    return (await reply.json()) as T
  }
  const allEnded = async () => {
    const { items: writes } = await ask<{ items: AuditEntry[] }>('GET', `${path}/audit`)
    const { items: messages } = await ask<{ items: Message[] }>('GET', '/api/v1/whmcs/queue?show=all')
    expect(writes.filter(({ outcome }) => outcome === 'started' || outcome === 'unknown')).toEqual([])
    expect(messages.filter(({ state }) => state !== 'done')).toEqual([])
  }
  return {
    fake,
    path,
    request,
    ask,
    control: simulator.control,
    async killAndRestart() {
      await running.kill()
      const { folder } = running
      running = await startConsole(simulator, { env, folder, withAdmin: false })
      headers = await signIn(running).then((session) => session.headers)
    },
    /** Nothing is under way any more, at the gateway or on its way to WHMCS. */
    rest: () => vi.waitFor(allEnded, PATIENCE),
    notes: async (userid: number) => (await fake.control.notes({ userid })).map(({ note }) => note),
  }
}

test('acceptance 3: a console that is killed between the change at the gateway and its message tells WHMCS once, when it runs again', {
  timeout: 200_000,
}, async () => {
  const here = await killable()
  const { fake, control, path } = here
  // The gateway makes the user, and before the console hears of it, it is gone.
  for (const method of ['PUT', 'POST']) control.faults.add({ method, hang: 'after' })
  const gone = here.request('POST', `${path}/users`, { email: 'new@example.com', clientId: 2 }).catch(() => null)
  const made = () => control.oracle.users().find(({ email }) => email === 'new@example.com')
  await vi.waitFor(() => expect(made()).toBeDefined(), PATIENCE)
  expect(fake.control.calls().filter(({ action }) => action === 'AddClientNote')).toEqual([])
  await here.killAndRestart()
  expect(await gone).toBeNull()
  control.faults.clear()
  await here.rest()
  const { id: userId, keys } = made() ?? { id: '', keys: [] }
  expect(await here.notes(2)).toEqual([
    expect.stringContaining(`S3 user: ${userId}   E-mail: new@example.com`),
    expect.stringContaining(`Access key ID: ${keys[0]?.id}`),
  ])

  // Another stands in the audit, and the first note about them is on its way: it has arrived, or it has not.
  for (const { clientId, isCarriedOut } of [
    { clientId: 1, isCarriedOut: true },
    { clientId: 3, isCarriedOut: false },
  ]) {
    fake.control.clearCalls()
    fake.control.addFault({ kind: 'hang', action: 'AddClientNote', isCarriedOut, times: 1 })
    const { user } = await here.ask<{ user: User }>('POST', `${path}/users`, {
      email: `${clientId}@x.example`,
      clientId,
    })
    const arrived = async () => {
      expect(fake.control.calls().filter(({ action }) => action === 'AddClientNote')).toHaveLength(1)
      expect(await here.notes(clientId)).toHaveLength(isCarriedOut ? 1 : 0)
    }
    await vi.waitFor(arrived, PATIENCE)
    await here.killAndRestart()
    await here.rest()
    const [key] = control.oracle.users().find(({ id }) => id === user.id)?.keys ?? []
    expect(await here.notes(clientId)).toEqual([
      expect.stringContaining(`S3 user: ${user.id}   E-mail: ${clientId}@x.example`),
      expect.stringContaining(`Access key ID: ${key?.id}`),
    ])
  }
})
