import type { Browser, Page } from '@playwright/test'
import { CLUSTER, expect, test, untilCollected } from './console.ts'
import { RANGE } from './figures.ts'

/** What a page says, without the ages in it. */
const pictureOf = async (page: Page): Promise<string> =>
  (await page.getByRole('main').ariaSnapshot()).replaceAll(/\b(just now|\d+ \w+ ago)\b/g, 'AGE')

/** Opens the address of the page in a session of the browser that knows nothing of it: it says the same. */
const showsTheSameElsewhere = async (browser: Browser, page: Page): Promise<void> => {
  const context = await browser.newContext({
    storageState: await page.context().storageState(),
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
  })
  const other = await context.newPage()
  await other.goto(page.url())
  const isSame = () =>
    expect(async () => expect(await pictureOf(other)).toBe(await pictureOf(page))).toPass({ timeout: 30_000 })
  // What was counted meanwhile is in both once the first page is read again.
  await isSame().catch(async () => {
    await page.reload()
    await isSame()
  })
  await context.close()
}

const choose = async (page: Page, group: string, option: string): Promise<void> =>
  page.getByRole('radiogroup', { name: group, exact: true }).getByText(option, { exact: true }).click()

const hideColumn = async (page: Page, column: string): Promise<void> => {
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('menuitemcheckbox', { name: column }).click()
  await page.keyboard.press('Escape')
}

test('whoever opens the address of a page that was changed all over sees the same', async ({
  page,
  browser,
  simulator,
}) => {
  test.slow()
  await untilCollected(page)

  await page.goto(`${CLUSTER}/users`)
  await page.getByRole('searchbox').fill('example')
  await expect(page).toHaveURL(/search=example/)
  await choose(page, 'State', 'Enabled')
  await page.getByRole('table', { name: 'Users' }).getByRole('button', { name: 'Stored' }).click()
  await page.getByRole('button', { name: 'Next page' }).click()
  await expect(page).toHaveURL(/page=2/)
  await hideColumn(page, 'State')
  await page
    .getByRole('checkbox', { name: /^Select .+example/ })
    .first()
    .click()
  await expect(page).toHaveURL(/hide=state&ticked=/)
  await showsTheSameElsewhere(browser, page)

  await page.goto(`${CLUSTER}/buckets`)
  await page.getByRole('searchbox').fill('a')
  await expect(page).toHaveURL(/search=a/)
  await page.getByRole('table', { name: 'Buckets' }).getByRole('button', { name: 'Bucket' }).click()
  await page.getByRole('button', { name: 'Next page' }).click()
  await expect(page).toHaveURL(/page=2/)
  await hideColumn(page, 'Owner')
  await expect(page).toHaveURL(/hide=owner/)
  await showsTheSameElsewhere(browser, page)

  // A range that moves with the clock shows something else a minute later.
  await page.goto(`${CLUSTER}/usage?${RANGE}`)
  await page.getByRole('combobox', { name: 'Compare with', exact: true }).click()
  await page.getByRole('option', { name: 'Previous period', exact: true }).click()
  await page.getByRole('button', { name: 'Downloaded', exact: true }).click()
  await choose(page, 'Split by', 'Buckets')
  await choose(page, 'Show the split as', 'Table')
  await choose(page, 'Show sizes as', 'Table')
  await expect(page).toHaveURL(/hidden=downloadedBytes/)
  await showsTheSameElsewhere(browser, page)
  await choose(page, 'Show as', 'Table')
  await showsTheSameElsewhere(browser, page)

  const [, user] = simulator.control.oracle.users()
  await page.goto(`${CLUSTER}/users/${user?.id}?tab=usage&${RANGE}`)
  await choose(page, 'Show as', 'Table')
  await showsTheSameElsewhere(browser, page)

  await page.goto(`${CLUSTER}/statistics`)
  await page.getByRole('table').getByRole('link').first().click()
  await page.getByRole('searchbox', { name: 'Filter rows by bucket or user', exact: true }).fill('a')
  await expect(page).toHaveURL(/rows=a/)
  await showsTheSameElsewhere(browser, page)

  await page.goto(`${CLUSTER}/audit`)
  await page.getByRole('searchbox').fill('a')
  await page.getByRole('combobox', { name: 'Outcome' }).click()
  await page.getByRole('option', { name: 'done', exact: true }).click()
  await expect(page).toHaveURL(/outcome=done/)
  await showsTheSameElsewhere(browser, page)
})
