import { CLIENT, startProvider } from '../../apps/bff/test/oidc-provider.ts'
import { startConsole } from '../support/console-process.ts'
import { expect, test } from './console.ts'
import { look } from './look.ts'

test('signs in through a provider, from its login page to the page that was asked for', async ({
  browser,
  simulator,
}) => {
  test.slow()
  const idp = await startProvider({ people: { ada: ['console-admins'], eve: ['visitors'] } })
  const env = {
    OIDC_ISSUER: idp.issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
    OIDC_NAME: 'Example Login',
    OIDC_ROLES: 'console-admins=admin,support=operator',
  }
  const running = await startConsole(simulator, { env })
  // Another site than the console's, as a provider is: a cookie that is strict does not come back from there.
  const home = running.url.replace('127.0.0.1', 'localhost')
  const context = await browser.newContext({ baseURL: home })
  const page = await context.newPage()
  const breaches: string[] = []
  page.on(
    'console',
    (message) => void (/content security policy/i.test(message.text()) && breaches.push(message.text())),
  )
  const identify = async (login: string) => {
    await page.getByRole('link', { name: 'Continue with Example Login' }).click()
    await expect(page).toHaveURL(new RegExp(`^${idp.issuer}/interaction/`))
    await page.getByPlaceholder('Enter any login').fill(login)
    await page.getByPlaceholder('and password').fill('any')
    await page.getByRole('button', { name: 'Sign-in' }).click()
    await page.getByRole('button', { name: 'Continue' }).click()
  }

  await page.goto('/c/default/users?sort=email')
  await look(page, 'sign-in-sso')
  await identify('eve')
  await expect(page.getByRole('alert')).toContainText('in no group that may use this console')
  await look(page, 'sign-in-sso-refused', [])

  await context.clearCookies({ name: /^_/ })
  await identify('ada')
  await expect(page).toHaveURL(`${home}/c/default/users?sort=email`)
  await expect(page.getByRole('table', { name: 'Users' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'ada@example.com' })).toBeVisible()
  expect(await context.cookies(home)).toEqual([expect.objectContaining({ name: 'sid', sameSite: 'Strict' })])
  expect(breaches.filter((text) => !text.includes(idp.issuer))).toEqual([])
  expect(running.output()).not.toContain(CLIENT.secret)

  await context.close()
  await running.stop()
  await idp.stop()
})
