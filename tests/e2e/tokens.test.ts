import { CLUSTER, expect, test } from './console.ts'
import { look } from './look.ts'
import { holdReadings } from './readings.ts'

const API = '/api/v1/clusters/default'

test('a token is made with what a script needs, shown once, used without a browser, and revoked', async ({
  page,
  running,
  playwright,
}) => {
  test.slow()
  await page.goto(`${CLUSTER}/account`)
  await expect(page.getByText('You have no API tokens')).toBeVisible()
  await page.getByRole('button', { name: 'Make a token', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Make an API token' })
  const make = dialog.getByRole('button', { name: 'Make the token', exact: true })
  await dialog.getByLabel('Name', { exact: true }).fill('nightly report')
  await dialog.getByLabel('Only from').fill('127.0.0.0/8, somewhere')
  await expect(make).toBeDisabled()
  await dialog.getByRole('checkbox', { name: 'See users by name' }).check()
  await expect(dialog.getByRole('checkbox', { name: 'Invite people' })).toBeDisabled()
  await dialog.getByLabel('Expires').selectOption('Other…')
  await dialog.getByLabel('Days', { exact: true }).fill('10')
  await make.click()
  await expect(dialog.getByText('must be an address or a network')).toBeVisible()
  await look(page, 'token-make', [])
  await dialog.getByLabel('Only from').fill('127.0.0.0/8')
  // What is shown once does not wait until the list behind it is read again.
  const read = await holdReadings(page, /\/tokens$/)
  await make.click()

  const shown = page.getByRole('dialog', { name: 'The token nightly report is made' })
  await expect(shown).toBeVisible()
  const token = (await shown.getByText(/^ostor_\w{49}$/).innerText()).trim()
  read()
  await shown.getByRole('button', { name: 'I have stored the secret', exact: true }).click()
  await expect(page.getByText(token)).toHaveCount(0)
  await expect(page.getByText('nightly report expires soon')).toBeVisible()
  const script = await playwright.request.newContext({
    baseURL: running.url,
    extraHTTPHeaders: { authorization: `Bearer ${token}` },
  })
  expect((await script.get(`${API}/users`)).status()).toBe(200)
  expect((await script.get(`${API}/buckets`)).status()).toBe(403)

  await page.reload()
  const row = page.getByRole('table', { name: 'API tokens' }).getByRole('row', { name: /nightly report/ })
  await expect(row).toContainText('from 127.0.0.1')
  await look(page, 'tokens', [])

  await page.goto(`${CLUSTER}/people`)
  const everybody = page.getByRole('table', { name: 'API tokens of everybody' })
  await everybody.getByRole('button', { name: 'Revoke', exact: true }).click()
  await page
    .getByRole('dialog', { name: 'Revoke nightly report' })
    .getByRole('button', { name: 'Revoke', exact: true })
    .click()
  await expect(everybody).toContainText('revoked')
  const refused = await script.get(`${API}/users`)
  expect(refused.status()).toBe(401)
  expect((await refused.json()).type).toBe('/problems/token-revoked')
  expect(running.output()).not.toContain(token)
  await script.dispose()
})
