import { CLUSTER, exactly, expect, fact, openUser, test } from './console.ts'
import { takePicture } from './look.ts'

const HOUR = 3_600_000

test('finds a bucket by name and opens it', async ({ page, simulator }) => {
  const { oracle } = simulator.control
  const names = oracle.buckets()
  await page.goto(`${CLUSTER}/buckets`)
  const table = page.getByRole('table', { name: 'Buckets' })
  await expect(table.getByRole('row')).toHaveCount(51)
  for (const column of ['Bucket', 'Owner', 'Size', 'Peak, last hour', 'Created', 'Size changed']) {
    await expect(table.getByRole('columnheader', { name: column, exact: true })).toBeVisible()
  }
  await takePicture(page, 'buckets')

  await page.getByRole('button', { name: 'Next page' }).click()
  await expect(page).toHaveURL(/page=2/)
  await expect(page.getByText(`51–100 of ${names.length}`)).toBeVisible()
  await table.getByRole('button', { name: 'Bucket' }).click()
  await expect(page).toHaveURL(/sort=-?name/)
  await expect(table.getByRole('row').nth(1)).toContainText(names.toSorted()[0] ?? '')

  const steady = names.filter((name) => {
    const now = Date.now()
    return oracle.size(name, now)?.current === oracle.size(name, now + HOUR)?.current
  })
  const bucket = steady[17] ?? ''
  const size = oracle.size(bucket)
  await page.getByRole('searchbox').fill(bucket)
  await expect(page).toHaveURL(new RegExp(`search=${bucket}`))
  const row = table.getByRole('row').filter({ has: page.getByRole('link', { name: bucket, exact: true }) })
  await expect(row.getByTitle(exactly(size?.current ?? 0), { exact: true }).first()).toBeVisible()
  await row.getByRole('link', { name: bucket, exact: true }).click()

  await expect(page.getByRole('heading', { level: 1, name: bucket })).toBeVisible()
  await expect(fact(page, 'Size').getByTitle(exactly(size?.current ?? 0), { exact: true })).toBeVisible()
  await expect(page.getByRole('figure').first()).toBeVisible()
  await takePicture(page, 'bucket')

  const owner = oracle.user(size?.ownerId ?? '')
  await fact(page, 'Owner').getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1, name: owner?.email ?? '' })).toBeVisible()
})

test('lists the buckets of one user', async ({ page, simulator }) => {
  const { oracle } = simulator.control
  const user = oracle.users().find(({ id }) => oracle.buckets(id).length >= 2 && oracle.buckets(id).length < 50)
  await openUser(page, user?.id ?? '', 'buckets')
  const table = page.getByRole('table', { name: 'Buckets' })
  await expect(table.getByRole('link')).toHaveCount(oracle.buckets(user?.id).length)
  for (const name of oracle.buckets(user?.id))
    await expect(table.getByRole('link', { name, exact: true })).toBeVisible()
  const search = page.getByRole('searchbox')
  await search.fill('no bucket has this name')
  await expect(page.getByText('No bucket matches the search')).toBeVisible()
  await page.getByRole('button', { name: 'Clear the search' }).first().click()
  await expect(search).toBeFocused()
  await expect(table).toBeVisible()
  await search.fill('no bucket has this name')
  await page.getByRole('button', { name: 'Clear the search' }).last().click()
  await expect(table).toBeVisible()
})

test('says that there is no such bucket', async ({ page }) => {
  await page.goto(`${CLUSTER}/buckets/no-bucket-of-this-name`)
  await expect(page.getByText('There is no such bucket').first()).toBeVisible()
  await expect(page.getByRole('navigation').first()).toBeVisible()
})
