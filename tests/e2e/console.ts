import type { SimulatorOptions } from '@ostor-console/gateway-sim/options'
import { type Simulator, startSimulator } from '@ostor-console/gateway-sim/simulator'
import type { Collector } from '@ostor-console/shared/collector'
import type { Session } from '@ostor-console/shared/session'
import type { UserPage } from '@ostor-console/shared/users'
import { type Browser, test as base, expect, type Page } from '@playwright/test'
import { type ConsoleProcess, type GatewayAddress, startConsole } from '../support/console-process.ts'
import { remains, watch } from './breaches.ts'

type Shared = {
  /** What pages did that none may, in all contexts since the test began; it has to be empty when the test ends. */
  seen: string[]
  simulator: Simulator
  /** What the console is told besides where its gateway is. */
  settings: Record<string, string>
  running: ConsoleProcess
  signedIn: Page
}

type World = { simulator: Simulator; running: ConsoleProcess; page: Page }

type Own = {
  page: Page
  /** Runs around every test. */
  keepsToItself: undefined
  /** Another gateway, with a console and a browser of its own, until the end of the test. */
  elsewhere: (
    options: SimulatorOptions,
    /** What the console is told of the gateway; called before the console starts. */
    address?: (simulator: Simulator) => Partial<GatewayAddress>,
    env?: Record<string, string>,
  ) => Promise<World>
}

/** The world of the browser tests: small enough to know, large enough to page, ninety days deep. */
const WORLD = {
  users: 120,
  disabledUsers: 9,
  twoKeyUsers: 20,
  accountUsers: 8,
  quotaUsers: 70,
  quotaUnit: 'bytes',
  buckets: 360,
  days: 90,
  period: 7200,
  services: 2,
  seed: 11,
  itemsPerObject: 20,
  silentPeriods: 0,
} as const

export const signInOnPage = async (page: Page, { url, email, password }: ConsoleProcess): Promise<void> => {
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('navigation').first().waitFor()
}

/** The cluster has a name, as it would have where there are several. */
export const named = ({ endpoint, accessKeyId, secretAccessKey }: GatewayAddress, ways = {}) => ({
  OSTOR_ENDPOINT: '',
  OSTOR_CLUSTERS: JSON.stringify([
    { id: 'default', name: 'Storage Vienna', endpoint, accessKeyId, secretAccessKey, ...ways },
  ]),
})

/** A session of the browser of its own, in which the admin of the console is signed in. */
export const signedInPage = async (browser: Browser, running: ConsoleProcess): Promise<Page> => {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    baseURL: running.url,
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const page = await context.newPage()
  await signInOnPage(page, running)
  return page
}

/** What no browser may keep: of each key that the gateway holds, and of the admin. */
export const secretsOf = ({ control, secretAccessKey }: Simulator, { password }: ConsoleProcess): string[] => [
  secretAccessKey,
  password,
  ...control.oracle
    .users()
    .flatMap(({ keys, accounts }) => [...keys, ...accounts.flatMap((account) => account.keys)])
    .map(({ secret }) => secret),
]

/** All tests together take longer than a proof holds. */
const proveAnew = async (page: Page, { url, password }: ConsoleProcess): Promise<void> => {
  const { csrfToken, provedUntil }: Session = await (await page.request.get('/api/v1/session')).json()
  if (csrfToken === null || provedUntil === null || Date.parse(provedUntil) - Date.now() > 4 * 60_000) return
  const headers = { 'x-csrf-token': csrfToken, 'x-requested-by': 'console', origin: url }
  const proved = await page.request.post('/api/v1/session/proof', { data: { password }, headers })
  expect(proved.status()).toBe(200)
}

