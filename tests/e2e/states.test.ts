import { CLUSTER, expect, newUser, openUser, test, untilCollected } from './console.ts'
import { look } from './look.ts'
import { failReadings, holdReadings } from './readings.ts'

test('a new console says what it still lacks, and marks what is there', async ({ elsewhere }) => {
  test.setTimeout(120_000)
  const { page, simulator } = await elsewhere({ users: 0, buckets: 0, collectStatistics: false })
  await page.goto(`${CLUSTER}/overview`)
  const steps = page.getByRole('list', { name: 'First steps' }).getByRole('listitem')
  await expect(steps).toContainText([
    'The gateway answers, done',
    'Usage statistics come in, still missing',
    'The first user, still missing',
    'A backup of the history, still missing',
  ])
  await expect(page.getByRole('region', { name: 'State of the cluster' })).toContainText('1 thing needs attention')
  await look(page, 'first-steps')

  newUser(simulator, 'first@customer.example')
  await expect(async () => {
    await page.reload()
    await expect(steps.nth(2)).toContainText('The first user, done', { timeout: 10_000 })
  }).toPass()
  await page.getByRole('button', { name: 'Hide this guide', exact: true }).click()
  await page.reload()
  await expect(page.getByRole('region', { name: 'Totals' })).toBeVisible()
  await expect(steps).toHaveCount(0)
})

test('a list is grey while it is first read, and keeps its rows while it is read again', async ({ page }) => {
  const LIST = /\/clusters\/default\/buckets\?/
  const read = await holdReadings(page, LIST)
  await page.goto(`${CLUSTER}/buckets`)
  await expect(page.getByLabel('Loading')).toBeVisible()
  await look(page, 'state-loading')
  read()
  const rows = page.getByRole('table', { name: 'Buckets' }).getByRole('row')
  await expect(rows).toHaveCount(51)

  const readAgain = await holdReadings(page, LIST)
  // The last column comes by itself, once the rows are there.
  await expect(rows.nth(1).getByRole('cell').last()).toHaveText(/\d/)
  const before = await rows.allTextContents()
  await page.getByRole('button', { name: 'Size', exact: true }).click()
  await expect(page).toHaveURL(/sort=/)
  await expect(rows).toHaveText(before)
  await expect(page.getByLabel('Loading')).toHaveCount(0)
  readAgain()
  await expect(rows).not.toHaveText(before)
})

