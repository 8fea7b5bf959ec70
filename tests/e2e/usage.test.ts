import { CLUSTER, dayText, expect, newUser, openUser, test, untilCollected } from './console.ts'
import { expectUsage, FROM, operationsOf, RANGE, TO, trafficOf } from './figures.ts'
import { look, takePicture } from './look.ts'

test('W14: shows traffic and operations of the fleet over a chosen range', async ({ page, simulator }) => {
  await untilCollected(page)
  await page.goto(`${CLUSTER}/usage`)
  await expect(page.getByRole('application').first()).toBeVisible()
  await takePicture(page, 'usage', ['light-1440', 'dark-1440', 'light-390'])

  await page.getByRole('button', { name: 'Range: Last 7 days' }).click()
  await page.getByRole('menuitem', { name: 'Choose days…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('From').fill(dayText(TO))
  await dialog.getByLabel('To').fill(dayText(FROM))
  await dialog.getByRole('button', { name: 'Show' }).click()
  await expect(dialog).toContainText('Must not lie before the first day')
  await dialog.getByLabel('From').fill(dayText(FROM))
  await dialog.getByLabel('To').fill(dayText(TO - 1))
  await dialog.getByRole('button', { name: 'Show' }).click()
  await expect(page).toHaveURL(new RegExp(RANGE))
  await expectUsage(page, simulator.control, {})
  await look(page, 'usage-table')
})

test('shows the usage of one user', async ({ page, simulator }) => {
  await untilCollected(page)
  const [user = ''] = ranked(simulator.control.oracle.usageBy('user', { from: FROM, to: TO }), trafficOf)
  await openUser(page, user, 'usage')
  await expect(page.getByRole('figure').first()).toBeVisible()
  await takePicture(page, 'user-usage')
  await page.goto(`${CLUSTER}/users/${user}?tab=usage&${RANGE}`)
  await expectUsage(page, simulator.control, { user })
})

test('shows the usage of one bucket', async ({ page, simulator }) => {
  await untilCollected(page)
  const [bucket = ''] = ranked(simulator.control.oracle.usageBy('bucket', { from: FROM, to: TO }), trafficOf)
  await page.goto(`${CLUSTER}/buckets/${bucket}?${RANGE}`)
  await expectUsage(page, simulator.control, { bucket })
})

test('ranks users and buckets', async ({ page, simulator }) => {
  const { oracle } = simulator.control
  await untilCollected(page)
  await page.goto(`${CLUSTER}/usage?${RANGE}`)
  const emails = new Map(oracle.users().map(({ id, email }) => [id, email]))
  const users = page.getByRole('list', { name: 'Top users' })
  const buckets = page.getByRole('list', { name: 'Top buckets' })

  for (const [metric, of] of [
    ['Traffic', trafficOf],
    ['Operations', operationsOf],
  ] as const) {
    await page.getByRole('combobox', { name: 'Top users by' }).click()
    await page.getByRole('option', { name: metric }).click()
    const byUser = ranked(oracle.usageBy('user', { from: FROM, to: TO }), of)
    const expected = byUser.slice(0, 9).map((id) => emails.get(id) ?? id)
    await expect(users.getByRole('link')).toHaveText(expected)
    await expect(users.getByRole('listitem').last()).toContainText(`All others (${byUser.length - 9} users)`)
    const byBucket = ranked(oracle.usageBy('bucket', { from: FROM, to: TO }), of).slice(0, 9)
    await expect(buckets.getByRole('listitem').locator('bdi')).toHaveText(byBucket.map((name) => name || '(no bucket)'))
  }
  await users.getByRole('link').first().click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('@')
})

test('is explored by drawing over a chart, against an earlier range, and by who it was', async ({
  page,
  simulator,
}) => {
  const { oracle } = simulator.control
  await untilCollected(page)
  await page.goto(`${CLUSTER}/usage?${RANGE}`)
  const panel = page.getByRole('region', { name: 'Whole cluster' })
  await expect(panel.getByRole('application').first()).toBeVisible()

  await panel.getByRole('combobox', { name: 'Compare with' }).click()
  await page.getByRole('option', { name: 'Previous period' }).click()
  await expect(page).toHaveURL(/compare=previous/)
  await expect(panel).toContainText('compared with')
  await expect(panel.getByText(/against before/).first()).toBeVisible()
  await look(page, 'usage-compared')

  await panel.getByRole('button', { name: 'Uploaded' }).click()
  await expect(page).toHaveURL(/hidden=uploadedBytes/)
  await panel.getByRole('button', { name: 'Uploaded' }).click()

  const plot = await panel.locator('.recharts-cartesian-grid').first().boundingBox()
  if (!plot) throw new Error('there is no chart')
  const at = (share: number) => [plot.x + plot.width * share, plot.y + plot.height / 2] as const
  await page.mouse.move(...at(0.3))
  await page.mouse.down()
  await page.mouse.move(...at(0.45), { steps: 5 })
  await page.mouse.move(...at(0.62), { steps: 5 })
  await page.mouse.up()
  await expect(page).toHaveURL(/from=\d{4}-\d\d-\d\dT\d\d/)
  await panel.getByRole('button', { name: 'Zoom out' }).click()
  await expect(page).toHaveURL(/from=\d{4}-\d\d-\d\dT\d\d/)

  await page.goto(`${CLUSTER}/usage?${RANGE}&split=bucket`)
  const split = page.getByRole('region', { name: 'Who it was' })
  const [largest = ''] = ranked(oracle.usageBy('bucket', { from: FROM, to: TO }), trafficOf)
  await expect(split.getByText(largest || '(no bucket)').first()).toBeVisible()
  await expect(split.getByText(/All others/)).toBeVisible()
})

test('reads bytes and times as the admin prefers, and says which', async ({ page }) => {
  await untilCollected(page)
  await page.goto(`${CLUSTER}/usage?${RANGE}`)
  const panel = page.getByRole('region', { name: 'Whole cluster' })
  await expect(panel).toContainText('GiB')
  await page.getByRole('button', { name: /@/ }).click()
  await page.getByRole('menuitem', { name: /Bytes: binary/ }).click()
  await page.keyboard.press('Escape')
  await expect(panel).toContainText(/\d (GB|MB|TB)/)
  await expect(panel).not.toContainText('GiB')
  await page.getByRole('button', { name: /@/ }).click()
  await page.getByRole('menuitem', { name: /Bytes: decimal/ }).click()
  await page.keyboard.press('Escape')
})

test('figures follow other units and times while what was typed stays', async ({ page, simulator }) => {
  const choose = async (...names: RegExp[]) => {
    await page.getByRole('button', { name: /@/ }).first().click()
    for (const name of names) await page.getByRole('menuitem', { name }).click()
    await page.keyboard.press('Escape')
  }
  const user = newUser(simulator, 'typed@customer.example')
  await openUser(page, user.id, 'limits')
  await page.getByRole('button', { name: 'Edit limits', exact: true }).click()
  await page.getByRole('radiogroup', { name: 'Get: unlimited or limited', exact: true }).getByText('Limit to').click()
  const field = page.getByRole('textbox', { name: 'Get, ops/s', exact: true })
  await field.fill('3600')
  await choose(/^Bytes: binary/, /^Times: UTC/)
  await expect(field).toHaveValue('3600')
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()

  await page.goto(`${CLUSTER}/buckets`)
  const table = page.getByRole('table', { name: 'Buckets', exact: true })
  await expect(table).toContainText(/\d (GB|MB|TB)/)
  await choose(/^Bytes: decimal/, /^Times: local/)
  await expect(table).toContainText(/\d (GiB|MiB|TiB)/)
  await expect(table).not.toContainText(/\d (GB|MB|TB)/)
})

/** Ids or names, the largest first. */
const ranked = <T>(groups: Map<string, T>, of: (totals: T) => bigint): string[] =>
  [...groups.entries()].toSorted(([, a], [, b]) => (of(b) > of(a) ? 1 : -1)).map(([key]) => key)
