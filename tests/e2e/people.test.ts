import type { Locator, Page } from '@playwright/test'
import { CLUSTER, expect, newUser, openUser, signInOnPage, test } from './console.ts'
import { look, takePicture } from './look.ts'

const PASSWORD = 'a long enough password'

/** On the page of people; answers the dialog that shows the link. */
const makeLink = async (page: Page, email: string, role: string): Promise<Locator> => {
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Invite somebody' })
  await dialog.getByLabel('E-mail').fill(email)
  await dialog.getByLabel('Role').selectOption(role)
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  return page.getByRole('dialog', { name: 'The invitation is made' })
}

const invite = async (page: Page, email: string, role: string): Promise<string> => {
  await page.goto(`${CLUSTER}/people`)
  const made = await makeLink(page, email, role)
  const link = await made.getByLabel('Link').inputValue()
  await made.getByRole('button', { name: 'Done' }).click()
  return link
}

test('a link that is shown once is not lost by going back', async ({ page }) => {
  await page.goto(`${CLUSTER}/groups`)
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'People', exact: true }).click()
  const made = await makeLink(page, 'back@example.com', 'viewer')
  const link = await made.getByLabel('Link').inputValue()
  await page.evaluate(() => window.history.back())
  await expect(page).toHaveURL(/\/people$/)
  await expect(made.getByLabel('Link')).toHaveValue(link)
  await made.getByRole('button', { name: 'Done' }).click()
  await expect(made).toHaveCount(0)
})

test('somebody who is invited chooses a password, and finds out of reach what their role may not do', async ({
  page,
  browser,
  simulator,
}) => {
  test.slow()
  const link = await invite(page, 'vera@example.com', 'viewer')
  await expect(page.getByRole('row', { name: /vera@example.com/ })).toContainText('Invited')
  await takePicture(page, 'people')

  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
  })
  const hers = await context.newPage()
  await hers.goto(link)
  await hers.getByLabel('Password', { exact: true }).fill('too short')
  await hers.getByRole('button', { name: 'Save and sign in' }).click()
  await expect(hers.getByText('The password must have at least 15 characters')).toBeVisible()
  await hers.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await hers.getByLabel('Password again').fill(PASSWORD)
  await look(hers, 'join', [])
  await hers.getByRole('button', { name: 'Save and sign in' }).click()
  await hers.getByRole('navigation').first().waitFor()
  expect(hers.url()).not.toContain('code=')

  const pages = hers.getByRole('navigation', { name: 'Pages' })
  await expect(pages.getByRole('link', { name: 'Users' })).toBeVisible()
  await expect(pages.getByRole('link', { name: 'Audit' })).toBeHidden()
  await expect(pages.getByRole('link', { name: 'People' })).toBeHidden()
  const user = newUser(simulator, 'of-viewer@example.com')
  await hers.goto(new URL(`${CLUSTER}/users/${user.id}?tab=overview`, page.url()).href)
  const remove = hers.getByRole('button', { name: 'Delete user', exact: true })
  await expect(remove).toHaveAttribute('aria-disabled', 'true')
  await remove.hover()
  await expect(hers.getByText('You are signed in as Viewer; this takes Admin.')).toBeVisible()
  await look(hers, 'viewer', [])
  await hers.getByRole('tab', { name: 'Limits and quota', exact: true }).click()
  const quota = hers.getByRole('region', { name: 'Quota', exact: true }).getByRole('button', { name: 'Change quota' })
  await expect(quota).toHaveAttribute('aria-disabled', 'true')
  await quota.hover()
  await expect(hers.getByRole('tooltip')).toContainText('You are signed in as Viewer; this takes')

  await hers.goto(link)
  await hers.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await hers.getByLabel('Password again').fill(PASSWORD)
  await hers.getByRole('button', { name: 'Save and sign in' }).click()
  await expect(hers.getByText('This link is not valid any more')).toBeVisible()
  await context.close()
})

