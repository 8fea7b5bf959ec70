import type { Enrolment } from '@ostor-console/shared/account'
import type { Session } from '@ostor-console/shared/session'
import { type APIRequestContext, type Page, request } from '@playwright/test'
import { TOTP } from 'otpauth'
import { CLUSTER, expect, signInOnPage, test } from './console.ts'
import { look } from './look.ts'

/** A device of this machine that always finds the right finger. */
const withDevice = async (page: Page) => {
  const device = await page.context().newCDPSession(page)
  await device.send('WebAuthn.enable')
  const { authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    finger: (isUserVerified: boolean) => device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
  }
}

const menu = async (page: Page, email: string, item: string) => {
  await page.getByRole('button', { name: email, exact: true }).click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}

/** Somebody who was invited, in a browser of their own: chooses a password and sets up an app. */
const joinWithApp = async (url: string, code: string): Promise<APIRequestContext> => {
  const extraHTTPHeaders = { origin: url, 'x-requested-by': 'console' }
  const hers = await request.newContext({ baseURL: url, extraHTTPHeaders })
  const password = 'a long enough password'
  const { csrfToken }: Session = await (await hers.post('/api/v1/join', { data: { code, password } })).json()
  const headers = { 'x-csrf-token': csrfToken ?? '' }
  const begun = await hers.post('/api/v1/account/second-factor', { data: { password }, headers })
  const { seed }: Enrolment = await begun.json()
  const data = { code: new TOTP({ secret: seed }).generate() }
  expect((await hers.put('/api/v1/account/second-factor', { data, headers })).status()).toBe(200)
  return hers
}

test('a passkey is added, signs in alone and as the second step, proves who it is, and is removed', async ({
  elsewhere,
}) => {
  test.slow()
  const { page, running } = await elsewhere({ users: 2, buckets: 2, days: 1 })
  const { email, password } = running
  await menu(page, email, 'Your account')
  await expect(page.getByRole('button', { name: 'Add a passkey', exact: true })).toHaveAttribute(
    'aria-disabled',
    'true',
  )

  // Browsers know passkeys at names only.
  const { finger } = await withDevice(page)
  const url = running.url.replace('127.0.0.1', 'localhost')
  await signInOnPage(page, { ...running, url })
  await menu(page, email, 'Your account')
  const add = page.getByRole('button', { name: 'Add a passkey', exact: true })
  await add.click()
  const adding = page.getByRole('dialog', { name: 'Add a passkey', exact: true })
  await adding.getByLabel('Name', { exact: true }).fill('Laptop')
  await finger(false)
  await adding.getByRole('button', { name: 'Continue', exact: true }).click()
  await expect(adding).toContainText('No passkey was used')
  await finger(true)
  await adding.getByRole('button', { name: 'Continue', exact: true }).click()
  await expect(adding).toBeHidden()
  await expect(page.getByRole('row', { name: /Laptop/ })).toContainText('Never')
  await look(page, 'passkeys')

  await menu(page, email, 'Sign out')
  await page.getByLabel('E-mail', { exact: true }).fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await look(page, 'sign-in-passkey')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByText('The password was right. Now use a passkey.')).toBeVisible()
  await page.getByRole('button', { name: 'Use a passkey', exact: true }).click()
  await page.getByRole('navigation').first().waitFor()
  await menu(page, email, 'Sign out')
  await page.getByRole('button', { name: 'Sign in with a passkey', exact: true }).click()
  await page.getByRole('navigation').first().waitFor()

  await page.goto(`${url}${CLUSTER}/people`)
  await expect(page.getByRole('row', { name: new RegExp(email) })).toContainText('password, 1 passkey')
  // The ten minutes are over.
  let refused = 0
  await page.route('**/api/v1/admins', async (route) => {
    if (route.request().method() !== 'POST' || refused > 0) return route.continue()
    refused += 1
    const problem = { type: '/problems/proof-required', title: 'Confirm that it is you', status: 403 }
    await route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify(problem) })
  })
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  await page.getByRole('dialog', { name: 'Invite somebody' }).getByLabel('E-mail').fill('vera@example.com')
  await page.getByRole('button', { name: 'Make the link', exact: true }).click()
  const proof = page.getByRole('dialog', { name: 'Confirm that it is you', exact: true })
  await expect(proof.getByLabel('Your password', { exact: true })).toHaveCount(0)
  await proof.getByRole('button', { name: 'Use a passkey', exact: true }).click()
  const made = page.getByRole('dialog', { name: 'The invitation is made' })
  const code = new URLSearchParams(new URL(await made.getByLabel('Link').inputValue()).hash.slice(1)).get('code') ?? ''
  await made.getByRole('button', { name: 'Done' }).click()

  const hers = await joinWithApp(url, code)
  await page.reload()
  const row = page.getByRole('row', { name: /vera@example.com/ })
  await expect(row).toContainText('password, app')
  await page.getByRole('button', { name: 'Actions for vera@example.com', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Take second step away…', exact: true }).click()
  const taking = page.getByRole('dialog', { name: 'Take the second step away from vera@example.com', exact: true })
  await expect(taking).toContainText('the app and the recovery codes stop working at once')
  await taking.getByRole('button', { name: 'Take it away', exact: true }).click()
  await expect(row).toContainText('password alone')
  expect((await hers.get('/api/v1/account')).status()).toBe(401)
  await hers.dispose()

  await menu(page, email, 'Your account')
  await page.getByRole('button', { name: 'Remove Laptop', exact: true }).click()
  await page.getByRole('button', { name: 'Remove', exact: true }).last().click()
  await expect(page.getByText('No passkeys yet')).toBeVisible()
  await menu(page, email, 'Sign out')
  await page.getByRole('button', { name: 'Sign in with a passkey', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('The passkey was not accepted')
})
