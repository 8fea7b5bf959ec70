import { createServer } from 'node:http'
import * as z from 'zod'
import type { GatewayAddress } from '../support/console-process.ts'
import { CLUSTER, expect, newUser, openUser, test } from './console.ts'
import { look } from './look.ts'
import { changeReadings } from './readings.ts'

const Fresh = z.looseObject({ freshness: z.object({ asOf: z.string() }) })

const SKEWED = {
  status: 403,
  code: 'RequestTimeTooSkewed',
  message: 'The time is too far off.',
  dateShiftSeconds: 5400,
}

test('says what is wrong with the gateway and what to do', async ({ elsewhere }) => {
  test.setTimeout(180_000)
  const few = { users: 3, buckets: 3, days: 1 }
  const foreign = createServer((_, reply) => reply.setHeader('content-type', 'text/html').end('<h1>It works!</h1>'))
  await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve))
  const place = foreign.address()
  const port = typeof place === 'object' && place !== null ? place.port : 0

  type Case = [title: string, advice: string, address: Parameters<typeof elsewhere>[1]]
  const cases: Case[] = [
    ['does not accept the access key', 'Compare OSTOR_ACCESS_KEY_ID', () => ({ secretAccessKey: 'x'.repeat(40) })],
    [
      'does not belong to a system user',
      'ostor-s3-admin create-user -S',
      ({ control }): Partial<GatewayAddress> => {
        const [key] = control.oracle.users()[1]?.keys ?? []
        return { accessKeyId: key?.id ?? '', secretAccessKey: key?.secret ?? '' }
      },
    ],
    ['does not answer like an ostor gateway', 'Set OSTOR_ENDPOINT', () => ({ endpoint: `http://127.0.0.1:${port}` })],
    ['gateway does not answer', 'systemctl status ostor-agentd.service', () => ({ endpoint: 'http://127.0.0.1:1' })],
  ]
  for (const [title, advice, address] of cases) {
    const { page } = await elsewhere(few, address)
    await page.goto(`${CLUSTER}/users`)
    const banner = page.getByRole('alert').filter({ hasText: title }).filter({ hasText: 'Check now' })
    await expect(banner).toBeVisible({ timeout: 40_000 })
    await banner.getByRole('button', { name: 'What to do' }).click()
    await expect(banner).toContainText(advice)
    await expect(page.getByRole('table')).toHaveCount(0)
    if (title.includes('system user')) await look(page, 'connection-not-system')
    await page.context().close()
  }
  foreign.close()
})

test('keeps the page when the gateway goes down, says since when, and recovers', async ({ page, simulator }) => {
  test.setTimeout(120_000)
  const { faults } = simulator.control
  await page.goto(`${CLUSTER}/users`)
  const rows = page.getByRole('table', { name: 'Users' }).getByRole('row')
  await expect(rows).toHaveCount(51)
  // E-mail, id, state, buckets and size; figures that are read beside the list may still come, as those of the quotas do.
  const figures = rows.locator('a, td:nth-child(n+3):nth-child(-n+6)')
  const before = await figures.allTextContents()
  expect(before).toHaveLength(50 * 5)

  faults.add({ reset: 'before' })
  // Another admin opens a user, so the console notices.
  await page.request.get(`/api/v1/clusters/default/users/${simulator.control.oracle.users()[1]?.id}`)
  const banner = page.getByRole('alert').filter({ hasText: 'The storage gateway does not answer' })
  await expect(banner).toBeVisible({ timeout: 40_000 })
  await expect(banner).toContainText(/Since \d+ \w+ \d{4}, \d\d:\d\d UTC/)
  await expect(figures).toHaveText(before)
  await look(page, 'connection-down')
  const checked = page.waitForResponse('**/connection/check')
  await banner.getByRole('button', { name: 'Check now' }).click()
  await checked
  await expect(banner.getByRole('button', { name: 'Check now' })).toBeFocused()
  await expect(banner).toBeVisible()
  await page.reload()
  await expect(rows).toHaveCount(51)

  faults.clear()
  await banner.getByRole('button', { name: 'Check now' }).click()
  await expect(banner).toHaveCount(0)
  await expect(rows).toHaveCount(51)
})

test('says how far apart the clocks are', async ({ page, simulator }) => {
  const user = newUser(simulator, 'clocks@customer.example')
  simulator.control.faults.add(SKEWED)
  await openUser(page, user.id)
  const banner = page.getByRole('alert').filter({ hasText: 'The clocks are 1 h 30 min apart' })
  await expect(banner).toBeVisible({ timeout: 40_000 })
  await banner.getByRole('button', { name: 'What to do' }).click()
  await expect(banner).toContainText('timedatectl set-ntp true')
  simulator.control.faults.clear()
  await banner.getByRole('button', { name: 'Check now' }).click()
  await expect(banner).toHaveCount(0)
  await expect(page.getByRole('heading', { name: user.email })).toBeVisible()
})

test('a page that could not be read comes back by itself', async ({ page, simulator }) => {
  const user = newUser(simulator, 'comes-back@customer.example')
  simulator.control.faults.add({ reset: 'before' })
  await openUser(page, user.id)
  await expect(page.getByRole('main').getByRole('button', { name: 'Try again' }).first()).toBeVisible()
  simulator.control.faults.clear()
  await expect(page.getByRole('heading', { name: user.email })).toBeVisible({ timeout: 40_000 })
})

test('a list that was stale is read again by itself, until it is not', async ({ page }) => {
  const mend = await changeReadings(page, /\/clusters\/default\/users(\?|$)/, ({ status, body }) => {
    const { freshness, ...rest } = Fresh.parse(body)
    return { status, body: { ...rest, freshness: { ...freshness, staleReason: 'The gateway does not answer' } } }
  })
  await page.goto(`${CLUSTER}/users`)
  await expect(page.getByText('Stale since')).toBeVisible()
  const rows = page.getByRole('table', { name: 'Users' }).getByRole('row')
  await expect(rows).toHaveCount(51)
  await rows.nth(20).hover()
  const top = (await rows.nth(20).boundingBox())?.y
  await mend()
  await expect(page.getByText('Stale since')).toHaveCount(0, { timeout: 40_000 })
  await expect(rows).toHaveCount(51)
  expect((await rows.nth(20).boundingBox())?.y).toBe(top)
})

test('changes nothing while the gateway is down, and keeps what was typed', async ({ page, simulator }) => {
  await page.goto(`${CLUSTER}/users`)
  await page.getByRole('button', { name: 'New user' }).click()
  const dialog = page.getByRole('dialog')
  const field = dialog.getByRole('textbox', { name: 'E-mail' })
  await field.fill('during-outage@customer.example')
  simulator.control.faults.add({ reset: 'before' })
  await dialog.getByRole('button', { name: 'Create user' }).click()
  await expect(dialog.getByRole('alert')).toBeVisible()
  await expect(field).toHaveValue('during-outage@customer.example')
  simulator.control.faults.clear()
  expect(simulator.control.oracle.users().some(({ email }) => email.startsWith('during-outage'))).toBe(false)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
})