/** One simulator, one console, one browser session for all tests of a worker: `page` is always that signed-in page. */
export const test = base.extend<Own, Shared>({
  seen: [
    async ({ browser }, provide) => {
      const seen: string[] = []
      browser.on('context', (context) => watch(context, seen))
      await provide(seen)
    },
    { scope: 'worker' },
  ],
  keepsToItself: [
    async ({ seen }, provide) => {
      seen.length = 0
      await provide(undefined)
      expect(seen, 'what the pages did').toEqual([])
    },
    { auto: true },
  ],
  simulator: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern.
    async ({}, provide) => {
      const simulator = await startSimulator(WORLD)
      await provide(simulator)
      await simulator.close()
    },
    { scope: 'worker' },
  ],
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern.
  settings: [async ({}, provide) => provide({}), { scope: 'worker' }],
  running: [
    async ({ simulator, settings }, provide) => {
      const running = await startConsole(simulator, {
        env: { ...named(simulator, { quotaUnit: 'bytes' }), QUOTA_READS_PER_SECOND: '50', ...settings },
      })
      await provide(running)
      await running.stop()
    },
    { scope: 'worker' },
  ],
  signedIn: [
    // oxlint-disable-next-line no-unused-vars -- The page is watched from its beginning.
    async ({ browser, running, seen: _ }, provide) => {
      const page = await signedInPage(browser, running)
      await provide(page)
      await page.context().close()
    },
    { scope: 'worker' },
  ],
  page: async ({ signedIn, simulator, running }, provide) => {
    await proveAnew(signedIn, running)
    await provide(signedIn)
    simulator.control.faults.clear()
    expect(await remains(signedIn, secretsOf(simulator, running))).toEqual([])
  },
  elsewhere: async ({ browser }, provide) => {
    const endings: (() => Promise<void>)[] = []
    await provide(async (options, address = () => ({}), env = {}) => {
      const simulator = await startSimulator(options)
      endings.unshift(() => simulator.close())
      const gateway = { ...simulator, ...address(simulator) }
      const running = await startConsole(gateway, { env: { ...named(gateway), ...env } })
      endings.unshift(() => running.stop())
      const page = await signedInPage(browser, running)
      endings.unshift(async () => {
        expect(await remains(page, secretsOf(simulator, running))).toEqual([])
        await page.context().close()
      })
      return { simulator, running, page }
    })
    for (const end of endings) await end()
  },
})

export { expect } from '@playwright/test'

export const CLUSTER = '/c/default'

/** A user of its own for a test, made past the console; the list has it after the next read of the gateway. */
export const newUser = (simulator: Simulator, email: string, keys = 1) => {
  // The console refuses to change users who share one, and tests share a simulator in an order that nobody knows.
  expect(simulator.control.oracle.users().map((user) => user.email)).not.toContain(email)
  return simulator.control.users.create({ email, keys })
}

export const openUser = (page: Page, userId: string, tab = 'overview') =>
  page.goto(`${CLUSTER}/users/${userId}?tab=${tab}`)

/** On the form that changes limits. */
export const limitTo = async (page: Page, name: string, unit: string, value: string): Promise<void> => {
  await page
    .getByRole('radiogroup', { name: `${name}: unlimited or limited` })
    .getByText('Limit to')
    .click()
  await page.getByRole('textbox', { name: `${name}, ${unit}` }).fill(value)
}

/** Gateway calls that change something. */
export const writesIn = (simulator: Simulator) => simulator.control.calls().filter(({ method }) => method !== 'GET')

const HOURS = 3_600_000

/**
 * Waits until the collector has read all that the gateway lists; `settled` also until it has looked at the latest
 * objects twice, which is when it takes them for final.
 */
export const untilCollected = (page: Page, how: 'read' | 'settled' = 'read') =>
  expect
    .poll(
      async () => {
        const answer = await page.request.get('/api/v1/clusters/default/usage/collector')
        const { state, completeUntil }: Pick<Collector, 'state' | 'completeUntil'> = await answer.json()
        const isSettled = completeUntil !== null && Date.now() - Date.parse(completeUntil) < 5 * HOURS
        return state === 'up-to-date' && (how === 'read' || isSettled)
      },
      { timeout: 120_000 },
    )
    .toBe(true)

/** The value that stands beside a name. */
export const fact = (page: Page, name: string) =>
  page
    .locator('dl > div')
    .filter({ has: page.getByRole('term').filter({ hasText: new RegExp(`^${name}$`) }) })
    .getByRole('definition')

/** Every digit, as the console writes it. */
export const digits = (value: bigint | number) => value.toLocaleString('en')
export const exactly = (bytes: bigint | number) => `${digits(bytes)} bytes`

const DAY = 86_400_000

/** The start of the day in UTC that lies this many days back. */
export const dayAgo = (days: number): number => Math.floor(Date.now() / DAY) * DAY - days * DAY
export const dayText = (at: number): string => new Date(at).toISOString().slice(0, 10)

const usersSummary = async (page: Page): Promise<UserPage['summary']> => {
  const { summary }: UserPage = await (await page.request.get('/api/v1/clusters/default/users')).json()
  return summary
}

/** Until the console has read the list anew, when users were made at the gateway behind its back. */
export const untilListed = (page: Page, users: number): Promise<void> =>
  expect.poll(async () => (await usersSummary(page)).total, { timeout: 60_000 }).toBe(users)

/** Until the quotas of so many users were read, one by one; without a number, of all. */
export const untilQuotasKnown = (page: Page, users?: number): Promise<void> =>
  expect(async () => {
    const { quotas, total } = await usersSummary(page)
    expect(quotas.known).toBeGreaterThanOrEqual(users ?? total)
  }).toPass({ timeout: 60_000 })