test('a panel that cannot be read leaves the others as they are', async ({ page }) => {
  const mend = await failReadings(page, /\/usage\/top\?/)
  await page.goto(`${CLUSTER}/overview`)
  const panel = page.getByRole('region', { name: 'Top users, last 30 days' })
  await expect(panel.getByRole('alert')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Totals' }).getByRole('link')).toHaveCount(2)
  await look(page, 'state-failed')
  await mend()
  await panel.getByRole('button', { name: 'Try again', exact: true }).click()
  await expect(panel.getByRole('listitem')).toHaveCount(6)
})

test('why a panel could not be read stays said while it is read again, and so does the focus', async ({ page }) => {
  const TOP = /\/usage\/top\?/
  const mend = await failReadings(page, TOP)
  await page.goto(`${CLUSTER}/overview`)
  const panel = page.getByRole('region', { name: 'Top users, last 30 days' })
  const again = panel.getByRole('button', { name: 'Try again', exact: true })
  await expect(again).toBeVisible()
  await mend()
  const read = await holdReadings(page, TOP)
  await again.press('Enter')
  await expect(again).toHaveAttribute('aria-busy', 'true')
  await expect(panel.getByRole('alert')).toBeVisible()
  await expect(again).toBeFocused()
  read()
  await expect(panel.getByRole('listitem')).toHaveCount(6)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
})

test('a pager keeps the focus on its last page, where it leads no further', async ({ page }) => {
  await page.goto(`${CLUSTER}/buckets`)
  const last = page.getByRole('button', { name: 'Last page', exact: true })
  await last.press('Enter')
  await expect(page).toHaveURL(/page=/)
  await expect(last).toBeDisabled()
  await expect(last).toBeFocused()
})

test('without a network the page stays, says so, and goes on when it is back', async ({ page }) => {
  await page.goto(`${CLUSTER}/users`)
  const rows = page.getByRole('table', { name: 'Users' }).getByRole('row')
  await expect(rows).toHaveCount(51)
  const gateway = page.getByRole('banner').locator('.health-word')
  await expect(gateway).toHaveText('Gateway answers')
  await page.context().setOffline(true)
  await expect(page.getByText('You are offline.')).toBeVisible()
  await expect(gateway).toHaveText('Gateway state not known')
  await expect(rows).toHaveCount(51)
  await look(page, 'state-offline')
  await page.context().setOffline(false)
  await expect(page.getByText('You are offline.')).toHaveCount(0)
  await expect(gateway).toHaveText('Gateway answers')
})

test('search and shortcuts whose file does not come say so, and come with the network', async ({ page }) => {
  const files = '**/assets/keyboard*'
  await page.route(files, (route) => route.abort())
  await page.goto(`${CLUSTER}/users`)
  await page.getByRole('banner').getByRole('button', { name: 'Search and go', exact: true }).click()
  const failed = page.getByRole('dialog', { name: 'Not loaded', exact: true })
  await expect(failed.getByRole('alert')).toContainText('Nothing was changed')
  await failed.getByRole('button', { name: 'Close', exact: true }).click()
  await expect(failed).toHaveCount(0)

  await page.unroute(files)
  await page.context().setOffline(true)
  await expect(page.getByText('You are offline.')).toBeVisible()
  await page.context().setOffline(false)
  await expect(page.getByText('You are offline.')).toHaveCount(0)
  await expect(async () => {
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused({ timeout: 1_000 })
  }).toPass()
  await page.keyboard.press('Escape')
})

test('a dialog whose file does not come leaves the page as it is, and is tried again', async ({ page }) => {
  const files = '**/assets/create-user-dialog*'
  await page.route(files, (route) => route.abort())
  await page.goto(`${CLUSTER}/users`)
  const rows = page.getByRole('table', { name: 'Users', exact: true }).getByRole('row')
  await expect(rows).toHaveCount(51)
  await page.getByRole('button', { name: 'New user', exact: true }).click()
  const failed = page.getByRole('dialog', { name: 'Not loaded', exact: true })
  await expect(failed.getByRole('alert')).toContainText('Nothing was changed')
  await expect(rows).toHaveCount(51)
  await failed.getByRole('button', { name: 'Close', exact: true }).click()
  await expect(failed).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'New user', exact: true })).toBeFocused()

  await page.keyboard.press('Enter')
  await expect(failed).toBeVisible()
  await page.unroute(files)
  await failed.getByRole('button', { name: 'Try again', exact: true }).click()
  await expect(page.getByRole('dialog', { name: 'New user', exact: true }).getByLabel('E-mail')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('nothing on the page of usage moves when its figures come', async ({ page }) => {
  await untilCollected(page)
  const read = await holdReadings(page, /\/clusters\/default\/(usage|storage)\//)
  await page.goto(`${CLUSTER}/usage`)
  const waiting = page.getByRole('main').getByLabel('Loading')
  await expect(waiting).toHaveCount(7)
  const titles = page.getByRole('main').getByRole('heading', { level: 2 })
  const placesOf = () => titles.evaluateAll((all) => all.map((each) => Math.round(each.getBoundingClientRect().top)))
  const before = await placesOf()
  await look(page, 'usage-loading')

  read()
  await expect(waiting).toHaveCount(0)
  await expect(page.getByRole('application')).toHaveCount(4)
  expect(await placesOf()).toEqual(before)
})

test('the tabs of a user stay where they are when the user comes, on a phone too', async ({ page, simulator }) => {
  const { id } = newUser(simulator, 'stays@customer.example')
  const tabs = page.getByRole('tablist')
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 })
    const read = await holdReadings(page, new RegExp(`/users/${id}$`))
    await page.goto(`${CLUSTER}/users/${id}`)
    const before = await tabs.boundingBox()
    read()
    await expect(page.getByRole('button', { name: 'Delete user', exact: true })).toBeVisible()
    expect(await tabs.boundingBox(), `at ${width} px`).toEqual(before)
    await page.unrouteAll({ behavior: 'wait' })
  }
})

