import { expect } from '@playwright/test'
import { startConsole } from '../support/console-process.ts'
import { signInOnPage, test } from './console.ts'
import { look, takePicture } from './look.ts'

test('signs in, out, and shows nothing without a session', async ({ browser, running }) => {
  const context = await browser.newContext({ baseURL: running.url })
  const page = await context.newPage()

  await page.goto('/c/default/users')
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await expect(page.getByRole('table')).toHaveCount(0)
  await takePicture(page, 'sign-in')

  const email = page.getByRole('textbox', { name: 'E-mail' })
  await email.fill(running.email)
  await page.getByLabel('Password', { exact: true }).fill('not the password at all')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toContainText('not right')
  await expect(email).toHaveValue(running.email)

  // As behind a proxy that takes cookies away.
  await page.route('**/api/v1/session', async (route) => {
    const response = await route.fetch()
    if (route.request().method() === 'POST') await context.clearCookies()
    await route.fulfill({ response, headers: { ...response.headers(), 'set-cookie': '' } })
  })
  await page.getByLabel('Password', { exact: true }).fill(running.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toContainText('The browser did not keep the session')
  await page.unrouteAll()

  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(/\/c\/default\/users/)
  await expect(page.getByRole('table')).toBeVisible()
  expect(await context.cookies()).toEqual([expect.objectContaining({ httpOnly: true, sameSite: 'Strict' })])

  await page.getByRole('button', { name: running.email }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  const answer = await page.request.get('/api/v1/clusters')
  expect(answer.status()).toBe(401)
  await context.close()
})

test('makes the first admin with the code of the process', async ({ browser, simulator }) => {
  const fresh = await startConsole(simulator, { withAdmin: false })
  await expect.poll(() => addressIn(fresh.output())).toBeDefined()
  const address = addressIn(fresh.output()) ?? ''
  const context = await browser.newContext({ baseURL: fresh.url })
  const page = await context.newPage()

  await page.goto(address)
  await page.getByLabel('Your e-mail').fill(fresh.email)
  await page.getByLabel('Password', { exact: true }).fill('too short')
  await page.getByRole('button', { name: 'Make the admin and sign in' }).click()
  await expect(page.getByText('at least 15 characters').first()).toBeVisible()
  await look(page, 'setup')
  await page.getByLabel('Password', { exact: true }).fill(fresh.password)
  await page.getByLabel('Password again').fill(fresh.password)
  await page.getByRole('button', { name: 'Make the admin and sign in' }).click()
  await expect(page.getByRole('navigation').first()).toBeVisible()

  const second = await browser.newContext({ baseURL: fresh.url })
  await signInOnPage(await second.newPage(), fresh)
  await second.close()
  await context.close()
  await fresh.stop()
})

const addressIn = (output: string) => /http:\/\/\S+\/setup#\S+/.exec(output)?.[0]
