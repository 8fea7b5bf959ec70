import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { CLUSTER, expect, newUser, openUser, test, untilListed, untilQuotasKnown, writesIn } from './console.ts'
import { look, takePicture } from './look.ts'

test('W13: searches, filters, sorts and pages, and keeps it in the address', async ({ page, simulator }) => {
  const users = simulator.control.oracle.users()
  await untilQuotasKnown(page, 100)
  await untilListed(page, users.length)
  await page.goto(`${CLUSTER}/users`)
  const table = page.getByRole('table', { name: 'Users' })
  await expect(table.getByRole('row')).toHaveCount(51)
  for (const column of ['E-mail', 'ID', 'State', 'Buckets', 'Stored', 'Quota used']) {
    await expect(table.getByRole('columnheader', { name: column })).toBeVisible()
  }
  await takePicture(page, 'users', ['light-1440', 'dark-1440', 'light-390'])

  await page.getByRole('button', { name: 'Next page' }).click()
  await expect(page).toHaveURL(/page=2/)
  await expect(page.getByText(`51–100 of ${users.length}`)).toBeVisible()

  await table.getByRole('button', { name: 'Stored' }).click()
  await expect(page).toHaveURL(/sort=-?storedBytes/)

  const someone = users[7]
  const search = page.getByRole('searchbox')
  await search.fill(someone?.email.slice(0, 12) ?? '')
  await expect(page).toHaveURL(/search=/)
  await expect(table.getByRole('link', { name: someone?.email ?? '' })).toBeVisible()

  await search.fill(someone?.keys[0]?.id ?? '')
  await expect(page).toHaveURL(new RegExp(`search=${someone?.keys[0]?.id}`))
  await expect(table.getByRole('row')).toHaveCount(2)
  await expect(table).toContainText(someone?.id ?? '')
  await page.reload()
  await expect(table.getByRole('row')).toHaveCount(2)
  await expect(page.getByRole('searchbox')).toHaveValue(someone?.keys[0]?.id ?? '')

  await search.fill('nobody has this name')
  await expect(page.getByText('No user matches')).toBeVisible()
  await look(page, 'users-no-match')
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expect(table.getByRole('row')).toHaveCount(51)

  await page.getByText('Disabled', { exact: true }).first().click()
  await expect(page).toHaveURL(/state=disabled/)
})

test('creates a user and shows the secret once', async ({ page, simulator }) => {
  const email = 'storage@new-customer.example'
  await page.goto(`${CLUSTER}/users`)
  await page.getByRole('button', { name: 'New user' }).click()
  const dialog = page.getByRole('dialog')
  const field = dialog.getByRole('textbox', { name: 'E-mail' })
  await field.fill('a&disable@new-customer.example')
  await dialog.getByRole('button', { name: 'Create user' }).click()
  await expect(dialog).toContainText('cannot be used')
  await expect(field).toHaveValue('a&disable@new-customer.example')
  await look(page, 'user-create')

  await field.fill(email)
  await dialog.getByRole('button', { name: 'Create user' }).click()
  await expect(dialog).toContainText('never again')
  const made = simulator.control.oracle.users().find((user) => user.email === email)
  const { id = '', secret = '' } = made?.keys[0] ?? {}
  await expect(dialog).toContainText(id)
  await expect(dialog).toContainText(secret)

  await dialog.getByRole('button', { name: /copy.*secret/i }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save .json' }).click(),
  ])
  expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toMatchObject({
    accessKeyId: id,
    secretAccessKey: secret,
  })

  await dialog.getByRole('button', { name: 'I have stored the secret' }).click()
  await expect(page).toHaveURL(new RegExp(`/users/${made?.id}`))
  await expect(page.getByRole('heading', { name: email })).toBeVisible()
  await page.goto(`${CLUSTER}/users?search=new-customer`)
  await expect(page.getByRole('link', { name: email })).toBeVisible()
  const kept = await page.evaluate(
    () => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]) + document.body.innerHTML,
  )
  expect(kept).not.toContain(secret)
})