test('whose role changes is signed out at once, and told so where they were', async ({ page, browser, running }) => {
  const link = await invite(page, 'otto@example.com', 'operator')
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
  })
  const his = await context.newPage()
  await his.goto(link)
  await his.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await his.getByLabel('Password again').fill(PASSWORD)
  await his.getByRole('button', { name: 'Save and sign in' }).click()
  await his.getByRole('navigation').first().waitFor()

  await page.goto(`${CLUSTER}/people`)
  await page.getByRole('button', { name: 'Actions for otto@example.com' }).click()
  await page.getByRole('menuitem', { name: 'Change role…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Role of otto@example.com' })
  await dialog.getByLabel('Role').selectOption('viewer')
  await dialog.getByRole('button', { name: 'Change the role' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('row', { name: /otto@example.com/ })).toContainText('Viewer')

  // His page may have learnt of it by now, and then the link lies under the cover.
  await his.getByRole('link', { name: 'Buckets' }).dispatchEvent('click')
  await expect(his.getByRole('dialog', { name: 'Sign in again' })).toBeVisible()
  await signInOnPage(his, { ...running, email: 'otto@example.com', password: PASSWORD })
  await expect(his.getByRole('link', { name: 'Bulk changes' })).toBeHidden()
  await context.close()
})

test('who comes in over the session of another finds nothing of theirs', async ({ page, browser, running }) => {
  test.slow()
  const link = await invite(page, 'nora@example.com', 'viewer')
  const context = await browser.newContext({ baseURL: running.url, locale: 'en-GB', timezoneId: 'UTC' })
  const tab = await context.newPage()
  await tab.goto(link)
  await tab.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await tab.getByLabel('Password again').fill(PASSWORD)
  await tab.getByRole('button', { name: 'Save and sign in' }).click()
  const nora = tab.getByRole('button', { name: 'nora@example.com', exact: true })
  await expect(nora).toBeVisible()

  await context.clearCookies()
  await signInOnPage(tab, running)
  await tab.goto(`${CLUSTER}/audit`)
  const entries = tab.getByRole('region', { name: 'Audit entries' })
  await expect(entries).toContainText('nora@example.com')
  await context.clearCookies()
  await tab.getByRole('link', { name: 'Buckets' }).click()
  const cover = tab.getByRole('dialog', { name: 'Sign in again' })
  await expect(cover).toBeVisible()
  await tab.goBack()
  await cover.getByLabel('E-mail').fill('nora@example.com')
  await cover.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await cover.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(nora).toBeVisible()
  await expect(entries.getByRole('alert')).toBeVisible()
  await expect(entries).not.toContainText('nora@example.com')

  await context.clearCookies()
  await signInOnPage(await context.newPage(), running)
  await tab.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))
  await expect(tab.getByRole('button', { name: running.email, exact: true })).toBeVisible()
  await expect(entries).toContainText('nora@example.com')
  await context.close()
})

test('the last admin stays one, with the reason', async ({ page, running }) => {
  await page.goto(`${CLUSTER}/people`)
  await page.getByRole('button', { name: `Actions for ${running.email}` }).click()
  const limit = page.getByRole('menuitem', { name: 'Limit to groups of users…' })
  await expect(limit).toContainText('An admin is never limited')
  await page.getByRole('menuitem', { name: 'Change role…' }).press('ArrowDown')
  await expect(limit).toBeFocused()
  await page.getByRole('menuitem', { name: 'Disable…' }).click()
  const dialog = page.getByRole('dialog', { name: `Disable ${running.email}` })
  await dialog.getByRole('button', { name: 'Disable', exact: true }).click()
  await expect(dialog).toContainText('The last admin has to stay one')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
})

test('what cannot be taken back asks who it is, and goes on where it was', async ({ page, simulator, running }) => {
  test.slow()
  const user = newUser(simulator, 'proof@example.com')
  await openUser(page, user.id, 'keys')
  // The ten minutes are over.
  let refused = 0
  await page.route('**/keys', async (route) => {
    if (route.request().method() !== 'POST' || refused > 0) return route.continue()
    refused += 1
    const problem = { type: '/problems/proof-required', title: 'Confirm that it is you', status: 403 }
    await route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify(problem) })
  })
  await page.getByRole('button', { name: 'Generate key', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await dialog.getByLabel('Your password').fill('wrong')
  await dialog.getByRole('button', { name: 'Confirm', exact: true }).click()
  await expect(dialog).toContainText('The password is not right')
  await look(page, 'proof', [])
  await dialog.getByLabel('Your password').fill(running.password)
  await dialog.getByRole('button', { name: 'Confirm', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('dialog', { name: 'The key is generated' })).toBeVisible()
  expect(simulator.control.oracle.users().find(({ id }) => id === user.id)?.keys).toHaveLength(2)
  await page.unroute('**/keys')
  await page.getByRole('button', { name: 'I have stored the secret' }).click()
})
