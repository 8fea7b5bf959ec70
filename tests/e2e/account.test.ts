import { readFile } from 'node:fs/promises'
import type { Page, Route } from '@playwright/test'
import { TOTP } from 'otpauth'
import { CLUSTER, expect, signedInPage, test } from './console.ts'
import { look, takePicture } from './look.ts'

const SMALL = { users: 3, buckets: 3, days: 1 }

const codeOf = (seed: string, steps = 0) =>
  new TOTP({ secret: seed }).generate({ timestamp: Date.now() + steps * 30_000 })

const openAccount = async (page: Page, email: string) => {
  await page.getByRole('button', { name: email, exact: true }).click()
  await page.getByRole('menuitem', { name: 'Your account', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Your account', exact: true })).toBeVisible()
}

const signOut = async (page: Page, email: string) => {
  await page.getByRole('button', { name: email, exact: true }).click()
  await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click()
}

const givePassword = async (page: Page, email: string, password: string) => {
  await page.getByLabel('E-mail', { exact: true }).fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** Through the dialogs, up to the picture; resolves to the text below it. */
const scan = async (page: Page, password: string): Promise<string> => {
  await page.getByRole('button', { name: 'Turn on', exact: true }).click()
  await page.getByLabel('Your password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Next', exact: true }).click()
  return (await page.locator('.seed').innerText()).trim()
}

const confirm = async (page: Page, code: string) => {
  await page.getByLabel('Code', { exact: true }).fill(code)
  await page.getByRole('button', { name: 'Turn on', exact: true }).last().click()
}

const codesOn = async (page: Page): Promise<string[]> => {
  const codes = page.locator('.recovery-codes code')
  await expect(codes).toHaveCount(10)
  return codes.allInnerTexts()
}

test('two-step sign-in counts after a code of the app, and shows its recovery codes once', async ({ elsewhere }) => {
  test.slow()
  const { page, running } = await elsewhere(SMALL)
  const { email, password } = running
  await openAccount(page, email)
  await expect(page.getByText('off: the password alone is enough')).toBeVisible()
  await takePicture(page, 'account')

  await page.getByRole('button', { name: 'Turn on', exact: true }).click()
  await page.getByLabel('Your password', { exact: true }).fill('not the password at all')
  await page.getByRole('button', { name: 'Next', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('The password is not right')
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  const seed = await scan(page, password)
  const picture = page.getByRole('img', { name: 'QR code for the authenticator app', exact: true })
  await expect(picture).toBeVisible()
  expect(await picture.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth > 0)).toBe(true)
  await look(page, 'account-scan')
  await confirm(page, '12345')
  await expect(page.getByRole('alert')).toContainText('The code is not right')
  await confirm(page, codeOf(seed))

  await expect(page.getByText('They are shown now and never again.')).toBeVisible()
  const codes = await codesOn(page)
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save .txt', exact: true }).click()
  expect(await readFile(await (await saving).path(), 'utf8')).toContain(codes[9])
  await page.getByRole('button', { name: 'I have stored the codes', exact: true }).click()
  await expect(page.getByText('10 of 10')).toBeVisible()
  await expect(page.locator('.recovery-codes')).toHaveCount(0)

  await page.getByRole('button', { name: 'New recovery codes', exact: true }).click()
  await page.getByLabel('Your password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Use a recovery code', exact: true }).click()
  await page.getByLabel('Recovery code', { exact: true }).fill(codes[0] ?? '')
  await page.getByRole('button', { name: 'Make new codes', exact: true }).click()
  const renewed = await codesOn(page)
  expect(renewed.filter((code) => codes.includes(code))).toEqual([])
  await page.getByRole('button', { name: 'I have stored the codes', exact: true }).click()
  await expect(page.locator('.recovery-codes')).toHaveCount(0)
  await expect(page.getByText('10 of 10')).toBeVisible()
  for (const secret of [seed, codes[0] ?? '', password]) expect(running.output()).not.toContain(secret)
})

test('a code of the app signs in, a recovery code does so once, and both turn it off', async ({ elsewhere }) => {
  test.slow()
  const { page, running } = await elsewhere(SMALL)
  const { email, password } = running
  await openAccount(page, email)
  const seed = await scan(page, password)
  await confirm(page, codeOf(seed))
  const codes = await codesOn(page)
  await page.getByRole('button', { name: 'I have stored the codes', exact: true }).click()

  await signOut(page, email)
  await givePassword(page, email, password)
  const field = page.getByLabel('Code', { exact: true })
  await expect(field).toBeFocused()
  expect(await field.getAttribute('autocomplete')).toBe('one-time-code')
  expect((await page.request.get('/api/v1/clusters')).status()).toBe(401)
  await look(page, 'second-step')
  await field.fill('123')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('The code is not right')
  await field.fill(codeOf(seed, 1))
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('navigation').first()).toBeVisible()

  await signOut(page, email)
  await givePassword(page, email, password)
  await page.getByRole('button', { name: 'Use a recovery code', exact: true }).click()
  await page.getByLabel('Recovery code', { exact: true }).fill(codes[0]?.toLowerCase() ?? '')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await openAccount(page, email)
  await expect(page.getByText('9 of 10')).toBeVisible()

  await page.getByRole('button', { name: 'Turn off', exact: true }).click()
  await page.getByLabel('Your password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Use a recovery code', exact: true }).click()
  await page.getByLabel('Recovery code', { exact: true }).fill(codes[0] ?? '')
  await page.getByRole('button', { name: 'Turn off', exact: true }).last().click()
  await expect(page.getByRole('alert')).toContainText('Each recovery code serves once')
  await page.getByLabel('Recovery code', { exact: true }).fill(codes[1] ?? '')
  await page.getByRole('button', { name: 'Turn off', exact: true }).last().click()
  await expect(page.getByText('off: the password alone is enough')).toBeVisible()
  await page.goto(`${CLUSTER}/audit`)
  await expect(page.getByText('Use a recovery code').first()).toBeVisible()
})

