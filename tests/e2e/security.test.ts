import type { Page } from '@playwright/test'
import { remains } from './breaches.ts'
import { CLUSTER, expect, test, untilCollected } from './console.ts'

const settled = async (page: Page) => {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByLabel('Loading')).toHaveCount(0)
  await page.waitForLoadState('networkidle')
}

const expectNoScroll = async (page: Page, what: string) => {
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(sideways, what.slice(0, 60)).toBeLessThanOrEqual(0)
}

test('every test would notice what no page may do or keep', async ({ browser, running, seen }) => {
  const page = await browser.newPage({ baseURL: running.url })
  await page.goto('/sign-in')
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await page.evaluate(() => {
    alert('dialog')
    const stranger = 'http://127.0.0.2:1/'
    const forbidden = [
      () => fetch(stranger),
      () => import(stranger),
      // Must throw: it is the breach that the test wants to see noticed.
      async () => {
        document.body.innerHTML = '<p>markup</p>'
      },
    ]
    for (const attempt of forbidden) attempt().catch(() => {})
    setTimeout(() => {
      throw new Error('of the page')
    })
  })
  const signs = [
    'dialog',
    'error',
    /^console .*script-src/,
    /^console .*connect-src/,
    /^console .*TrustedHTML/,
    'request',
  ]
  for (const sign of signs) await expect.poll(() => seen.some((one) => one.search(sign) === 0), String(sign)).toBe(true)
  seen.length = 0

  const secret = 'a secret that somebody keeps'
  await page.evaluate((text) => {
    localStorage.setItem('kept', text)
    document.cookie = 'kept=1'
    indexedDB.open('kept')
    history.pushState(null, '', `/sign-in#${encodeURIComponent(text)}`)
  }, secret)
  await expect
    .poll(() => remains(page, [secret]))
    .toEqual(['keeps kept', 'database kept', 'a cookie that scripts can read', 'a secret in the browser'])
  await page.close()
})

test('W6: shows hostile strings as text everywhere', async ({ elsewhere }) => {
  test.setTimeout(240_000)
  const { page, simulator } = await elsewhere({ users: 24, buckets: 60, days: 3, period: 3600, hostile: true })
  const { oracle } = simulator.control
  await untilCollected(page)
  await page.goto(`${CLUSTER}/overview`)
  await settled(page)

  await page.goto(`${CLUSTER}/users?sort=email`)
  for (const text of ['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '__proto__', '{{7*7}}${7*7}%s%n']) {
    await expect(page.getByRole('link', { name: text, exact: true })).toBeVisible()
  }
  await page.goto(`${CLUSTER}/buckets?pageSize=100`)
  await expect(page.getByRole('link', { name: 'hostile <svg/onload=alert(1)>', exact: true })).toBeVisible()
  await page.goto(`${CLUSTER}/usage?range=7d`)
  await settled(page)
  await page.goto(`${CLUSTER}/statistics`)
  await settled(page)

  await page.goto(`${CLUSTER}/users`)
  // An address that is pushed before the page is there is heard by nobody.
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Users')
  for (const { id, email } of oracle.users().filter((user) => !user.email.endsWith('.example'))) {
    await page.evaluate((path) => window.history.pushState(null, '', path), `${CLUSTER}/users/${id}`)
    await expect(page.getByText(id).first()).toBeVisible()
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(/^(Users|User .*)?$/)
    await expectNoScroll(page, email)
  }
  const heading = page.getByRole('heading', { level: 1 })
  for (const name of oracle.buckets().filter((bucket) => bucket.startsWith('hostile '))) {
    const before = (await heading.textContent()) ?? ''
    const address = `${CLUSTER}/buckets/${encodeURIComponent(name)}`
    expect((await page.request.get(address)).status(), name.slice(0, 60)).toBe(200)
    await page.evaluate((path) => window.history.pushState(null, '', path), address)
    await expect(heading).not.toHaveText(before)
    await expect(heading).not.toBeEmpty()
    await settled(page)
    await expect(page.getByText('There is no such bucket'), name.slice(0, 60)).toHaveCount(0)
    await expectNoScroll(page, name)
  }
  const object = oracle.objects().findLast(({ isClosed, items }) => isClosed && items > 10)
  await page.goto(`${CLUSTER}/statistics/${object?.name}`)
  await expect(page.getByRole('table', { name: 'Rows of the object' })).toContainText('<script>alert(1)</script>')
  await settled(page)
})

test('is used by keyboard alone', async ({ page, simulator }) => {
  const plain = simulator.control.oracle.users().filter(({ flags, keys }) => flags.length === 0 && keys.length === 1)
  const { id = '', email = '' } = plain[40] ?? {}
  const { keyboard } = page
  await page.goto(`${CLUSTER}/overview`)
  await settled(page)
  /** Goes on with Tab until the control of this name has the focus. */
  const tabTo = async (name: string | RegExp, role: 'link' | 'button' | 'searchbox' | 'tab') => {
    const control = page.getByRole(role, { name, exact: true }).first()
    await expect(control).toBeVisible()
    for (let steps = 0; steps < 60; steps += 1) {
      if (await control.evaluate((element) => element === document.activeElement)) return
      await keyboard.press('Tab')
    }
    throw new Error(`Tab does not lead to ${String(name)}`)
  }
  await tabTo('Users', 'link')
  await keyboard.press('Enter')
  await expect(page).toHaveURL(/\/users/)
  await tabTo('Search by e-mail, id or key id', 'searchbox')
  await keyboard.type(id)
  await expect(page.getByRole('link', { name: email })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Users' }).getByRole('row')).toHaveCount(2)
  await tabTo(email, 'link')
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: email })).toBeVisible()
  await tabTo('Overview', 'tab')
  await keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Keys' })).toHaveAttribute('aria-selected', 'true')
  await tabTo('Generate key', 'button')
  await keyboard.press('Enter')
  const stored = page.getByRole('button', { name: 'I have stored the secret' })
  await expect(stored).toBeVisible()
  await keyboard.press('Escape')
  await keyboard.press('Enter')
  await expect(stored).toBeVisible()
  await tabTo('I have stored the secret', 'button')
  await keyboard.press('Enter')
  await expect(stored).toHaveCount(0)
  expect(simulator.control.oracle.user(id)?.keys).toHaveLength(2)
})
