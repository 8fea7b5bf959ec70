import { type Simulator, startSimulator } from '@ostor-console/gateway-sim/simulator'
import { startWhmcs, type Whmcs } from '@ostor-console/whmcs-sim/simulator'
import { installProcedures } from '../../apps/bff/test/whmcs-procedures.ts'
import { provideMariadb, startMariadb } from '../support/mariadb.ts'
import { test as base, newUser } from './console.ts'

const SCHEMA = 'whmcs'
const EMAILS = [
  'anna@berger.example',
  'a@alpha.example',
  'b@beta.example',
  'closing@customer.example',
  'one-of-two@customer.example',
  'other-of-two@customer.example',
] as const

/** A user with one key, who is there from the start. */
export const userOf = (simulator: Simulator, email: (typeof EMAILS)[number]) => {
  const user = simulator.control.oracle.users().find((each) => each.email === email)
  if (!user) throw new Error(`there is no ${email}`)
  return user
}

/** A console that tells a simulated WHMCS over a real MariaDB, in the mode `database`; both are shared by the tests of a file. */
export const test = base.extend<object, { whmcs: Whmcs & { settings: Record<string, string> } }>({
  whmcs: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern.
    async ({}, provide) => {
      provideMariadb()
      const { url: mariadb, stop } = await startMariadb()
      const whmcs = await startWhmcs({ mariadb, database: SCHEMA, clients: 60 })
      const { host, port, user, password, database } = await installProcedures(mariadb, SCHEMA, {
        withOldSecrets: true,
      })
      const settings = {
        WHMCS_MODE: 'database',
        WHMCS_API_URL: whmcs.url,
        WHMCS_IDENTIFIER: whmcs.identifier,
        WHMCS_SECRET: whmcs.secret,
        WHMCS_DB_URL: `mysql://${user}:${password.reveal()}@${host}:${port}/${database}`,
        WHMCS_ADMIN_URL: 'https://billing.provider.example/admin',
      }
      await provide({ ...whmcs, settings })
      await whmcs.close()
      await stop()
    },
    { scope: 'worker' },
  ],
  simulator: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern.
    async ({}, provide) => {
      const simulator = await startSimulator({
        users: 12,
        buckets: 20,
        quotaUnit: 'bytes',
        days: 2,
        period: 7200,
        services: 1,
        seed: 5,
      })
      // They are there before the console reads the list of users, which it keeps for a while.
      for (const email of EMAILS) newUser(simulator, email)
      await provide(simulator)
      await simulator.close()
    },
    { scope: 'worker' },
  ],
  settings: [async ({ whmcs }, provide) => provide(whmcs.settings), { scope: 'worker' }],
})
