import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { CLUSTER, expect, test, writesIn } from './console.ts'
import { look, takePicture } from './look.ts'

// Each has a console of its own, and the runs are held back by their ceiling.
test.describe.configure({ timeout: 240_000 })

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const count = (page: Page, text: string) => region(page, 'The result').getByRole('button', { name: text, exact: true })

const startAt = async (page: Page, perSecond: string) => {
  await page.getByRole('textbox', { name: 'Requests to the gateway in a second, at most' }).fill(perSecond)
  await button(page, 'Start').click()
}

/** Neither Escape nor the way back throws a list of e-mails away. */
const keepsWhatIsTyped = async (page: Page) => {
  const form = page.getByRole('dialog', { name: 'Plan a change of many users' })
  const list = form.getByLabel('E-mails')
  await list.fill('typed@customer.example')
  await list.press('Escape')
  await page.goBack()
  const asked = page.getByRole('dialog', { name: 'Leave without saving?' })
  await asked.getByRole('button', { name: 'Cancel', exact: true }).click()
  await expect(asked).toHaveCount(0)
  await expect(list).toHaveValue('typed@customer.example')
}

test('users are ticked over several pages, or all that match; a plan can be discarded', async ({ elsewhere }) => {
  const { page, simulator } = await elsewhere({ users: 60, buckets: 20, days: 1 })
  await page.goto(`${CLUSTER}/users`)
  const table = page.getByRole('table', { name: 'Users' })
  await table.getByRole('checkbox').nth(1).check()
  await button(page, 'Next page').click()
  await expect(page.getByText('51–61 of 61')).toBeVisible()
  await table.getByRole('checkbox').nth(1).check()
  const bar = region(page, 'Selection')
  await expect(bar).toContainText('2 users selected')
  await look(page, 'users-selected', [])
  await bar.getByRole('button', { name: 'Select all 61 that match' }).click()
  await expect(bar).toContainText('All 61 users that match')

  await bar.getByRole('button', { name: 'Plan a change…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('What is to be done').selectOption({ label: 'Set limits' })
  await dialog.getByRole('button', { name: 'Make the plan' }).click()
  await expect(dialog.getByRole('alert')).toContainText('at least one limit')
  await dialog.getByLabel('Get: what to set').selectOption({ label: 'Limit to' })
  await dialog.getByLabel('Get, ops/s').fill('40')
  await look(page, 'bulk-dialog', [])
  simulator.control.clearCalls()
  await dialog.getByRole('button', { name: 'Make the plan' }).click()
  await expect(page.getByRole('heading', { name: 'Set limits of 61 users' })).toBeVisible()
  await expect(page.getByText('get 40 ops/s')).toBeVisible()
  await button(page, 'Discard the plan').click()
  await expect(page.getByText('No bulk changes yet')).toBeVisible()
  expect(writesIn(simulator)).toEqual([])
})

test('users are disabled by a plan, the run is paused, and what was refused is run again', async ({ elsewhere }) => {
  const { page, simulator } = await elsewhere({ users: 24, disabledUsers: 4, buckets: 20, days: 1 })
  const { control } = simulator
  const refused = control.oracle.users().findLast(({ state }) => state === 'enabled')
  const fault = { method: 'POST', parameters: { emailAddress: refused?.email ?? '' } }
  control.faults.add({ ...fault, status: 403, code: 'NotAllowed', times: 1 })

  await page.goto(`${CLUSTER}/users`)
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
  await button(page, 'Plan a change…').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Make the plan' }).click()
  await expect(page.getByRole('heading', { name: 'Disable 20 users' })).toBeVisible()
  const items = page.getByRole('table', { name: 'Users of this change' })
  await expect(items).toContainText('enabled → disabled')
  await look(page, 'bulk-plan')
  expect(writesIn(simulator)).toEqual([])

  await startAt(page, '10')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await button(page, 'Pause').click()
  await expect(region(page, 'The run')).toContainText('paused by')
  // The second click of a double click, which comes when "Go on" stands there already.
  await button(page, 'Go on').dispatchEvent('click', { detail: 2 })
  await look(page, 'bulk-run')
  await expect(button(page, 'Go on')).toBeFocused()
  await button(page, 'Go on').click()
  await expect(count(page, '19 done')).toBeVisible({ timeout: 60_000 })
  await takePicture(page, 'bulk-result')
  await count(page, '2 refused').click()
  await expect(page).toHaveURL(/state=refused/)
  await expect(items).toContainText('NotAllowed')
  await expect(items.getByRole('row')).toHaveCount(3)
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV' }).click()])
  expect(
    readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n'),
  ).toHaveLength(26)

  await button(page, 'Run the failed ones again (1)').click()
  await expect(page.getByRole('heading', { name: 'Disable 1 user' })).toBeVisible()
  await startAt(page, '50')
  await expect(count(page, '1 done')).toBeVisible()
  expect(control.oracle.users().filter(({ state }) => state === 'enabled')).toHaveLength(1)

  await page.getByRole('link', { name: 'Bulk changes' }).first().click()
  await expect(page.getByRole('table', { name: 'Bulk changes' }).getByRole('row')).toHaveCount(3)
})

test('users are created from a list, and their first keys are handed over once', async ({ elsewhere }) => {
  const { page, simulator } = await elsewhere({ users: 8, buckets: 10, days: 1 })
  const { oracle } = simulator.control
  const taken = oracle.users()[3]?.email ?? ''
  await page.goto(`${CLUSTER}/users`)
  await page.getByRole('link', { name: 'Bulk changes' }).first().click()
  await button(page, 'Plan from a list of e-mails').click()
  await keepsWhatIsTyped(page)
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('What is to be done').selectOption({ label: 'Create users with these e-mails' })
  const list = `E-mail;Name\none@new.example;Ann\ntwo@new.example;Bo\none@new.example;Ann again\n${taken};Cy\nno e-mail;Di\n`
  const emails = dialog.getByLabel('E-mails')
  const file = dialog.locator('input[type=file]')
  const readFile = async (text: string) => {
    await file.setInputFiles({ name: 'new.csv', mimeType: 'text/csv', buffer: Buffer.from(list) })
    await expect(emails).toHaveValue(text)
    // A browser says nothing when the file is chosen that is chosen already.
    await expect(file).toHaveValue('')
  }
  await emails.fill('typed@new.example')
  await readFile(`typed@new.example\n${list}`)
  await readFile(`typed@new.example\n${list}${list}`)
  await emails.fill('')
  await readFile(list)
  await dialog.getByRole('button', { name: 'Make the plan' }).click()
  const items = page.getByRole('table', { name: 'Users of this change' })
  await expect(items).toContainText('Chosen before, on line 2')
  await expect(items).toContainText('has this e-mail already')
  await expect(items).toContainText('no e-mail that a user can have')
  await startAt(page, '50')
  await expect(count(page, '2 done')).toBeVisible({ timeout: 30_000 })

  const panel = region(page, 'First keys')
  await panel.getByRole('button', { name: 'Take the keys…' }).click()
  await look(page, 'bulk-keys', [])
  await dialog.getByRole('button', { name: 'Take them now' }).click()
  const [saving] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save .csv' }).click(),
  ])
  const saved = readFileSync(await saving.path(), 'utf8')
  const made = oracle.users().filter(({ email }) => email.endsWith('@new.example'))
  expect(made).toHaveLength(2)
  for (const { id, keys } of made) for (const text of [id, keys[0]?.id, keys[0]?.secret]) expect(saved).toContain(text)
  await dialog.getByRole('button', { name: 'I have stored the keys' }).click()
  await expect(panel).toContainText('2 keys handed over')
  await expect(panel.getByRole('button')).toHaveCount(0)
})

