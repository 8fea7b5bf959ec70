import type { Page } from '@playwright/test'
import { CLUSTER, expect, limitTo, newUser, openUser, test, writesIn } from './console.ts'
import { look } from './look.ts'

const FIELDS = [
  { name: 'Default', unit: 'ops/s', value: '50' },
  { name: 'Get', unit: 'ops/s', value: '3600' },
  { name: 'Put', unit: 'ops/s', value: '600' },
  { name: 'List', unit: 'ops/s', value: '7' },
  { name: 'Delete', unit: 'ops/s', value: '1' },
  { name: 'Out', unit: 'kb/s', value: '2048' },
]

const shown = (page: Page, name: string) =>
  page.locator('dl > div').filter({ has: page.locator('dt', { hasText: new RegExp(`^${name}\\b`) }) })

test('shows the limits of a user with units, and unlimited as a word', async ({ page, simulator }) => {
  const user = newUser(simulator, 'free@customer.example')
  await openUser(page, user.id, 'limits')
  for (const { name } of FIELDS) await expect(shown(page, name)).toContainText('unlimited')
  await expect(page.getByText('Operations per second')).toBeVisible()
})

test('sets every limit of a user and reads it back', async ({ page, simulator }) => {
  test.slow()
  const user = newUser(simulator, 'limited@customer.example')
  await openUser(page, user.id, 'limits')
  await page.getByRole('button', { name: 'Edit limits' }).click()
  const first = page.getByRole('radiogroup', { name: 'Default: unlimited or limited' }).first()
  await expect(first.getByRole('radio').first()).toBeFocused()
  for (const { name, unit, value } of FIELDS) await limitTo(page, name, unit, value)
  await look(page, 'limits')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Edit limits' })).toBeFocused()
  for (const { name, unit, value } of FIELDS) {
    await expect(shown(page, name)).toContainText(`${Number(value).toLocaleString('en')} ${unit}`)
  }

  await page.getByRole('button', { name: 'Edit limits' }).click()
  await page.getByRole('textbox', { name: 'Get, ops/s' }).fill('1e3')
  simulator.control.clearCalls()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('whole number').first()).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Get, ops/s' })).toHaveValue('1e3')
  await page.getByRole('textbox', { name: 'Get, ops/s' }).fill('0')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('choose "unlimited"').first()).toBeVisible()
  expect(writesIn(simulator)).toEqual([])
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('button', { name: 'Edit limits' })).toBeFocused()
})

test('a change of the limits of one user is not there for the next', async ({ page, simulator }) => {
  const user = newUser(simulator, 'changed@customer.example')
  const next = newUser(simulator, 'next@customer.example')
  await openUser(page, user.id, 'limits')
  await page.getByRole('button', { name: 'Edit limits' }).click()
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeVisible()
  // The shortest way, on which only the address changes.
  await page.evaluate((address) => history.pushState(null, '', address), `${CLUSTER}/users/${next.id}?tab=limits`)
  await expect(page.getByRole('heading', { name: next.email })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Edit limits' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toHaveCount(0)
})

test('removes the limits of a user', async ({ page, simulator }) => {
  const user = newUser(simulator, 'freed@customer.example')
  await openUser(page, user.id, 'limits')
  await page.getByRole('button', { name: 'Edit limits' }).click()
  await limitTo(page, 'Get', 'ops/s', '10')
  await limitTo(page, 'Out', 'kb/s', '100')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(shown(page, 'Get')).toContainText('10 ops/s')

  await page.getByRole('button', { name: 'Remove limits', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Operations…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove limits', exact: true }).click()
  await expect(shown(page, 'Get')).toContainText('unlimited')
  await expect(shown(page, 'Out')).toContainText('100 kb/s')

  await page.getByRole('button', { name: 'Remove limits', exact: true }).click()
  await page.getByRole('menuitem', { name: 'All…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove limits', exact: true }).click()
  await expect(shown(page, 'Out')).toContainText('unlimited')
})

test('sets, shows and removes the limits of a bucket', async ({ page, simulator }) => {
  const user = newUser(simulator, 'bucket-owner@customer.example')
  simulator.control.buckets.create({ name: 'throttled-bucket', owner: user.id })
  await page.goto(`${CLUSTER}/buckets/throttled-bucket?tab=limits`)
  await page.getByRole('button', { name: 'Edit limits' }).click()
  for (const { name, unit, value } of FIELDS) await limitTo(page, name, unit, value)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  for (const { name, unit, value } of FIELDS) {
    await expect(shown(page, name)).toContainText(`${Number(value).toLocaleString('en')} ${unit}`)
  }
  await page.getByRole('button', { name: 'Remove limits', exact: true }).click()
  await page.getByRole('menuitem', { name: 'All…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove limits', exact: true }).click()
  for (const { name } of FIELDS) await expect(shown(page, name)).toContainText('unlimited')
})
