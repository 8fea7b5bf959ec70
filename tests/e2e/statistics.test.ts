import type { Page } from '@playwright/test'
import { CLUSTER, dayAgo, digits, exactly, expect, fact, test, untilCollected } from './console.ts'
import { look, takePicture } from './look.ts'

const open = async (page: Page, name: string) => {
  await page.goto(`${CLUSTER}/statistics`)
  await page.getByLabel('Object name').fill(name)
  await page.getByRole('button', { name: 'Get' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

test('lists statistics objects page by page', async ({ page, simulator }) => {
  await untilCollected(page)
  await page.goto(`${CLUSTER}/statistics`)
  const table = page.getByRole('table', { name: 'Statistics objects' })
  const names = table.getByRole('link')
  await expect(names).toHaveCount(50)
  await takePicture(page, 'statistics')

  const all = simulator.control.oracle.objects().toSorted((a, b) => b.startMs - a.startMs)
  const first = all.findIndex(({ name }) => name === all[0]?.name || name === all[1]?.name)
  const newest = await names.first().textContent()
  const start = all.findIndex(({ name }) => name === newest)
  expect(start - first).toBeLessThanOrEqual(2)
  const page1 = all.slice(start, start + 50).map(({ name }) => name)
  const page2 = all.slice(start + 50, start + 100).map(({ name }) => name)
  await expect(names).toHaveText(page1)
  await page.getByRole('link', { name: 'Older' }).click()
  await expect(names).toHaveText(page2)
  await page.getByRole('button', { name: 'Newest' }).click()
  await expect(names).toHaveText(page1)

  const service = all[0]?.name.slice(9, 25) ?? ''
  await page.getByRole('combobox', { name: 'Gateway service' }).click()
  await page.getByRole('option', { name: service }).click()
  await expect(page).toHaveURL(new RegExp(`serviceId=${service}`))
  const ofService = all.filter(({ name }) => name.includes(`-${service}-`)).map(({ name }) => name)
  await expect(names).toHaveText(ofService.filter((name) => page1.includes(name) || page2.includes(name)).slice(0, 50))
})

test('opens one object with every field', async ({ page, simulator }) => {
  const { oracle } = simulator.control
  await untilCollected(page)
  const object = oracle.objects().find(({ startMs, items }) => startMs > dayAgo(2) && items > 5)
  const { name = '', startMs = 0, seconds = 0 } = object ?? {}
  await open(page, name)
  await expect(fact(page, 'State')).toContainText('Stored')
  await expect(fact(page, 'fmt_version')).toHaveText('1')
  await expect(fact(page, 'service_id')).toHaveText(name.slice(9, 25))
  await expect(fact(page, 'start_ts')).toContainText(String(startMs / 1000))
  await expect(fact(page, 'period')).toContainText(String(seconds))

  const table = page.getByRole('table', { name: 'Rows of the object' })
  for (const column of 'bucket epoch user_id tag put get list other uploaded downloaded'.split(' ')) {
    await expect(table.getByRole('columnheader', { name: column, exact: true })).toBeVisible()
  }
  const usage = oracle.usageBy('bucket', { from: startMs, to: startMs + 1 })
  for (const [bucket, { put, get, list, other, uploaded, downloaded }] of usage) {
    if (bucket === '') continue
    const row = table.getByRole('row').filter({ has: page.getByRole('link', { name: bucket, exact: true }) })
    const cells = row.getByRole('cell')
    await expect(cells.nth(2)).toHaveText(oracle.size(bucket)?.ownerId ?? '')
    await expect(cells.nth(3)).toHaveText('none')
    for (const [at, count] of [put, get, list, other].entries())
      await expect(cells.nth(4 + at)).toHaveText(digits(count))
    await expect(cells.nth(8).locator('[title]')).toHaveAttribute('title', exactly(uploaded))
    await expect(cells.nth(9).locator('[title]')).toHaveAttribute('title', exactly(downloaded))
  }
  await takePicture(page, 'statistics-object')

  const [bucket = ''] = usage.keys()
  await page.getByRole('searchbox', { name: 'Filter rows' }).fill(bucket)
  await expect(table.getByRole('link', { name: bucket, exact: true })).toBeVisible()
})

test('D3: deletes a stored object at the gateway after its name is typed', async ({ page, simulator }) => {
  const { oracle } = simulator.control
  await untilCollected(page)
  const object = oracle.objects().find(({ startMs, items }) => startMs > dayAgo(40) && items > 3)
  const { name = '', startMs = 0, items = 0 } = object ?? {}
  const before = oracle.usage({ from: startMs, to: startMs + 1 })
  await open(page, name)
  await page.getByRole('button', { name: 'Delete at the gateway…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill(`${name}0`)
  await dialog.getByRole('button', { name: 'Delete at the gateway' }).click()
  await expect(dialog).toContainText('not the same text')
  await look(page, 'statistics-delete', [])
  await dialog.getByRole('textbox').fill(name)
  await dialog.getByRole('button', { name: 'Delete at the gateway' }).click()
  await expect(page).toHaveURL(/\/statistics$/)
  expect(oracle.objects().find((one) => one.name === name)?.isDeleted).toBe(true)

  await open(page, name)
  await expect(fact(page, 'State')).toContainText('gone')
  await expect(page.getByRole('table', { name: 'Rows of the object' }).getByRole('row')).toHaveCount(items + 1)
  expect(oracle.usage({ from: startMs, to: startMs + 1 })).toEqual(before)
  await expect(page.getByRole('button', { name: 'Delete at the gateway…' })).toHaveAttribute('aria-disabled', 'true')
})

test('says that there is no object of a name', async ({ page }) => {
  await page.goto(`${CLUSTER}/statistics`)
  await page.getByLabel('Object name').fill('s3-usage-8000000000000099-2020-01-01T00:00:00.000Z-1800')
  await page.getByRole('button', { name: 'Get' }).click()
  await expect(page.getByText('There is no such statistics object')).toBeVisible()
  await page.goto(`${CLUSTER}/statistics/anything%20else`)
  await expect(page.getByRole('alert')).toContainText('must look like')
})
