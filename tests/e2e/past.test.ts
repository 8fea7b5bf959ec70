import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Simulator, startSimulator } from '@ostor-console/gateway-sim/simulator'
import type { LimitTrial } from '@ostor-console/shared/limit-trial'
import { storageOf } from '../../apps/bff/src/adapters/store/storage.ts'
import { openStore } from '../../apps/bff/src/adapters/store/store.ts'
import { CLUSTER, dayAgo, digits, expect, limitTo, openUser, test, untilCollected } from './console.ts'
import { look } from './look.ts'

const busiestUser = ({ control: { oracle } }: Simulator): string => {
  const week = [...oracle.usageBy('user', { from: dayAgo(7) })]
  return week.reduce((most, one) => (one[1].downloaded > most[1].downloaded ? one : most))[0]
}

test('a limit is tried on the past while it is typed, and saving does not wait for it', async ({ page, simulator }) => {
  test.slow()
  await untilCollected(page, 'settled')
  const userId = busiestUser(simulator)
  await openUser(page, userId, 'limits')
  await page.getByRole('button', { name: 'Edit limits' }).click()
  const past = page.locator('.limit-trial')
  await expect(past).toBeEmpty()

  await limitTo(page, 'Out', 'kb/s', '1')
  await limitTo(page, 'Get', 'ops/s', '35000000')
  await limitTo(page, 'Delete', 'ops/s', '5')
  await expect(past).toContainText('Get at 35,000,000 ops/s is above the mean of each of')
  await expect(past).toContainText('Delete at 5 ops/s cannot be tried on the past')

  const query = `usage/limit-trial?userId=${userId}&out=1`
  const answer = await page.request.get(`/api/v1/clusters/default/${query}`)
  const [week]: LimitTrial['windows'] = (await answer.json()).windows
  const over = week?.limits[0]?.finding?.periodsOver ?? 0
  expect(over).toBeGreaterThan(0)
  await expect(past).toContainText(
    `Out at 1 kb/s would have been over in at least ${digits(over)} of the ${digits(week?.periodsKnown ?? 0)} known periods of 2 h at 2 gateways in the last 7 days.`,
  )
  await expect(past).toContainText('bursts within a period are not seen')
  await look(page, 'limits-past')

  // What is typed next is tried while the answer before still stands, and that names its own limit.
  await page.route('**/usage/limit-trial*', () => {})
  await page.getByRole('textbox', { name: 'Out, kb/s' }).fill('2000000000')
  await expect(past).toHaveAttribute('aria-busy', 'true')
  await expect(past).toContainText('Out at 1 kb/s would have been over')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Edit limits' })).toBeVisible()
  await page.unroute('**/usage/limit-trial*')
  await page.getByRole('button', { name: 'Remove limits', exact: true }).click()
  await page.getByRole('menuitem', { name: 'All…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove limits', exact: true }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

const folders: string[] = []
test.afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const OTHER = { users: 12, buckets: 40, days: 1, seed: 5 }

/** The store of a console that has sampled the true sizes, as they were eight days ago. */
const sampledBefore = async (): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'ostor-console-'))
  folders.push(folder)
  const { control, close } = await startSimulator(OTHER)
  const at = dayAgo(8)
  const sizes = control.oracle.buckets().flatMap((name) => {
    const size = control.oracle.size(name, at)
    return size && size.createdAt < at ? [{ name, ...size }] : []
  })
  await close()
  const store = await openStore({ folder })
  await storageOf(store).record(
    'default',
    new Date(at),
    sizes.map(({ name, ownerId, createdAt, current, integral }) => ({
      name,
      ownerId,
      createdAt: new Date(createdAt),
      epoch: 0n,
      storedBytes: BigInt(current),
      byteHours: integral,
    })),
  )
  await store.close()
  return folder
}

test('a quota says what is stored, how it grows and when it would be full', async ({ elsewhere }) => {
  test.slow()
  const { page, simulator } = await elsewhere(OTHER, undefined, { DATA_DIR: await sampledBefore() })
  const { oracle } = simulator.control
  const storedBy = (userId: string, at?: number) =>
    oracle.buckets(userId).reduce((sum, name) => sum + BigInt(oracle.size(name, at)?.current ?? 0), 0n)
  const [user] = oracle
    .users()
    .filter(({ id }) => storedBy(id) > storedBy(id, dayAgo(8)) && storedBy(id) < 10n ** 12n)
    .toSorted((a, b) => Number(storedBy(b.id) - storedBy(a.id)))
  await openUser(page, user?.id ?? '', 'limits')
  const panel = page.getByRole('region', { name: 'Quota' })
  await expect(panel).toContainText(/Stored: .* sampled .*; grew by .* in [89] days\./)

  await panel.getByRole('button', { name: 'Change quota' }).click()
  const dialog = page.getByRole('dialog', { name: 'How much this user may store' })
  await dialog.getByText('Limit to').click()
  const size = dialog.getByRole('textbox', { name: 'Quota, GB' })
  await size.fill('1')
  await expect(dialog).toContainText('1 GB are full already.')
  await size.fill(String(storedBy(user?.id ?? '') / 10n ** 9n + 500n))
  await expect(dialog).toContainText(/Full in (about|more than)/)
  await look(page, 'quota-outlook')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(dialog).toHaveCount(0)
  await expect(panel).toContainText(/Full in (about|more than)/)

  await page.goto(`${CLUSTER}/settings`)
  const settings = page.getByRole('region', { name: 'Default quota of users' })
  await settings.getByRole('button', { name: 'Change quota' }).click()
  const everyone = page.getByRole('dialog', { name: 'How much every user may store' })
  await everyone.getByText('Limit to').click()
  await everyone.getByRole('textbox', { name: 'Quota, GB' }).fill('1')
  const over = (unit: bigint) => oracle.users().filter(({ id }) => storedBy(id) > unit).length
  expect(over(10n ** 9n)).toBeGreaterThan(0)
  await expect(everyone).toContainText(new RegExp(`${over(10n ** 9n)} of ${oracle.users().length} users store`))
  await expect(everyone).toContainText('Users with a quota of their own are among them')
  await look(page, 'quota-default-over')
  await everyone.getByRole('link', { name: 'All users by size' }).click()
  await expect(page).toHaveURL(/users\?sort=-storedBytes/)
})
