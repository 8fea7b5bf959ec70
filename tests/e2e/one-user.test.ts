import { CLUSTER, expect, test, untilQuotasKnown } from './console.ts'
import { takePicture } from './look.ts'

test('opens a user from the list', async ({ page, simulator }) => {
  const someone = simulator.control.oracle.users().find(({ flags, state }) => flags.length === 0 && state === 'enabled')
  await untilQuotasKnown(page, 100)
  await page.goto(`${CLUSTER}/users?search=${someone?.id}`)
  await page.getByRole('link', { name: someone?.email ?? '' }).click()
  await expect(page.getByRole('heading', { name: someone?.email ?? '' })).toBeVisible()
  await expect(page.getByText(someone?.id ?? '').first()).toBeVisible()
  await expect(page.getByText('Enabled').first()).toBeVisible()
  const figure = (label: string) =>
    page
      .locator('.figure')
      .filter({ has: page.getByText(label, { exact: true }) })
      .locator('.figure-value')
  await expect(figure('Buckets')).toHaveText(String(simulator.control.oracle.buckets(someone?.id).length))
  await expect(figure('Quota used')).toHaveText(/^(< )?[\d–]+%$|^none$/)
  await expect(figure('Traffic, last 24 hours')).toHaveText(/^(≥ )?[\d.]+ [KMGT]?i?B$/)
  await expect(figure('Operations, last 24 hours')).toHaveText(/^(≥ )?[\d.]+[KM]?$/)
  await takePicture(page, 'user')
})

test('a user who leaves the list by what is done there leaves the focus to the page', async ({ page, simulator }) => {
  const ordinary = simulator.control.oracle
    .users()
    .filter(({ flags, state }) => flags.length === 0 && state === 'enabled')
  // One from the beginning: who was created by another test may not be in the list yet.
  const { id, email } = ordinary[0] ?? { id: '', email: '' }
  await page.goto(`${CLUSTER}/users?state=enabled&search=${id}`)
  await page.getByRole('button', { name: `Actions for ${email}` }).click()
  await page.getByRole('menuitem', { name: 'Disable…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Disable this user?' })
  await dialog.getByRole('button', { name: 'Disable', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('No user matches')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
})
