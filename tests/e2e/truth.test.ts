import type { StorageSeries } from '@ostor-console/shared/storage'
import type { UsageSeries } from '@ostor-console/shared/usage'
import type { Page } from '@playwright/test'
import { CLUSTER, expect, test, untilCollected } from './console.ts'
import { look, takePicture } from './look.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const API = '/api/v1/clusters/default'
const WORLD = { users: 8, buckets: 12, days: 5, period: 3600, services: 2, silentPeriods: 0, itemsPerObject: 10 }

/** Two days that are over, in which every period is final: the last of them ended a day ago, also just after midnight. */
const FROM = Math.floor((Date.now() - HOUR) / DAY) * DAY - 3 * DAY
const TO = FROM + 2 * DAY
const range = `from=${new Date(FROM).toISOString().slice(0, 10)}&to=${new Date(TO - DAY).toISOString().slice(0, 10)}`

const read = async <T>(page: Page, path: string): Promise<T> => (await page.request.get(`${API}${path}`)).json()

/** The text of the file that a panel hands over. */
const csvOf = async (page: Page, title: string): Promise<string> => {
  const panel = page.getByRole('region', { name: title, exact: true })
  const download = page.waitForEvent('download')
  await panel.getByRole('button', { name: 'CSV' }).click()
  const stream = await (await download).createReadStream()
  let text = ''
  for await (const part of stream) text += String(part)
  return text
}

const now = () => new Date(Date.now() + 60_000).toISOString()
const recent = () => `from=${new Date(Date.now() - DAY).toISOString()}&to=${now()}`