test('a bulk change that waits behind another names it, and leads to it', async ({ elsewhere }) => {
  const { page } = await elsewhere({ users: 24, buckets: 10, days: 1 })
  const disableAll = async () => {
    await page.goto(`${CLUSTER}/users`)
    await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
    await button(page, 'Plan a change…').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Make the plan' }).click()
    await startAt(page, '1')
    await expect(button(page, 'Pause')).toBeVisible()
    return page.url()
  }
  const first = await disableAll()
  await disableAll()
  const notice = page.getByRole('alert').filter({ hasText: 'It waits for another bulk change' })
  await expect(notice).toContainText('Before this one comes Disable')
  await look(page, 'bulk-behind', [])
  await notice.getByRole('link').click()
  await expect(page).toHaveURL(first)
  await expect(notice).toHaveCount(0)
})

test('a deletion wants the number of users, waits for the gateway, and can be stopped', async ({ elsewhere }) => {
  const { page, simulator } = await elsewhere({ users: 8, buckets: 0, days: 1 })
  const { control } = simulator
  await page.goto(`${CLUSTER}/users`)
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
  await button(page, 'Plan a change…').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('What is to be done').selectOption({ label: 'Delete' })
  await dialog.getByRole('button', { name: 'Make the plan' }).click()
  await button(page, 'Start deleting…').click()
  await dialog.getByLabel('Type 8 to confirm').fill('7')
  await dialog.getByRole('button', { name: 'Delete 8 users' }).click()
  await expect(dialog).toContainText('not the same text')
  await look(page, 'bulk-delete', [])
  control.faults.add({ reset: 'before' })
  await dialog.getByLabel('Type 8 to confirm').fill('8')
  await dialog.getByRole('button', { name: 'Delete 8 users' }).click()
  await expect(page.getByText('It waits for the gateway and goes on by itself')).toBeVisible({ timeout: 30_000 })
  await look(page, 'bulk-waits', [])
  await button(page, 'Stop…').click()
  await dialog.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(count(page, '8 left as they were')).toBeVisible()
  expect(control.oracle.users()).toHaveLength(9)
})
