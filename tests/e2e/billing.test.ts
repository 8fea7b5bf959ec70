import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { BillingMonth } from '@ostor-console/shared/billing'
import type { Page, Route } from '@playwright/test'
import { CLUSTER, expect, test } from './console.ts'
import { look, takePicture } from './look.ts'

/** A second plan, of which it gets lost that it is to be everybody's. */
const cannotMakeItEverybodys = async (page: Page) => {
  await page.goto(`${CLUSTER}/billing`)
  await page.getByRole('button', { name: 'New plan', exact: true }).click()
  const form = page.getByRole('dialog', { name: 'New plan' })
  await form.getByLabel('Name').fill('Second')
  await form.getByLabel('Storage, price').fill('0.02')
  await form.getByRole('button', { name: 'Make the plan', exact: true }).click()
  await page.route('**/api/v1/billing/plan-of', (route) => route.fulfill({ status: 502, body: '' }), { times: 1 })
  const panel = page.getByRole('region', { name: 'Plans' })
  await panel.getByRole('button', { name: 'Actions for Second', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Make it everybody’s' }).click()
  await expect(panel.getByRole('alert')).toContainText('Outcome not known')
}

/** A count goes on while its page is left, and says so when somebody comes back. */
const goesOnElsewhere = async (page: Page) => {
  const held = Promise.withResolvers<void>()
  const hold = async (route: Route) => {
    await held.promise
    await route.continue()
  }
  await page.route('**/api/v1/billing/months/*/count', hold, { times: 1 })
  const count = page.getByRole('button', { name: 'Count it', exact: true })
  await count.click()
  await page.getByRole('main').getByRole('link', { name: 'Billing', exact: true }).click()
  await expect(page).toHaveURL(/billing$/)
  await page.goBack()
  await expect(count).toHaveAttribute('aria-busy', 'true')
  held.resolve()
}

/** The page stays where it is while bills are searched, and one step back leaves it. */
const searchesInPlace = async (page: Page) => {
  const all = page.viewportSize()
  if (!all) throw new Error('pages have a size')
  await page.setViewportSize({ ...all, height: 320 })
  const search = page.getByRole('searchbox', { name: 'Search bills' })
  await search.scrollIntoViewIfNeeded()
  for (const text of ['c', 'cu', 'customer']) {
    await search.fill(text)
    await expect(page).toHaveURL(new RegExp(`search=${text}$`))
  }
  await expect(search).toBeInViewport()
  await page.setViewportSize(all)
  await page.goBack()
  await expect(page).toHaveURL(/billing$/)
}

test('a month is counted by a plan, looked into down to an object, closed with what is missing said, and exported', async ({
  page,
}) => {
  test.slow()
  await page.goto(`${CLUSTER}/billing`)
  await page.getByRole('button', { name: 'New plan', exact: true }).click()
  const form = page.getByRole('dialog', { name: 'New plan' })
  await form.getByLabel('Name').fill('Standard')
  await form.getByLabel('Storage, price').fill('0.012')
  await form.getByLabel('Traffic out, included').fill('100')
  await form.getByLabel('Traffic out, price').fill('0.02')
  await form.getByRole('button', { name: 'Add a tier to Traffic out' }).click()
  await form.getByLabel('Traffic out, up to, tier 1').fill('10000')
  await form.getByLabel('Traffic out, price, tier 1').fill('0.03')
  await form.getByLabel('GET operations, price').fill('0.0004')
  await expect(form.getByText('500 GB stored all month and 200 GB out cost 9.00 EUR')).toBeVisible()
  await look(page, 'billing-plan', [])
  await form.getByRole('button', { name: 'Make the plan', exact: true }).click()
  await expect(page.getByRole('table', { name: 'Plans' }).getByRole('row', { name: /Standard/ })).toContainText(
    'Everybody',
  )
  await page.getByRole('button', { name: 'Actions for Standard', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Give to a client or user…' }).click()
  const giving = page.getByRole('dialog', { name: 'Who has Standard' })
  const users: { items: { email: string }[] } = await (await page.request.get('/api/v1/clusters/default/users')).json()
  await giving.getByRole('searchbox').fill(users.items[3]?.email ?? '')
  await expect(giving.getByRole('radio')).toHaveCount(1)
  await giving.getByRole('radio').check()
  await giving.getByRole('button', { name: 'Give it', exact: true }).click()
  await expect(giving.getByRole('table', { name: 'Who has it by name' }).getByRole('row')).toHaveCount(2)
  await look(page, 'billing-give', [])
  const take = giving.getByRole('button', { name: 'Take it from' })
  await take.press('Enter')
  await expect(take).toHaveText('Taken away')
  await expect(take).toBeFocused()
  await page.keyboard.press('Escape')

  const { items }: { items: BillingMonth[] } = await (await page.request.get('/api/v1/billing/months')).json()
  const last = items.find(({ state }) => state === 'open')
  if (!last) throw new Error('ninety days have a month that has ended')
  await page.goto(`${CLUSTER}/billing/${last.month}`)
  await page.route('**/api/v1/billing/months/*/count', (route) => route.fulfill({ status: 502, body: '' }), {
    times: 1,
  })
  await page.getByRole('button', { name: 'Count it', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('Outcome not known')
  await goesOnElsewhere(page)
  await expect(page.getByRole('table', { name: 'Bills' }).getByRole('row').nth(1)).toContainText('EUR')
  await expect(page.getByText('What Storage Vienna stored is not known.')).toBeVisible()
  await takePicture(page, 'billing-month')
  await searchesInPlace(page)
  await page.goto(`${CLUSTER}/billing`)
  await expect(page.getByRole('table', { name: 'Months' }).getByText('open').first()).toBeVisible()
  await takePicture(page, 'billing')

  await page.goto(`${CLUSTER}/billing/${last.month}`)
  await page.getByRole('table', { name: 'Bills' }).getByRole('link').first().click()
  await expect(page.getByRole('row', { name: /^Storage/ })).toContainText('not known')
  await page.getByRole('button', { name: 'Hours of Traffic out' }).click()
  const days = page.getByRole('region', { name: 'Traffic out by day' })
  await days.getByRole('button', { name: /B$/ }).first().click()
  await days
    .getByRole('button', { name: /What was read at/ })
    .first()
    .click()
  await expect(days.getByRole('table', { name: /Statistics objects at/ })).toContainText('s3-usage-')
  await look(page, 'bill')

  await page.goto(`${CLUSTER}/billing/${last.month}`)
  await page.getByRole('button', { name: 'Close the month…', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: /^Close / })
  await dialog.getByLabel(/^Type/).fill(last.month)
  await expect(dialog.getByRole('button', { name: 'Close the month', exact: true })).toBeDisabled()
  await dialog.getByRole('checkbox', { name: 'Close it although not all of it is known' }).check()
  await dialog.getByRole('button', { name: 'Close the month', exact: true }).click()
  await expect(page.getByText('SHA-256 of the files')).toBeVisible()

  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const downloading = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Lines as CSV' }).click()
  const file = await readFile(await (await downloading).path())
  await expect(page.getByText(createHash('sha256').update(file).digest('hex'))).toBeVisible()
  await expect(page.getByRole('button', { name: 'Copy SHA-256 of the manifest', exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await look(page, 'billing-closed', [])

  await cannotMakeItEverybodys(page)
})
