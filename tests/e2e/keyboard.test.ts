import type { Locator, Page } from '@playwright/test'
import { CLUSTER, expect, test, untilCollected } from './console.ts'
import { look } from './look.ts'
import { failReadings, readingsOf } from './readings.ts'

/** No test of this file touches the mouse. */
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true })
const field = (page: Page) => page.getByRole('combobox', { name: 'Search users, keys, buckets' })

const byName = (a: string, b: string): number => (a < b ? -1 : 1)
const isActive = (element: Element) => element === document.activeElement

/** What has the focus, by its text, and whether the browser gives it to the page at all. */
const focusIn = (page: Page) =>
  page.evaluate(() => ({ on: document.activeElement?.textContent?.slice(0, 80), isOfThePage: document.hasFocus() }))

/** Goes on with Tab until this has the focus. */
const tabTo = async (page: Page, control: Locator) => {
  await control.waitFor({ state: 'attached' })
  for (let steps = 0; steps < 80; steps += 1) {
    if (await control.evaluate(isActive, null, { timeout: 5000 })) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${String(control)}`)
}
/** Goes there and presses Enter. */
const use = async (page: Page, name: string, within: Page | Locator = page) => {
  await tabTo(page, within.getByRole('button', { name, exact: true }))
  await page.keyboard.press('Enter')
}

/** Pastes into the palette and takes the first choice, whose words the field hands to a screen reader. */
const go = async (page: Page, text: string, says: string) => {
  await page.keyboard.press('Control+k')
  await expect(field(page)).toBeFocused()
  await page.keyboard.insertText(text)
  const active = () =>
    field(page).evaluate(
      (input) =>
        document.querySelector(`#${CSS.escape(input.getAttribute('aria-activedescendant') ?? '-')}`)?.textContent,
    )
  await expect.poll(active).toContain(says)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

test('signs in, and finds a user, a key and a bucket by keyboard alone', async ({ browser, running, simulator }) => {
  const context = await browser.newContext({ baseURL: running.url })
  const page = await context.newPage()
  const { keyboard } = page
  await page.goto(`${CLUSTER}/operations`)
  await expect(page.getByRole('textbox', { name: 'E-mail' })).toBeFocused()
  await keyboard.type(running.email)
  await tabTo(page, page.getByLabel('Password', { exact: true }))
  await keyboard.type(running.password)
  await keyboard.press('Enter')
  await expect(heading(page, 'Operations')).toBeFocused()

  const { oracle } = simulator.control
  const someone = oracle.users().find(({ flags, keys }) => flags.length === 0 && keys.length === 2)
  const [key] = someone?.keys ?? []
  const asked: string[] = []
  page.on('request', (request) => {
    asked.push(...readingsOf(new URL(request.url())).filter((address) => /\/(users|buckets)\?.*search=/.test(address)))
  })
  await go(page, someone?.email ?? '', someone?.id ?? '')
  await expect(heading(page, someone?.email ?? '')).toBeFocused()
  await expect(page).toHaveTitle(`${someone?.email} · Ostor Console`)
  expect(asked.map((address) => address.split('?', 1).join('')).toSorted(byName), 'one of each kind').toEqual([
    '/api/v1/clusters/default/buckets',
    '/api/v1/clusters/default/users',
  ])

  await go(page, key?.id ?? '', `has a key whose id holds ${key?.id}`)
  await expect(page).toHaveURL(new RegExp(`/users/${someone?.id}\\?tab=keys`))
  await expect(page.getByText(key?.id ?? '').first()).toBeVisible()

  const [bucket = ''] = oracle.buckets()
  await go(page, bucket, bucket)
  await expect(heading(page, bucket)).toBeFocused()

  await keyboard.press('Control+k')
  await expect(field(page)).toBeFocused()
  await expect(page.getByRole('group', { name: 'Recent' }).getByRole('option')).toContainText([
    someone?.email ?? '',
    'Operations',
  ])
  const state = page.getByRole('dialog').locator('output')
  await keyboard.type('@')
  await expect(state).toHaveText('Type two letters or more to search')
  await expect(page.getByRole('dialog')).not.toContainText('Nothing found')
  await keyboard.press('Backspace')
  await keyboard.type('no such thing')
  await expect(state).toHaveText('Nothing found')
  await keyboard.press('Escape')
  await expect(heading(page, bucket)).toBeFocused()
  await context.close()
})

test('makes, changes and deletes a user by keyboard alone', async ({ page, simulator }) => {
  test.slow()
  const { keyboard } = page
  const { oracle } = simulator.control
  const email = 'keys@customer.example'
  await page.goto(`${CLUSTER}/operations`)
  await expect(heading(page, 'Operations')).toBeVisible()
  await keyboard.press('Tab')
  await expect.poll(() => focusIn(page)).toEqual({ on: 'Skip to the page', isOfThePage: true })
  await keyboard.press('Enter')
  await expect(page.locator('#main')).toBeFocused()

  await expect(async () => {
    await keyboard.type('gu')
    await expect(heading(page, 'Users')).toBeFocused({ timeout: 1000 })
  }).toPass()
  await keyboard.press('/')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await keyboard.type('gun?/')
  await expect(page.getByRole('searchbox')).toHaveValue('gun?/')
  await keyboard.press('Escape')
  await expect(page.getByRole('searchbox')).toHaveValue('')
  const links = page.getByRole('table', { name: 'Users' }).locator('tbody').getByRole('link')
  await tabTo(page, links.first())
  await keyboard.press('ArrowDown')
  await expect(links.nth(1)).toBeFocused()

  await keyboard.press('n')
  await expect(page.getByRole('textbox', { name: 'E-mail' })).toBeFocused()
  await keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'New user' })).toBeFocused()
  await keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'E-mail' })).toBeFocused()
  await keyboard.type(email)
  await keyboard.press('Enter')
  await use(page, 'I have stored the secret')
  await expect(heading(page, email)).toBeFocused()
  const { id = '' } = oracle.users().find((user) => user.email === email) ?? {}

  await tabTo(page, page.getByRole('tab', { name: 'Overview' }))
  await keyboard.press('ArrowRight')
  await use(page, 'Generate key')
  await use(page, 'I have stored the secret')
  await expect(page.getByRole('button', { name: 'Generate key' })).toBeFocused()
  const [first, second] = oracle.user(id)?.keys ?? []
  await use(page, `Revoke ${first?.id}`)
  await use(page, 'Revoke key')
  await expect(page.getByText(first?.id ?? '')).toHaveCount(0)
  expect(oracle.user(id)?.keys).toEqual([second])
  await expect(page.locator(':focus')).toHaveCount(1)

  await tabTo(page, page.getByRole('tab', { name: 'Keys' }))
  await keyboard.press('ArrowRight')
  await use(page, 'Edit limits')
  await tabTo(page, page.getByRole('radiogroup', { name: 'Get: unlimited or limited' }).getByRole('radio').first())
  await keyboard.press('ArrowRight')
  await tabTo(page, page.getByRole('textbox', { name: 'Get, ops/s' }))
  await keyboard.type('40')
  await keyboard.press('Enter')
  await expect(page.getByText('40 ops/s')).toBeVisible()

  await use(page, 'Disable')
  await use(page, 'Disable', page.getByRole('dialog'))
  await expect(page.getByRole('button', { name: 'Enable', exact: true })).toBeVisible()
  expect(oracle.user(id)?.state).toBe('disabled')

  await use(page, 'Delete user')
  const when = page.getByRole('combobox', { name: 'When' })
  await tabTo(page, when)
  await keyboard.press('ArrowDown')
  await expect(page.getByRole('option', { name: 'At once' })).toBeVisible()
  await keyboard.press('ArrowUp')
  await keyboard.press('ArrowUp')
  await keyboard.press('Enter')
  await expect(when).toHaveValue('At once')
  await tabTo(page, page.getByRole('dialog').getByRole('textbox', { name: email }))
  await keyboard.type(email)
  await keyboard.press('Enter')
  await expect(heading(page, 'Users')).toBeFocused()
  expect(oracle.user(id)).toBeUndefined()

  await keyboard.type('ga')
  await expect(heading(page, 'Audit')).toBeFocused()
  await expect(page.getByRole('table').getByText(email).first()).toBeVisible()
})