test('hatches what is missing where it is missing, and says at least until somebody decides', async ({ elsewhere }) => {
  test.slow()
  const missingAt = FROM + 20 * HOUR
  const withheld: { startMs: number; seconds: number }[] = []
  const { page } = await elsewhere(WORLD, ({ control }) => {
    const chosen = control.oracle
      .objects()
      .filter(({ name, startMs }) => name.includes('0065-') && startMs >= missingAt && startMs < missingAt + 3 * HOUR)
    for (const { name } of chosen) control.statistics.remove(name)
    withheld.push(...chosen)
    return {}
  })
  await untilCollected(page)
  const [first] = withheld
  const last = withheld.at(-1)
  if (!first || !last) throw new Error('nothing is withheld')
  const gap = { from: first.startMs, to: last.startMs + last.seconds * 1000 }

  await page.goto(`${CLUSTER}/usage?${range}`)
  const panel = page.getByRole('region', { name: 'Whole cluster' })
  await expect(panel).toContainText('3 of 96 periods missing at gateway …65')
  await expect(panel.getByText('≥').first()).toBeVisible()
  const chart = panel.getByRole('figure').first()
  const hatch = await chart.locator('.chart-gap path, .chart-gap rect').first().boundingBox()
  const plot = await chart.locator('.recharts-cartesian-grid').boundingBox()
  if (!hatch || !plot) throw new Error('nothing is hatched')
  const xAt = (at: number) => plot.x + ((at - FROM) / (TO - FROM)) * plot.width
  expect(Math.abs(hatch.x - xAt(gap.from))).toBeLessThan(3)
  expect(Math.abs(hatch.x + hatch.width - xAt(gap.to))).toBeLessThan(3)
  await look(page, 'usage-gap')

  const series = await read<UsageSeries>(
    page,
    `/usage/series?from=${new Date(FROM).toISOString()}&to=${new Date(TO).toISOString()}`,
  )
  expect(series.gaps).toMatchObject([
    { from: new Date(gap.from).toISOString(), to: new Date(gap.to).toISOString(), periods: 3, accepted: false },
  ])
  expect(await csvOf(page, 'Whole cluster')).toContain('8000000000000065:3')

  await page.getByRole('link', { name: 'Gaps' }).click()
  await expect(page.getByRole('row')).toHaveCount(2)
  await takePicture(page, 'gaps')
  await page.getByRole('button', { name: 'Nothing is missing…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('No figure changes')
  await dialog.getByLabel('Why').fill('The gateway was moved to another rack')
  await look(page, 'gap-decide')
  await dialog.getByRole('button', { name: 'Nothing is missing' }).click()
  await expect(page.getByRole('row').nth(1)).toContainText('nothing missing')

  await page.goto(`${CLUSTER}/usage?${range}`)
  await expect(panel).not.toContainText('periods missing')
  await expect(chart).toContainText('complete')
  await page.goto(`${CLUSTER}/gaps`)
  await page.getByRole('button', { name: 'Reopen…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Open it again' }).click()
  await expect(page.getByRole('row').nth(1)).toContainText('open')
  await page.goto(`${CLUSTER}/audit`)
  await expect(page.getByRole('row').nth(2)).toContainText('Decide about a gap')
})

test('of a gateway that is gone nothing is missing from then on', async ({ elsewhere }) => {
  test.slow()
  const { page } = await elsewhere(WORLD, ({ control }) => {
    control.clock.freeze()
    const after = control.oracle
      .objects()
      .filter(({ name, startMs }) => name.includes('0065-') && startMs >= FROM + DAY)
    for (const { name } of after) control.statistics.remove(name)
    return {}
  })
  await untilCollected(page, 'settled')
  await page.goto(`${CLUSTER}/usage?${range}`)
  const panel = page.getByRole('region', { name: 'Whole cluster' })
  await expect(panel).toContainText('24 of 96 periods missing at gateway …65')

  await page.goto(`${CLUSTER}/gaps`)
  await page.getByRole('button', { name: 'Nothing is missing…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('This gateway is gone').check()
  await look(page, 'gap-gateway-gone', [])
  await dialog.getByRole('button', { name: 'Nothing is missing' }).click()
  await expect(page.getByRole('row').nth(1)).toContainText('nothing missing')
  await page.goto(`${CLUSTER}/usage?${range}`)
  await expect(panel.getByRole('figure').first()).toContainText('complete')
  await expect(panel).not.toContainText('periods missing')
  await page.goto(`${CLUSTER}/audit`)
  await expect(page.getByRole('row').nth(1)).toContainText('the gateway is gone')
})

test('W15: calls every figure stale, in lists, charts, files and the API, once the collector is frozen', async ({
  elsewhere,
}) => {
  test.setTimeout(180_000)
  const { page, simulator } = await elsewhere(WORLD, undefined, { STALE_AFTER: '10' })
  await untilCollected(page)
  expect((await read<UsageSeries>(page, `/usage/series?${recent()}`)).source.staleSince).toBeNull()

  simulator.control.faults.add({ status: 503 })
  await expect
    .poll(async () => (await read<UsageSeries>(page, `/usage/series?${recent()}`)).source.staleSince, {
      timeout: 60_000,
    })
    .not.toBeNull()
  for (const path of ['usage/top', 'usage/breakdown'])
    expect((await read<UsageSeries>(page, `/${path}?${recent()}&by=user`)).source.staleSince).not.toBeNull()
  expect((await read<UsageSeries>(page, `/usage/heat-map?${recent()}`)).source.staleSince).not.toBeNull()
  // What was settled before is as true as ever.
  const settled = `from=${new Date(FROM).toISOString()}&to=${new Date(TO).toISOString()}`
  expect((await read<UsageSeries>(page, `/usage/series?${settled}`)).source.staleSince).toBeNull()

  await page.goto(`${CLUSTER}/usage?range=24h`)
  for (const title of ['Whole cluster', 'Who it was', 'Hours of the week', 'Top users', 'Top buckets'])
    await expect(page.getByRole('region', { name: title, exact: true })).toContainText('stale since')
  await look(page, 'usage-stale')
  expect(await csvOf(page, 'Whole cluster')).toMatch(/,20\d\d-\d\d-\d\dT[\d:.]+Z\r?\n$/)

  await page.goto(`${CLUSTER}/overview`)
  await expect(page.getByRole('region', { name: 'Totals' })).toContainText('stale since')
  await expect(page.getByRole('region', { name: 'Last 30 days', exact: true })).toContainText('stale since')
  await expect(page.getByRole('region', { name: 'Health' })).toContainText('stale since')
  await page.goto(`${CLUSTER}/statistics`)
  await expect(page.getByRole('region', { name: 'Collector' })).toContainText('stale since')
  await page.goto(`${CLUSTER}/users`)
  await expect(page.getByTitle(/Traffic of the last 30 days: .*stale/).first()).toBeVisible()
  // The list of users is read apart from statistics, and stale only once it was due and could not be read.
  await expect(async () => {
    await page.goto(`${CLUSTER}/users`)
    await expect(page.getByText('Stale since').first()).toBeVisible({ timeout: 3000 })
  }).toPass({ timeout: 90_000 })
})

test('shows 0 nowhere for what is not known', async ({ elsewhere }) => {
  const { page } = await elsewhere({ ...WORLD, collectStatistics: false })
  await page.goto(`${CLUSTER}/users`)
  const cells = page.getByTitle('Traffic of the last 30 days: nothing is known')
  await expect(cells).toHaveCount(WORLD.users + 1)
  await page.goto(`${CLUSTER}/usage`)
  for (const title of ['Whole cluster', 'Who it was', 'Hours of the week', 'Top users'])
    await expect(page.getByRole('region', { name: title, exact: true })).not.toContainText(/\b0 B\b/)
  const stored = await read<StorageSeries>(
    page,
    `/storage/series?${range.replaceAll(/(\d\d)(&|$)/g, '$1T00:00:00Z$2')}`,
  )
  expect(stored.points.every(({ storedBytes, averageBytes }) => storedBytes === null && averageBytes === null)).toBe(
    true,
  )
  expect({ byteHours: stored.byteHours, coverage: stored.source.coverage }).toEqual({
    byteHours: null,
    coverage: 'unknown',
  })
  await page.goto(`${CLUSTER}/overview`)
  await expect(page.getByRole('region', { name: 'Totals' })).toContainText('unknown')
})