test('a session that ends with the page open asks for both steps, and what was typed is still there', async ({
  elsewhere,
}) => {
  test.slow()
  const { page, running } = await elsewhere(SMALL)
  const { email, password } = running
  await openAccount(page, email)
  const seed = await scan(page, password)
  await confirm(page, codeOf(seed))
  await expect(page.getByText('They are shown now and never again.')).toBeVisible()
  await look(page, 'account-codes')
  await page.getByRole('button', { name: 'I have stored the codes', exact: true }).click()

  const changed = 'another correct horse battery'
  await page.getByLabel('New password', { exact: true }).fill(changed)
  await page.context().clearCookies()
  await page.getByLabel('Password now', { exact: true }).fill(password)
  await page.getByLabel('New password again', { exact: true }).fill(changed)
  await page.getByRole('button', { name: 'Change password', exact: true }).click()

  const cover = page.getByRole('dialog', { name: 'Sign in again', exact: true })
  await cover.getByLabel('E-mail', { exact: true }).fill(email)
  await cover.getByLabel('Password', { exact: true }).fill(password)
  await cover.getByRole('button', { name: 'Sign in', exact: true }).click()
  await cover.getByLabel('Code', { exact: true }).fill(codeOf(seed, 1))
  await cover.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(cover).toHaveCount(0)
  await expect(page.getByLabel('New password', { exact: true })).toHaveValue(changed)
  await page.getByRole('button', { name: 'Change password', exact: true }).click()
  await expect(page.getByText('The password was changed.')).toBeVisible()
})

test('where a second step is required it stands in place of every page, which opens when there is one', async ({
  elsewhere,
}) => {
  test.slow()
  const { page, running } = await elsewhere(SMALL, undefined, { SECOND_STEP: 'required' })
  await page.goto(`${CLUSTER}/users`)
  await expect(page.getByRole('alert').filter({ hasText: 'Set up a second step to go on' })).toBeVisible()
  await look(page, 'second-step-required', [])
  await confirm(page, codeOf(await scan(page, running.password)))
  await codesOn(page)
  await page.getByRole('button', { name: 'I have stored the codes', exact: true }).click()
  await look(page, 'second-step-set-up', [])
  await page.getByRole('button', { name: 'Go on', exact: true }).click()
  await expect(page.getByRole('table', { name: 'Users' })).toBeVisible()
})

test('a session that is ended keeps its row and the focus, so that a second press ends no other', async ({
  page,
  browser,
  running,
}) => {
  const others = [await signedInPage(browser, running), await signedInPage(browser, running)]
  await page.goto(`${CLUSTER}/overview`)
  await openAccount(page, running.email)
  const rows = page.getByRole('table', { name: 'Where you are signed in' }).getByRole('row')
  const open = rows.getByRole('button', { name: 'Sign out', exact: true })
  await expect(open.nth(1)).toBeVisible()
  const before = await open.count()
  const answer = Promise.withResolvers<void>()
  const late = async (route: Route) => {
    await answer.promise
    await route.continue()
  }
  await page.route('**/api/v1/session/all/*', late, { times: 1 })
  await open.first().press('Enter')
  await expect(page.locator('tr[aria-busy=true]')).toHaveCount(1)
  await open.nth(1).hover()
  await expect(page.getByText('Another one is under way')).toBeVisible()
  answer.resolve()
  const ended = rows.getByRole('button', { name: 'Signed out', exact: true })
  await expect(ended).toBeFocused()
  await ended.press('Enter')
  await expect(ended).toHaveCount(1)
  await expect(open).toHaveCount(before - 1)
  const all = page.getByRole('button', { name: 'Sign out everywhere else', exact: true })
  await all.press('Enter')
  await expect(open).toHaveCount(0)
  await expect(all).toBeFocused()
  await all.hover()
  await expect(page.getByText('You are signed in nowhere else')).toBeVisible()
  await expect(rows.getByText('This one', { exact: true })).toHaveCount(1)
  await Promise.all(others.map((other) => other.context().close()))
})