test('selects a range on a chart by keys, and copies its address', async ({ page }) => {
  const { keyboard } = page
  await untilCollected(page)
  await page.goto(`${CLUSTER}/usage?range=30d`)
  const chart = page.getByRole('application').first()
  const said = page.getByRole('figure').first().locator('output')
  await tabTo(page, chart)
  await keyboard.press('ArrowRight')
  await expect(said).toContainText('Downloaded')
  for (let steps = 0; steps < 3; steps += 1) await keyboard.press('Shift+ArrowRight')
  await expect(said).toContainText(/^Selected: .+ Enter zooms in, Escape lets go\.$/)
  await keyboard.press('Escape')
  await expect(said).not.toContainText('Selected')
  for (let steps = 0; steps < 3; steps += 1) await keyboard.press('Shift+ArrowLeft')
  await expect(said).toContainText('Selected')
  await keyboard.press('Enter')
  await expect(page).toHaveURL(/from=.+&to=/)
  await expect(chart).toBeFocused()

  await keyboard.press('Control+k')
  await expect(field(page)).toBeFocused()
  await keyboard.insertText('copy link')
  await keyboard.press('Enter')
  await expect(page.getByRole('dialog').locator('output')).toContainText('The link is copied')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url())
  await keyboard.press('Escape')
  await expect(chart).toBeFocused()
})