test('refuses a second user with the same e-mail and keeps what was typed', async ({ page, simulator }) => {
  newUser(simulator, 'twice@customer.example')
  await page.goto(`${CLUSTER}/users`)
  await page.getByRole('button', { name: 'New user' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'E-mail' }).fill('Twice@customer.example')
  simulator.control.clearCalls()
  await dialog.getByRole('button', { name: 'Create user' }).click()
  await expect(dialog.getByRole('textbox', { name: 'E-mail' })).toHaveValue('Twice@customer.example')
  await expect(dialog).toContainText('exists already')
  expect(writesIn(simulator)).toEqual([])
  await dialog.getByRole('button', { name: 'Cancel' }).click()
})

test('disables a user and enables it again', async ({ page, simulator }) => {
  const user = newUser(simulator, 'switched@customer.example')
  await openUser(page, user.id)
  await page.getByRole('button', { name: 'Disable', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Disable', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Enable', exact: true })).toBeVisible()
  expect(simulator.control.oracle.user(user.id)?.state).toBe('disabled')

  await page.getByRole('button', { name: 'Enable', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Enable', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Disable', exact: true })).toBeVisible()
  expect(simulator.control.oracle.user(user.id)?.state).toBe('enabled')
})

/** A deletion is put off by a day unless this is chosen. */
const atOnce = async (page: Page) => {
  await page.getByRole('combobox', { name: 'When' }).click()
  await page.getByRole('option', { name: 'At once' }).click()
}

test('W4: deletes a user only after the e-mail is typed', async ({ page, simulator }) => {
  const user = newUser(simulator, 'leaving@customer.example')
  await openUser(page, user.id)
  await page.getByRole('button', { name: 'Delete user' }).click()
  const dialog = page.getByRole('dialog')
  await atOnce(page)
  await dialog.getByRole('textbox').fill('leaving@customer.exampl')
  await dialog.getByRole('button', { name: 'Delete user' }).click()
  await expect(dialog).toContainText('not the same text')
  expect(simulator.control.oracle.user(user.id)).toBeDefined()
  await look(page, 'user-delete')

  await dialog.getByRole('textbox').fill(user.email)
  await dialog.getByRole('button', { name: 'Delete user' }).click()
  await expect(page).toHaveURL(/\/users(\?|$)/)
  expect(simulator.control.oracle.user(user.id)).toBeUndefined()
})

test('says which buckets forbid deleting a user', async ({ page, simulator }) => {
  const user = newUser(simulator, 'owner@customer.example')
  simulator.control.buckets.create({ name: 'owner-archive', owner: user.id })
  await openUser(page, user.id)
  await page.getByRole('button', { name: 'Delete user' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill(user.email)
  await dialog.getByRole('button', { name: 'Schedule deletion' }).click()
  await expect(dialog.getByRole('link', { name: 'owner-archive' })).toBeVisible()
  await look(page, 'user-delete-forbidden')
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  expect(simulator.control.oracle.user(user.id)).toBeDefined()
})

test('protects the system user, and says why', async ({ page, simulator }) => {
  const [system] = simulator.control.oracle.users()
  await openUser(page, system?.id ?? '')
  const remove = page.getByRole('button', { name: 'Delete user' })
  await expect(remove).toHaveAttribute('aria-disabled', 'true')
  await remove.hover()
  await expect(page.getByRole('tooltip')).toContainText(/system/i)
})

test('the list shows how much of each quota is used, and sorts by it', async ({ page }) => {
  await untilQuotasKnown(page, 100)
  await page.goto(`${CLUSTER}/users`)
  const table = page.getByRole('table', { name: 'Users' })
  await table.getByRole('button', { name: 'Quota used' }).click()
  await expect(page).toHaveURL(/sort=-quotaUse/)
  await expect(table.getByRole('columnheader', { name: 'Quota used' })).toHaveAttribute('aria-sort', 'descending')
  const cells = table.locator('tbody .quota-use')
  await expect(cells.nth(20)).toBeVisible()
  const used = (await cells.allTextContents()).map((text) => Number.parseInt(text.replace('< ', ''), 10))
  expect(used).toEqual(used.toSorted((a, b) => b - a))
  expect(used[0]).toBeGreaterThanOrEqual(100)
  await expect(cells.first()).toHaveAttribute('title', /^[\d.]+ [KMGT]iB of [\d,]+ GB, as read at /)
  await look(page, 'users-by-quota')
})

test('columns that somebody hides stay hidden, and the address says so', async ({ page }) => {
  await page.goto(`${CLUSTER}/users?page=2`)
  const table = page.getByRole('table', { name: 'Users' })
  const header = (name: string) => table.getByRole('columnheader', { name })
  await page.getByRole('button', { name: 'Columns' }).click()
  const id = page.getByRole('menuitemcheckbox', { name: 'ID' })
  await expect(id).toBeChecked()
  await id.click()
  await page.getByRole('menuitemcheckbox', { name: 'State' }).click()
  await expect(header('ID')).toHaveCount(0)
  await look(page, 'users-columns')
  await expect(page).toHaveURL(/page=2.*hide=id\.state/)
  await page.reload()
  await expect(header('Buckets')).toBeVisible()
  await expect(header('ID')).toHaveCount(0)
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'ID' }).click()
  await expect(header('ID')).toBeVisible()
  await expect(page).toHaveURL(/hide=state/)
  await page.keyboard.press('Escape')

  await page.goto(`${CLUSTER}/buckets?hide=owner`)
  await expect(page.getByRole('columnheader', { name: 'Created' })).toBeVisible()
  await expect(page.getByRole('columnheader', { name: 'Owner' })).toHaveCount(0)
})

