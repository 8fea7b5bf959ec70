import type { Browser, Page } from '@playwright/test'
import { CLIENT, startProvider } from '../../apps/bff/test/oidc-provider.ts'
import { type GatewayAddress, startConsole } from '../support/console-process.ts'
import { expect, test } from './console.ts'
import { look } from './look.ts'

/** A console that a provider of its own signs people in to, and a browser that has been to neither. */
const withProvider = async (browser: Browser, gateway: GatewayAddress, more: Record<string, string> = {}) => {
  const idp = await startProvider({ people: { ada: ['console-admins'], eve: ['visitors'] } })
  const env = {
    OIDC_ISSUER: idp.issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
    OIDC_NAME: 'Example Login',
    OIDC_ROLES: 'console-admins=admin,support=operator',
    ...more,
  }
  const running = await startConsole(gateway, { env })
  // Another site than the provider's: a cookie that is strict does not come along from there.
  const home = running.url.replace('127.0.0.1', 'localhost')
  const context = await browser.newContext({ baseURL: home })
  const stop = async () => {
    await context.close()
    await running.stop()
    await idp.stop()
  }
  return { issuer: idp.issuer, running, home, context, stop }
}

const logIn = async (page: Page, login: string) => {
  await page.getByPlaceholder('Enter any login').fill(login)
  await page.getByPlaceholder('and password').fill('any')
  await page.getByRole('button', { name: 'Sign-in' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
}

const signIn = async (page: Page, login: string) => {
  await page.getByRole('link', { name: 'Continue with Example Login' }).click()
  await logIn(page, login)
}

test('signs in through a provider, from its login page to the page that was asked for', async ({
  browser,
  simulator,
}) => {
  test.setTimeout(120_000)
  const { issuer, running, home, context, stop } = await withProvider(browser, simulator)
  const page = await context.newPage()
  const breaches: string[] = []
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) breaches.push(message.text())
  })

  await page.goto('/c/default/users?sort=email')
  await look(page, 'sign-in-sso')
  await signIn(page, 'eve')
  await expect(page.getByRole('alert')).toContainText('in no group that may use this console')

  await context.clearCookies({ name: /^_/ })
  await signIn(page, 'ada')
  await expect(page).toHaveURL(`${home}/c/default/users?sort=email`)
  await expect(page.getByRole('table', { name: 'Users' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'ada@example.com' })).toBeVisible()
  expect(await context.cookies(home)).toEqual([expect.objectContaining({ name: 'sid', sameSite: 'Strict' })])
  expect(breaches.filter((text) => !text.includes(issuer))).toEqual([])
  expect(running.output()).not.toContain(CLIENT.secret)
  await stop()
})

test('proves at the provider who somebody is, in a tab of its own, and goes on with what was typed', async ({
  browser,
  simulator,
}) => {
  test.setTimeout(120_000)
  const { context, stop } = await withProvider(browser, simulator)
  const page = await context.newPage()
  await page.goto('/c/default/people')
  await signIn(page, 'ada')
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  await page.getByLabel('E-mail').fill('new@provider.example')
  await page.getByRole('button', { name: 'Make the link', exact: true }).click()

  // Whom the provider knew already has proved nothing just now.
  const confirm = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await confirm.getByRole('button', { name: 'I have confirmed', exact: true }).click()
  await expect(confirm.getByRole('alert')).toContainText('Not confirmed yet')
  await look(page, 'sso-proof', [])
  const opening = page.waitForEvent('popup')
  await confirm.getByRole('link', { name: 'Continue with Example Login' }).click()
  const tab = await opening
  await logIn(tab, 'ada')
  await expect(tab.getByRole('navigation').first()).toBeVisible()
  await tab.close()
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await expect(confirm).toHaveCount(0)
  await expect(page.getByRole('dialog', { name: 'The invitation is made' })).toBeVisible()
  await stop()
})

test('is the only way in but for an emergency admin, of whom everybody is told', async ({ browser, simulator }) => {
  test.setTimeout(120_000)
  const more = { EMERGENCY_ADMINS: 'ada@provider.example' }
  const { running, context, stop } = await withProvider(browser, simulator, more)
  const page = await context.newPage()
  await page.goto('/c/default/audit')
  await expect(page.getByRole('link', { name: 'Continue with Example Login' })).toBeVisible()
  await expect(page.getByLabel('E-mail')).toHaveCount(0)
  await page.getByRole('button', { name: 'Emergency sign-in without Example Login', exact: true }).click()
  await page.getByLabel('E-mail').fill(running.email)
  await page.getByLabel('Password', { exact: true }).fill(running.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  const alarm = page.getByRole('alert').filter({ hasText: 'ada@provider.example signed in without the provider' })
  await expect(alarm).toContainText('127.0.0.1')
  await expect(page.getByRole('table', { name: 'Audit' })).toContainText('Sign in without the provider')
  await look(page, 'emergency-sign-in')
  await stop()
})