test('a chart whose file does not come says so in its place, and is tried again', async ({ page }) => {
  await untilCollected(page)
  const files = '**/assets/chart-time-series*.js'
  await page.route(files, (route) => route.abort())
  await page.goto(`${CLUSTER}/usage`)
  const panel = page.getByRole('region', { name: 'Whole cluster', exact: true })
  const failed = panel.getByRole('alert').filter({ hasText: 'This part did not load' })
  await expect(failed).toHaveCount(2)
  await expect(page.getByRole('list', { name: 'Top users' }).getByRole('link').first()).toBeVisible()

  await page.unroute(files)
  await failed.first().getByRole('button', { name: 'Try again', exact: true }).click()
  await expect(panel.getByRole('application')).toHaveCount(1)
  await expect(failed).toHaveCount(1)
})

test('what was typed outlives the session', async ({ page, running }) => {
  test.setTimeout(120_000)
  await page.goto(`${CLUSTER}/users`)
  await page.getByRole('button', { name: 'New user', exact: true }).click()
  const field = page.getByRole('dialog', { name: 'New user' }).getByLabel('E-mail')
  await field.fill('typed@customer.example')
  await page.context().clearCookies()
  await page.getByRole('button', { name: 'Create user', exact: true }).click()
  const cover = page.getByRole('dialog', { name: 'Sign in again' })
  await expect(cover).toBeVisible()
  await look(page, 'state-session-ended')
  // Browsers close a dialog at the second Escape, whatever it says to the first.
  for (const _ of [1, 2]) await page.keyboard.press('Escape')
  await expect(cover).toBeVisible()
  await cover.getByLabel('E-mail').fill(running.email)
  await cover.getByLabel('Password', { exact: true }).fill(running.password)
  await cover.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(cover).toHaveCount(0)
  await expect(field).toHaveValue('typed@customer.example')
  await expect(page).toHaveTitle('Users · Ostor Console')
})

test('what the browser does not copy or save is said beside its button', async ({ page, simulator }) => {
  await openUser(page, newUser(simulator, 'not-copied@customer.example').id)
  await expect(page.getByRole('button', { name: 'Delete user', exact: true })).toBeVisible()
  await page.evaluate(() =>
    Object.defineProperty(navigator.clipboard, 'writeText', { value: () => Promise.reject(new Error('not in front')) }),
  )
  await page.getByRole('button', { name: 'Copy user id', exact: true }).first().click()
  await expect(page.getByRole('alert')).toHaveText('Not copied: select it and copy by hand')
  await page.mouse.move(0, 0)
  await look(page, 'state-not-copied', [])

  const files = '**/assets/csv-*.js'
  await page.route(files, (route) => route.abort())
  await page.goto(`${CLUSTER}/usage`)
  const panel = page.getByRole('region', { name: 'Whole cluster', exact: true })
  await panel.getByRole('button', { name: 'CSV', exact: true }).click()
  await expect(panel.getByRole('alert')).toContainText('Not saved: ')
  await page.unroute(files)
})

test('density is chosen beside the theme, and is there at the first picture', async ({ page }) => {
  await page.goto(`${CLUSTER}/users`)
  const row = page.getByRole('table', { name: 'Users' }).getByRole('row').nth(1)
  const height = async () => Math.round((await row.boundingBox())?.height ?? 0)
  await expect.poll(height).toBe(40)
  const choose = async (density: string) => {
    await page.getByRole('button', { name: 'Theme and density', exact: true }).click()
    await page.getByRole('menuitem', { name: density, exact: true }).click()
  }
  await choose('Compact')
  await expect.poll(height).toBe(30)
  await page.reload({ waitUntil: 'commit' })
  await expect(page.locator('html[data-density="compact"][data-mantine-color-scheme="light"]')).toBeAttached()
  await expect.poll(height).toBe(30)
  await look(page, 'users-compact')
  await choose('Comfortable')
  await expect.poll(height).toBe(40)
})
