import type { Page } from '@playwright/test'
import * as z from 'zod'
import { CHROMIUM_ARGS, provideChromium } from '../support/chromium.ts'
import { CLUSTER, expect, signedInPage, signInOnPage } from './console.ts'
import { EVERY_PAGE } from './every-route.ts'
import { LIMITED } from './furnished.ts'
import { changeReadings, failReadings, holdReadings } from './readings.ts'
import { FIRST_DAY, HELD, hold, holdPage, PARTIAL, test } from './still-world.ts'

const Sourced = z.looseObject({ source: z.looseObject({}).optional() })

/** The page as it stands looks as it did when its pictures were taken, in both themes. */
const looksAsBefore = async (page: Page, name: string): Promise<void> => {
  // What the machine chooses, free ports and how fast it is, and what nobody can foresee, how a token begins.
  const mask = [page.locator('dd').filter({ hasText: /127\.0\.0\.1:\d|^\d+ ms$/ }), page.getByText(/^ostor_/)]
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expect.soft(page).toHaveScreenshot(`${name}-${colorScheme}.png`, { mask, maskColor: 'gray' })
  }
}

const FONTCONFIG_FILE = new URL('../support/plain-letters.conf', import.meta.url).pathname

test.use({
  launchOptions: {
    executablePath: provideChromium(),
    args: CHROMIUM_ARGS,
    // A field for a date speaks the language of the browser, not of the page.
    env: { ...process.env, LC_ALL: 'C.UTF-8', LANGUAGE: 'en', FONTCONFIG_FILE },
  },
  trace: 'off',
})

for (const shown of EVERY_PAGE) {
  test(`the page ${shown.name} looks as it did`, async ({ open }) => {
    const page = await open(shown)
    await page.setViewportSize({ width: 1440, height: 900 })
    await looksAsBefore(page, shown.name)
  })
}

test.describe('a page looks as it did', () => {
  test('while it is read for the first time', async ({ page }) => {
    const read = await holdReadings(page, /\/clusters\/default\/buckets\?/)
    await page.goto(`${CLUSTER}/buckets`)
    await expect(page.getByLabel('Loading')).toBeVisible()
    await looksAsBefore(page, 'state-loading')
    read()
    await expect(page.getByLabel('Loading')).toHaveCount(0)
  })

  test('when there is nothing, and on the first day', async ({ elsewhere }) => {
    const { page } = await elsewhere(FIRST_DAY, hold, HELD)
    await holdPage(page)
    await page.goto(`${CLUSTER}/buckets`)
    await expect(page.getByText('No buckets yet')).toBeVisible()
    await looksAsBefore(page, 'state-empty')
    await page.goto(`${CLUSTER}/overview`)
    await expect(page.getByRole('list', { name: 'First steps' })).toBeVisible()
    await looksAsBefore(page, 'state-first-use')
  })

  test('when nothing matches', async ({ page }) => {
    await page.goto(`${CLUSTER}/users?search=nobody-at-all`)
    await expect(page.getByRole('button', { name: 'Clear the filter', exact: true })).toBeVisible()
    await looksAsBefore(page, 'state-no-match')
  })

  test('when a panel could not be read', async ({ page }) => {
    const mend = await failReadings(page, /\/usage\/top\?/)
    await page.goto(`${CLUSTER}/overview`)
    await expect(page.getByRole('region', { name: 'Top users, last 30 days' }).getByRole('alert')).toBeVisible()
    await looksAsBefore(page, 'state-failed')
    await mend()
  })

  test('when it is out of reach', async ({ browser, running, known }) => {
    expect(known.joinCode).not.toBe('')
    const context = await browser.newContext({ baseURL: running.url, locale: 'en-GB', timezoneId: 'UTC' })
    const hers = await context.newPage()
    await holdPage(hers)
    await signInOnPage(hers, { ...running, ...LIMITED })
    await hers.goto(`${CLUSTER}/overview`)
    await expect(hers.getByText('This page is out of reach', { exact: true })).toBeVisible()
    await looksAsBefore(hers, 'state-out-of-reach')
    await context.close()
  })

  test('without a network', async ({ page }) => {
    await page.goto(`${CLUSTER}/users`)
    await expect(page.getByRole('table', { name: 'Users' })).toBeVisible()
    // What came later would not come any more.
    await page
      .getByTitle(/^Traffic of the last 30 days: /)
      .first()
      .waitFor()
    await page.getByRole('link', { name: /^Gateway answers/ }).waitFor()
    await page.context().setOffline(true)
    await expect(page.getByText('You are offline.')).toBeVisible()
    await looksAsBefore(page, 'state-offline')
    await page.context().setOffline(false)
  })

  test('when its figures are stale', async ({ page }) => {
    const isOld = { staleSince: '2026-09-16T09:10:00.000Z' }
    const mend = await changeReadings(page, /\/usage\//, ({ status, body }) => {
      const { source, ...rest } = Sourced.parse(body)
      return { status, body: source ? { ...rest, source: { ...source, ...isOld } } : rest }
    })
    await page.goto(`${CLUSTER}/usage`)
    await expect(page.getByRole('region', { name: 'Whole cluster', exact: true })).toContainText('stale since')
    await looksAsBefore(page, 'state-stale')
    await mend()
  })

  test('when something of it is missing', async ({ page }) => {
    await page.goto(`${CLUSTER}/usage?${PARTIAL}`)
    await expect(page.getByRole('region', { name: 'Whole cluster', exact: true })).toContainText('periods missing')
    await looksAsBefore(page, 'state-partial')
  })

  test('when the session has ended', async ({ browser, running }) => {
    const page = await signedInPage(browser, running)
    await holdPage(page)
    await page.goto(`${CLUSTER}/users`)
    await expect(page.getByRole('table', { name: 'Users' })).toBeVisible()
    await page.context().clearCookies()
    // Whatever the page asks next ends it; by then the link may lie under the cover.
    await page.getByRole('link', { name: 'Buckets', exact: true }).dispatchEvent('click')
    await expect(page.getByRole('dialog', { name: 'Sign in again' })).toBeVisible()
    await looksAsBefore(page, 'state-session-ended')
    await page.context().close()
  })
})