test('says what cannot be searched or done, lists the shortcuts and switches them off', async ({ page }) => {
  test.slow()
  const { keyboard } = page
  await page.route('**/api/v1/session', async (route) => {
    const response = await route.fetch()
    const session = await response.json()
    await route.fulfill({ response, json: { ...session, admin: { ...session.admin, role: 'viewer' } } })
  })
  await failReadings(page, /\/buckets\?/)
  await page.goto(`${CLUSTER}/settings`)
  await expect(heading(page, 'Settings')).toBeVisible()
  await expect(async () => {
    await keyboard.press('Control+k')
    await expect(field(page)).toBeFocused({ timeout: 500 })
  }).toPass()
  const said = page.getByRole('dialog').locator('output')
  await expect(page.getByRole('option', { name: 'Audit' })).toHaveCount(0)
  await keyboard.insertText('new user')
  await expect(page.getByRole('option', { name: 'New user' })).toHaveAttribute('aria-disabled', 'true')
  await expect(said).toContainText('You are signed in as Viewer; this takes Admin or Operator.')
  await keyboard.press('Enter')
  await expect(field(page)).toBeFocused()

  await keyboard.press('Control+a')
  await keyboard.insertText('cloud')
  await expect(page.getByRole('group', { name: 'Users' })).toBeVisible()
  await expect(said).toContainText('Buckets could not be searched: ')
  await page.unrouteAll()
  await page.context().setOffline(true)
  await keyboard.insertText('@')
  await expect(said).toContainText('You are offline')
  await page.context().setOffline(false)
  await expect(said).toHaveText(/^\d+ choices$/)
  await look(page, 'palette')
  await keyboard.press('Escape')

  await keyboard.press('?')
  const shortcuts = page.getByRole('switch', { name: 'Shortcuts of single keys' })
  await look(page, 'shortcuts')
  await tabTo(page, shortcuts)
  await keyboard.press('Space')
  await expect(shortcuts).not.toBeChecked()
  await keyboard.press('Escape')
  await keyboard.type('gu?')
  await keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toHaveCount(1)
  await expect(heading(page, 'Settings')).toHaveCount(1)
  await keyboard.insertText('keyboard shortcuts')
  await keyboard.press('Enter')
  await tabTo(page, shortcuts)
  await keyboard.press('Space')
  await keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await keyboard.type('go')
  await expect(heading(page, 'Overview')).toBeFocused()
})
