import { readFile } from 'node:fs/promises'
import { CLUSTER, expect, newUser, openUser, test } from './console.ts'
import { look, takePicture } from './look.ts'

test('a change is undone where it was made and in the audit, until somebody else has changed it', async ({
  page,
  running,
  simulator,
}) => {
  const user = newUser(simulator, 'undone@customer.example', 1)
  const state = () => simulator.control.oracle.user(user.id)?.state
  await openUser(page, user.id)
  await page.getByRole('button', { name: 'Disable', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Disable', exact: true }).click()
  const last = page.locator('.notice-line').filter({ hasText: 'disabled this user' })
  await expect(last).toContainText(running.email)
  expect(state()).toBe('disabled')
  await look(page, 'undo')

  await last.getByRole('button', { name: 'Undo' }).click()
  const dialog = page.getByRole('dialog', { name: 'Undo “Disable user”?' })
  await expect(dialog).toContainText('state disabled → enabled')
  await dialog.getByRole('button', { name: 'Undo' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.locator('.notice-line').filter({ hasText: 'enabled this user' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Disable', exact: true })).toBeVisible()
  expect(state()).toBe('enabled')

  // This one is refused. The newest entry cannot be undone, so the line goes; the dialog stays to say why.
  const enabled = page.locator('.notice-line').filter({ hasText: 'enabled this user' })
  simulator.control.faults.add({ method: 'POST', service: 'ostor-users', status: 403, code: 'AccessDenied', times: 1 })
  await enabled.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click()
  await expect(page.locator('.notice-line')).toHaveCount(0)
  await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  expect(state()).toBe('enabled')

  await page.goto(`${CLUSTER}/audit`)
  const rows = page.getByRole('table', { name: 'Audit' }).getByRole('row').filter({ hasText: user.email })
  await expect(rows).toHaveCount(3)
  await expect(rows.nth(2).getByRole('button')).toHaveCount(0)
  simulator.control.users.setState(user.id, 'disabled')
  await rows.nth(1).getByRole('button', { name: 'Undo “Enable user”' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('dialog')).toContainText('The user is disabled now')
})

test('W17: lists what was done, by whom, to whom', async ({ page, running, simulator }) => {
  // A lost answer is believed to have made nothing only after half a minute.
  test.slow()
  const user = newUser(simulator, 'audited@customer.example', 2)
  const [key] = user.keys
  await openUser(page, user.id)
  await page.getByRole('button', { name: 'Disable', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Disable', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Enable', exact: true })).toBeVisible()
  await openUser(page, user.id, 'keys')
  await page.getByRole('button', { name: `Revoke ${key?.id}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke key' }).click()
  await expect(page.getByText(key?.id ?? '')).toHaveCount(0)
  simulator.control.faults.add({ method: 'POST', service: 'ostor-users', reset: 'after', times: 1 })
  await page.getByRole('button', { name: 'Generate key' }).click()
  await expect(page.getByRole('alert')).toContainText(/not known/i)

  await page.goto(`${CLUSTER}/audit`)
  const rows = page.getByRole('table', { name: 'Audit' }).getByRole('row')
  await expect(rows.nth(1)).toContainText('Generate key')
  for (const text of [running.email, user.email]) await expect(rows.nth(1)).toContainText(text)
  // The answer was lost; what became of it is found out by reading, and comes onto the page by itself. The gateway made the
  // key, which is revoked once nothing can be under way any more.
  await expect(rows.nth(1)).toContainText('Revoke key', { timeout: 60_000 })
  await expect(rows.nth(1)).toContainText('console')
  await expect(rows.nth(2)).toContainText('nobody saw its secret')
  await expect(rows.nth(2)).toContainText('not done')
  await expect(rows.nth(3)).toContainText('Revoke key')
  await expect(rows.nth(3)).toContainText('done')
  const disabled = rows.nth(4)
  for (const text of ['Disable user', user.email, 'enabled', 'disabled', 'done'])
    await expect(disabled).toContainText(text)
  await takePicture(page, 'audit')
  const html = await page.content()
  for (const { secret } of simulator.control.oracle.user(user.id)?.keys ?? []) expect(html).not.toContain(secret)

  await page.getByRole('combobox', { name: 'Action' }).click()
  await page.getByRole('option', { name: 'Disable user' }).click()
  await expect(page).toHaveURL(/action=user.disable/)
  await expect(rows.filter({ hasText: 'Generate key' })).toHaveCount(0)
  await expect(rows.filter({ hasText: user.email })).toHaveCount(1)

  await openUser(page, user.id, 'audit')
  await expect(rows).toHaveCount(5)
})

test('is searched and filtered, with all of it in the address', async ({ page, running, simulator }) => {
  const user = newUser(simulator, 'searched_100%@customer.example', 1)
  await openUser(page, user.id)
  await page.getByRole('button', { name: 'Disable', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Disable', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Enable', exact: true })).toBeVisible()

  await page.goto(`${CLUSTER}/audit`)
  const rows = page.getByRole('table', { name: 'Audit' }).getByRole('row').filter({ hasText: user.email })
  const search = page.getByRole('searchbox')
  await search.fill('SEARCHED_100%@')
  await expect(page).toHaveURL(/search=SEARCHED_100%25%40/)
  await expect(page.getByRole('table', { name: 'Audit' }).getByRole('row')).toHaveCount(2)
  await expect(rows).toHaveCount(1)
  await page.getByRole('combobox', { name: 'Action' }).click()
  await page.getByRole('option', { name: 'Users: all', exact: true }).click()
  await page.getByRole('combobox', { name: 'Outcome' }).click()
  await page.getByRole('option', { name: 'done', exact: true }).click()
  await page.getByRole('combobox', { name: 'Admin' }).click()
  await page.getByRole('option', { name: running.email }).click()
  const today = new Date().toISOString().slice(0, 10)
  await page.getByLabel('From', { exact: true }).fill(today)
  await page.getByLabel('To', { exact: true }).fill(today)
  await expect(page).toHaveURL(/to=/)
  await page.reload()
  await expect(rows).toHaveCount(1)
  await expect(search).toHaveValue('SEARCHED_100%@')
  await look(page, 'audit-search')

  await page.getByRole('button', { name: 'Export' }).click()
  const started = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'JSON lines' }).click()
  const download = await started
  expect(download.suggestedFilename()).toBe(`audit-default-${today}-to-${today}.jsonl`)
  const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\n')
  expect(lines).toHaveLength(2)
  expect(lines.at(-1)).toBe('{"end":true,"entries":1}')

  // A day and a month that are the same in any order.
  const to = page.getByLabel('To', { exact: true })
  await to.focus()
  await page.keyboard.type('01012020')
  await expect(to).toHaveValue('2020-01-01')
  await expect(page.getByText('No entry matches')).toBeVisible()
  for (const part of ['year', 'month', 'day']) {
    await page.keyboard.press('Backspace')
    if (part !== 'day') await page.keyboard.press('ArrowLeft')
  }
  await search.focus()
  await expect(page).not.toHaveURL(/to=/)
  await to.fill('2020-01-01')
  await expect(page.getByText('No entry matches')).toBeVisible()
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expect(page).toHaveURL(/audit$/)
  await expect(rows).toHaveCount(1)
})

test('shows a user as of a time, and says what it does not know', async ({ page, running, simulator }) => {
  // It waits for the next whole minute, and is looked at.
  test.setTimeout(180_000)
  const user = newUser(simulator, 'as-of@customer.example', 1)
  await openUser(page, user.id)
  await page.getByRole('button', { name: 'Disable', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Disable', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Enable', exact: true })).toBeVisible()
  await openUser(page, user.id, 'audit')
  await page.getByRole('button', { name: 'This user as of…' }).click()
  const dialog = page.getByRole('dialog', { name: 'This user as of' })
  const time = dialog.getByLabel('Time, in UTC')
  // The field counts whole minutes, so that the change is inside from the next one on.
  const ahead = new Date(Date.now() + 60_000).toISOString().slice(0, 16)
  await expect(async () => {
    await time.fill('2026-01-01T00:00')
    await time.fill(ahead)
    await expect(dialog.getByText('disabled', { exact: true })).toBeVisible({ timeout: 2_000 })
  }).toPass({ timeout: 90_000 })
  await expect(dialog).toContainText(`Left so by ${running.email}`)
  await expect(dialog).toContainText('Limits and quotas are known from changes through the console only')
  await look(page, 'user-as-of')
  await time.fill('2020-01-01T00:00')
  await expect(dialog.getByText('Not known')).toHaveCount(5)
})

test('operations say live what is being checked and what failed, which can be done again', async ({
  page,
  simulator,
}) => {
  test.slow()
  const user = newUser(simulator, 'unsure@customer.example', 1)
  await page.goto(`${CLUSTER}/operations`)
  await expect(page.getByText('Nothing is open')).toBeVisible()
  const rowsOf = (name: string) => page.getByRole('table', { name }).getByRole('row').filter({ hasText: user.email })

  // Another admin disables the user, and the answer is lost before anything was done.
  const other = await page.context().newPage()
  simulator.control.faults.add({ method: 'POST', service: 'ostor-users', reset: 'before', times: 1 })
  await openUser(other, user.id)
  await other.getByRole('button', { name: 'Disable', exact: true }).click()
  await other.getByRole('dialog').getByRole('button', { name: 'Disable', exact: true }).click()
  await expect(other.getByRole('alert')).toContainText(/not known/i)
  await other.close()
  await expect(rowsOf('Under way and being checked')).toContainText('not known')
  await takePicture(page, 'operations')

  const failed = rowsOf('Did not come about, in the last week')
  await expect(failed).toContainText('not done', { timeout: 60_000 })
  await failed.getByRole('button', { name: 'Do again “Disable user”' }).click()
  const dialog = page.getByRole('dialog', { name: 'Do again “Disable user”?' })
  await expect(dialog).toContainText('state enabled → disabled')
  await dialog.getByRole('button', { name: 'Do again' }).click()
  await expect(dialog).toHaveCount(0)
  expect(simulator.control.oracle.user(user.id)?.state).toBe('disabled')
  await expect(failed.getByRole('button')).toHaveCount(0)
})
