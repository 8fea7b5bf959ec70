import { CLUSTER, expect, fact, test } from './console.ts'
import { look } from './look.ts'

test('shows how the gateway speaks, from what that is known, and what is not known yet', async ({ elsewhere }) => {
  test.slow()
  const { page } = await elsewhere({ version: '5.4', users: 3, buckets: 3, days: 1 })
  await page.goto(`${CLUSTER}/buckets`)
  await page.getByRole('table', { name: 'Buckets' }).getByRole('link').first().click()
  await expect(fact(page, 'Size')).toBeVisible()
  await page.getByRole('tab', { name: 'Limits and quota', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Edit limits', exact: true })).toBeVisible()
  await page.getByRole('tab', { name: 'Replication', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Replication', exact: true })).toContainText(/\w\./)
  await page.goto(`${CLUSTER}/settings`)
  await expect(fact(page, 'List of users')).toContainText('a bare list')
  await expect(fact(page, 'One bucket by its name')).toContainText('answered with others')
  await expect(fact(page, 'Version')).toContainText('4.7 or later, before 6.3')
  await expect(fact(page, 'Form of limits')).toHaveText('not known yet')
  await expect(fact(page, 'Signature')).toContainText('V2')
  await expect(fact(page, 'Version of the console')).toHaveText(/^\d+\.\d+\.\d+$/)
  await page.getByRole('region', { name: 'How the gateway speaks' }).scrollIntoViewIfNeeded()
  await look(page, 'settings-dialect', [])
})

test('says what is set by hand', async ({ elsewhere }) => {
  const env: Record<string, string> = {}
  const { page } = await elsewhere(
    { users: 1, buckets: 1, days: 1 },
    ({ endpoint, accessKeyId, secretAccessKey }) => {
      const named = { id: 'default', name: 'Storage Graz', endpoint, accessKeyId, secretAccessKey }
      env['OSTOR_CLUSTERS'] = JSON.stringify([{ ...named, version: '6.1', limitsForm: 'A' }])
      return {}
    },
    env,
  )
  await page.goto(`${CLUSTER}/settings`)
  await expect(fact(page, 'Version')).toContainText('6.1Set by hand')
  await expect(fact(page, 'Form of limits')).toContainText('A, a group at onceIt is set by hand')
  await expect(fact(page, 'One bucket by its name')).toContainText('The version is set to 6.1')
})
