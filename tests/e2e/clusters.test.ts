import { startSimulator } from '@ostor-console/gateway-sim/simulator'
import { CLUSTER, expect, test } from './console.ts'
import { look } from './look.ts'

const SMALL = { users: 12, buckets: 20, days: 1, seed: 5 }

test('shows all clusters side by side, and what they come to as far as it is known', async ({ elsewhere }) => {
  test.slow()
  const other = await startSimulator({ ...SMALL, users: 30, buckets: 40 })
  const of = (id: string, name: string, { endpoint, accessKeyId, secretAccessKey }: typeof other) => ({
    id,
    name,
    endpoint,
    accessKeyId,
    secretAccessKey,
  })
  const both = { OSTOR_CLUSTERS: '' }
  const { page, simulator } = await elsewhere(
    SMALL,
    (first) => {
      both.OSTOR_CLUSTERS = JSON.stringify([of('default', 'Storage Vienna', first), of('graz', 'Storage Graz', other)])
      return {}
    },
    both,
  )
  const total = simulator.control.oracle.users().length + other.control.oracle.users().length
  await page.getByRole('link', { name: 'All clusters', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'All clusters', exact: true })).toBeVisible()
  const table = page.getByRole('table', { name: 'Clusters' })
  const row = (name: string) => table.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })
  const together = page.getByRole('region', { name: 'All clusters together' })
  await expect(row('Storage Graz')).toContainText(String(other.control.oracle.users().length))
  await expect(together).toContainText(String(total))
  await look(page, 'clusters')

  await row('Storage Graz').getByRole('link').click()
  await expect(page).toHaveURL(/\/c\/graz\/overview$/)
  await page.getByRole('button', { name: 'Storage Graz', exact: true }).click()
  await page.getByRole('menuitem', { name: 'All clusters', exact: true }).click()
  await expect(page).toHaveURL(/\/c\/graz\/clusters$/)
  await other.close()
})

test('a cluster of which nothing is known leaves the sum open', async ({ elsewhere }) => {
  test.slow()
  const other = await startSimulator(SMALL)
  await other.close()
  const both = { OSTOR_CLUSTERS: '' }
  const { page, simulator } = await elsewhere(
    SMALL,
    ({ endpoint, accessKeyId, secretAccessKey }) => {
      const first = { id: 'default', name: 'Storage Vienna', endpoint, accessKeyId, secretAccessKey }
      both.OSTOR_CLUSTERS = JSON.stringify([
        first,
        { ...first, id: 'graz', name: 'Storage Graz', endpoint: other.endpoint },
      ])
      return {}
    },
    both,
  )
  await page.goto(`${CLUSTER}/clusters`)
  const together = page.getByRole('region', { name: 'All clusters together' })
  await expect(together).toContainText(`≥ ${simulator.control.oracle.users().length}`)
  await expect(together.getByText('1 of 2 not known').first()).toBeVisible()
  const row = page.getByRole('table', { name: 'Clusters' }).getByRole('row').nth(2)
  await expect(row.getByText('not known', { exact: true }).first()).toBeVisible()
  await expect(row).not.toContainText(/\b0\b/)
})
