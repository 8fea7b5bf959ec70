import { type Simulator, startSimulator } from '@ostor-console/gateway-sim/simulator'
import { test as base, type Page } from '@playwright/test'
import { type ConsoleProcess, startConsole } from '../support/console-process.ts'

type Shared = {
  simulator: Simulator
  running: ConsoleProcess
  signedIn: Page
}

/** The world of the browser tests: small enough to know, large enough to page, ninety days deep. */
const WORLD = { users: 120, buckets: 360, days: 90, period: 3600, services: 2, seed: 11, itemsPerObject: 20 }

export const signInOnPage = async (page: Page, { url, email, password }: ConsoleProcess): Promise<void> => {
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation').first().waitFor()
}

/** One simulator, one console, one browser session for all tests of a worker: `page` is always that signed-in page. */
export const test = base.extend<{ page: Page }, Shared>({
  simulator: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern.
    async ({}, provide) => {
      const simulator = await startSimulator(WORLD)
      await provide(simulator)
      await simulator.close()
    },
    { scope: 'worker' },
  ],
  running: [
    async ({ simulator }, provide) => {
      const running = await startConsole(simulator)
      await provide(running)
      await running.stop()
    },
    { scope: 'worker' },
  ],
  signedIn: [
    async ({ browser, running }, provide) => {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        locale: 'en-GB',
        timezoneId: 'UTC',
        baseURL: running.url,
        permissions: ['clipboard-read', 'clipboard-write'],
      })
      const page = await context.newPage()
      await signInOnPage(page, running)
      await provide(page)
      await context.close()
    },
    { scope: 'worker' },
  ],
  page: async ({ signedIn, simulator }, provide) => {
    await provide(signedIn)
    simulator.control.faults.clear()
  },
})

export { expect } from '@playwright/test'

export const CLUSTER = '/c/default'
