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
