import { CLUSTER, digits, exactly, expect, fact, test, untilCollected } from './console.ts'
import { operationsOf, trafficOf } from './figures.ts'
import { look, takePicture } from './look.ts'
import { readingsOf } from './readings.ts'

test('shows totals, trend, top users and the state of gateway and collector', async ({ page, simulator }) => {
  test.setTimeout(180_000)
  const { oracle } = simulator.control
  await untilCollected(page, 'settled')
  const asked: URLSearchParams[] = []
  page.on('request', (request) => {
    const readings = readingsOf(new URL(request.url()))
    asked.push(...readings.map((address) => new URLSearchParams(address.split('?')[1])))
  })
  const totals = page.getByRole('region', { name: 'Totals' })
  await expect(async () => {
    await page.goto(`${CLUSTER}/overview`)
    // What other tests made is in the lists after the next read of the gateway.
    await expect(totals.getByRole('link').first()).toHaveText(digits(oracle.users().length), { timeout: 4_000 })
    await expect(totals.getByRole('link').last()).toHaveText(digits(oracle.buckets().length), { timeout: 4_000 })
  }).toPass({ timeout: 90_000 })

  await expect(totals).not.toContainText('≥')
  // Without WHMCS nothing leads to it.
  await expect(
    page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Users', exact: true }),
  ).toBeVisible()
  await expect(page.getByRole('link', { name: /Clients|WHMCS/ })).toHaveCount(0)
  const days = () =>
    asked
      .filter((query) => query.get('stepSeconds') === '86400' && query.get('to')?.endsWith('Z'))
      .map((query) => ({ from: query.get('from') ?? '', to: query.get('to') ?? '' }))
      .filter(({ from, to }) => Date.parse(to) - Date.parse(from) === 86_400_000)
  await expect.poll(() => days().length).toBeGreaterThan(0)
  const day = days().reduce((late, one) => (one.to > late.to ? one : late))
  const usage = oracle.usage({ from: Date.parse(day.from), to: Date.parse(day.to) })
  await expect(totals.getByTitle(exactly(trafficOf(usage)), { exact: true })).toBeVisible()
  await expect(totals.getByTitle(digits(operationsOf(usage)), { exact: true })).toBeVisible()

  // Other tests of this console leave changes that did not come about.
  const state = page.getByRole('region', { name: 'State of the cluster' })
  await expect(state).toContainText(/Everything works|things? needs? attention/)
  await expect(state).toContainText('Gateway answers')
  await expect(page.getByRole('figure').filter({ hasText: 'Traffic' })).toBeVisible()
  await expect(page.getByRole('list', { name: 'Growing most' }).getByRole('link').first()).toBeVisible()
  await expect(page.getByRole('list', { name: 'Top users, last 30 days' }).getByRole('listitem')).toHaveCount(6)
  await expect(fact(page, 'Gateway')).toHaveText('answers')
  await expect(fact(page, 'Usage')).toHaveText('up to date')
  await page.getByRole('button', { name: 'Hide this guide', exact: true }).click()
  await takePicture(page, 'overview', ['light-1440', 'dark-1440', 'light-390'])
})

test('says how to switch statistics on', async ({ elsewhere }) => {
  const { page, simulator } = await elsewhere({ users: 12, buckets: 30, collectStatistics: false })
  await page.goto(`${CLUSTER}/overview`)
  await expect(page.getByText('The gateway collects no usage statistics').first()).toBeVisible()
  await expect(page.getByText('S3_GW_COLLECT_STAT=1').first()).toBeVisible()
  await expect(page.getByText('systemctl restart ostor-agentd.service').first()).toBeVisible()
  const totals = page.getByRole('region', { name: 'Totals' })
  await expect(totals.getByText('unknown', { exact: true })).toHaveCount(2)
  await look(page, 'overview-statistics-off')
  await page.goto(`${CLUSTER}/usage`)
  await expect(page.getByText('S3_GW_COLLECT_STAT=1')).toBeVisible()
  await page.goto(`${CLUSTER}/users`)
  await expect(page.getByRole('row')).toHaveCount(simulator.control.oracle.users().length + 1)
})

test('shows a cluster that nobody uses yet', async ({ elsewhere }) => {
  const { page, simulator } = await elsewhere({ users: 0, buckets: 0, days: 1 })
  await page.goto(`${CLUSTER}/overview`)
  const totals = page.getByRole('region', { name: 'Totals' })
  await expect(totals).toContainText('1 enabled, 0 disabled')
  await expect(page.getByRole('list', { name: 'Top users, last 30 days' })).toHaveCount(0)
  await look(page, 'overview-empty', [])
  await page.goto(`${CLUSTER}/buckets`)
  await expect(page.getByText('No buckets yet')).toBeVisible()
  await look(page, 'buckets-empty')

  await page.goto(`${CLUSTER}/users`)
  await page.getByRole('button', { name: 'New user' }).click()
  await page.getByRole('dialog').getByLabel('E-mail').fill('first@customer.example')
  await page.getByRole('dialog').getByRole('button', { name: 'Create user' }).click()
  await page.getByRole('button', { name: 'I have stored the secret' }).click()
  await expect(page.getByRole('heading', { name: 'first@customer.example' })).toBeVisible()
  expect(simulator.control.oracle.users()).toHaveLength(2)
})