test('who is ticked stands in the address, and so do all that a filter matches', async ({ page, simulator }) => {
  await page.goto(`${CLUSTER}/users`)
  const [first, second] = simulator.control.oracle
    .users()
    .slice(1)
    .toSorted((a, b) => (a.email < b.email ? -1 : 1))
  const tick = (email = '') => page.getByRole('checkbox', { name: `Select ${email}`, exact: true })
  const bar = page.getByRole('region', { name: 'Selection' })
  await tick(first?.email).click()
  await tick(second?.email).click()
  await expect(page).toHaveURL(new RegExp(`ticked=${first?.id}.${second?.id}`))
  await page.reload()
  await expect(bar).toContainText('2 users selected')
  await expect(tick(second?.email)).toBeChecked()
  const rows = page.getByRole('table', { name: 'Users' }).locator('tbody tr')
  await bar.getByRole('button', { name: 'Show only these' }).click()
  await expect(rows).toHaveCount(2)
  await look(page, 'users-only-ticked', [])
  // Who is unticked stays in sight.
  await tick(second?.email).click()
  await expect(bar).toContainText('1 user selected')
  await expect(rows).toHaveCount(2)
  await tick(second?.email).click()
  await page.getByRole('button', { name: 'Show all users' }).click()
  await expect(rows).toHaveCount(50)
  await expect(bar).toContainText('2 users selected')
  await page.getByRole('searchbox').fill('example')
  await expect(page).toHaveURL(/search=example/)
  await expect(page).toHaveURL(new RegExp(`ticked=${first?.id}`))
  await bar.getByRole('button', { name: 'Clear', exact: true }).click()
  await expect(bar).toHaveCount(0)
  const heading = page.getByRole('heading', { level: 1 })
  await expect(heading).toBeFocused()
  await tick(first?.email).click()
  await bar.getByRole('button', { name: /^Select all/ }).click()
  await expect(page).toHaveURL(/ticked=all/)
  await expect(heading).toBeFocused()
  await page.reload()
  await expect(bar).toContainText(/^All \d+ users that match/)
  await page.getByRole('searchbox').fill('exampl')
  await expect(bar).toHaveCount(0)
  await expect(page).not.toHaveURL(/ticked/)
  // All that a filter matches are never ticked where only some of them are shown.
  await page.goto(`${CLUSTER}/users?ids=${first?.id}&ticked=all`)
  await expect(rows).toHaveCount(1)
  await expect(bar).toHaveCount(0)
})

test('the e-mail of a user is in sight at every width', async ({ page, simulator }) => {
  const [, user] = simulator.control.oracle.users()
  await page.goto(`${CLUSTER}/users?search=${user?.id}`)
  for (const width of [1440, 1345, 1280, 1121, 1100, 900, 768, 390]) {
    await page.setViewportSize({ width, height: 800 })
    const { width: shown = 0 } = (await page.getByRole('link', { name: user?.email ?? '' }).boundingBox()) ?? {}
    expect(shown, `at ${width}`).toBeGreaterThan(120)
  }
  // What there is no room for cannot be chosen either.
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.getByRole('button', { name: 'Columns' }).click()
  await expect(page.getByRole('menuitemcheckbox', { name: 'State' })).toBeVisible()
  await expect(page.getByRole('menuitemcheckbox', { name: 'ID' })).toBeHidden()
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 1440, height: 900 })
})
