import { type Simulator, startSimulator } from '@ostor-console/gateway-sim/simulator'
import type { Page } from '@playwright/test'
import { type ConsoleProcess, startConsole } from '../support/console-process.ts'
import { remains } from './breaches.ts'
import { type Chosen, choose } from './chosen.ts'
import { expect, newUser, secretsOf, signedInPage, untilCollected, untilQuotasKnown } from './console.ts'
import type { Shown } from './every-route.ts'
import { furnish, LEAVING } from './furnished.ts'
import { test as base } from './whmcs-world.ts'

/** A Wednesday, with one whole month before it. */
const HELD_AT = '2026-09-16T09:30:00.000Z'
const HELD_CLOCK = `--import=${new URL('../support/held-clock.ts', import.meta.url).pathname}`

/** What a console is started with whose clock is to stand. */
export const HELD = { HELD_AT, NODE_OPTIONS: HELD_CLOCK }

const SMALL = {
  now: HELD_AT,
  users: 24,
  disabledUsers: 3,
  twoKeyUsers: 4,
  accountUsers: 3,
  quotaUsers: 14,
  quotaUnit: 'bytes',
  buckets: 60,
  days: 47,
  period: 21_600,
  services: 2,
  seed: 11,
  itemsPerObject: 20,
  silentPeriods: 0,
} as const
/** Nobody, and no statistics: what a console looks like on its first day. */
export const FIRST_DAY = { now: HELD_AT, users: 0, buckets: 0, collectStatistics: false }

/** Nothing moves at the gateway either. */
export const hold = ({ control }: Simulator): object => {
  control.clock.freeze()
  return {}
}

/** The clock of the browser stands too. */
export const holdPage = (page: Page): Promise<void> => page.clock.setFixedTime(HELD_AT)

/** What the addresses of pages need to know. */
export type Known = Awaited<ReturnType<typeof furnish>> & {
  clientId: number
  statistics: string
  month: string
  signIn: string
  join: string
  setup: string
}
type Open = (shown: Shown, chosen?: Partial<Chosen>) => Promise<Page>

/** Waits until nothing of the page is still to come. */
const arrived = async (page: Page): Promise<void> => {
  await page.locator('h1').first().waitFor({ state: 'attached' })
  await expect(page.locator('[aria-busy="true"], output[aria-label], .mantine-Skeleton-root')).toHaveCount(0)
}

const showsAs = async (page: Page, { density, language }: Chosen): Promise<boolean> => {
  const html = page.locator('html')
  return (await html.getAttribute('data-density')) === density && (await html.getAttribute('lang')) === language
}

/** Half a day of one gateway that was lost. */
const LOST = { from: Date.parse('2026-08-05T08:00:00Z'), to: Date.parse('2026-08-05T20:00:00Z') }
/** The days around it, in which the rest is known. */
export const PARTIAL = 'from=2026-08-02&to=2026-08-08'

/** A small console with WHMCS in which time stands, and which looks the same each time that it is built. */
export const test = base.extend<{ open: Open }, { known: Known; newborn: ConsoleProcess; outside: Page }>({
  simulator: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern.
    async ({}, provide) => {
      const simulator = await startSimulator(SMALL)
      const { control } = simulator
      hold(simulator)
      newUser(simulator, LEAVING)
      const ofOneGateway = control.oracle.objects().filter(({ name }) => name.includes('0065-'))
      const lost = ofOneGateway.filter(({ startMs }) => startMs >= LOST.from && startMs < LOST.to)
      for (const { name } of lost) control.statistics.remove(name)
      await provide(simulator)
      await simulator.close()
    },
    { scope: 'worker' },
  ],
  settings: [async ({ whmcs }, provide) => provide({ ...whmcs.settings, ...HELD }), { scope: 'worker' }],
  signedIn: [
    // oxlint-disable-next-line no-unused-vars -- The page is watched from its beginning.
    async ({ browser, running, seen: _ }, provide) => {
      const page = await signedInPage(browser, running)
      await holdPage(page)
      await provide(page)
      await page.context().close()
    },
    { scope: 'worker' },
  ],
  /** A console without an admin. */
  newborn: [
    async ({ simulator }, provide) => {
      const newborn = await startConsole(simulator, { withAdmin: false, env: HELD })
      await provide(newborn)
      await newborn.stop()
    },
    { scope: 'worker' },
  ],
  /** Of somebody who is not signed in. */
  outside: [
    // oxlint-disable-next-line no-unused-vars -- The page is watched from its beginning.
    async ({ browser, seen: _ }, provide) => {
      const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC' })
      const page = await context.newPage()
      await holdPage(page)
      await provide(page)
      await context.close()
    },
    { scope: 'worker' },
  ],
  // Where time stands, a proof of who somebody is has no end.
  // oxlint-disable-next-line no-unused-vars -- Every page is that of the furnished console.
  page: async ({ signedIn, known: _, simulator, running }, provide) => {
    await provide(signedIn)
    expect(await remains(signedIn, secretsOf(simulator, running))).toEqual([])
  },
  open: async ({ page, outside, known }, provide) => {
    await provide(async ({ isSignedIn, addressOf }, { density = 'comfortable', language = 'en' } = {}) => {
      const shown = isSignedIn ? page : outside
      const chosen = { density, language }
      await shown.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
      if (shown.url().startsWith('http')) await choose(shown, chosen)
      await shown.goto(addressOf(known))
      await arrived(shown)
      // Another origin keeps another choice, and an address that differs by its fragment loads nothing.
      if (!(await showsAs(shown, chosen))) {
        await choose(shown, chosen)
        await shown.reload()
        await arrived(shown)
      }
      // It is asked for after the page.
      if (isSignedIn) await shown.locator('a.health').waitFor()
      return shown
    })
  },
  known: [
    async ({ signedIn, running, newborn, simulator, whmcs }, provide) => {
      await untilCollected(signedIn)
      await untilQuotasKnown(signedIn)
      const email = 'anna@berger.example'
      const clientId = await whmcs.control.addClient({ firstname: 'Anna', lastname: 'Berger', email })
      const [first] = simulator.control.oracle.objects()
      const month = '2026-08'
      const leavesAt = '2026-09-19T09:30:00.000Z'
      const furnished = await furnish(signedIn, running.url, { clientId, month, leavesAt })
      const outside = {
        signIn: `${running.url}/sign-in`,
        join: `${running.url}/join#code=${furnished.joinCode}`,
        setup: `${newborn.url}/setup`,
      }
      await provide({ ...furnished, ...outside, clientId, month, statistics: first?.name ?? '' })
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})
