import { CLUSTER, expect, newUser, openUser, test } from './console.ts'
import { look, takePicture } from './look.ts'
import { holdReadings } from './readings.ts'

test('W10: lists key ids and never a secret', async ({ page, simulator }) => {
  const user = newUser(simulator, 'two-keys@customer.example', 2)
  await openUser(page, user.id, 'keys')
  for (const { id } of user.keys) await expect(page.getByText(id)).toBeVisible()
  await takePicture(page, 'user-keys')
  const html = await page.content()
  for (const { secret } of user.keys) expect(html).not.toContain(secret)
})

test('generates a second key and refuses a third', async ({ page, simulator }) => {
  const user = newUser(simulator, 'one-key@customer.example', 1)
  await openUser(page, user.id, 'keys')
  await page.getByRole('button', { name: 'Generate key' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('never again')
  const made = simulator.control.oracle.user(user.id)?.keys[1]
  await expect(dialog).toContainText(made?.id ?? '')
  await expect(dialog).toContainText(made?.secret ?? '')
  await look(page, 'key-secret', [])
  await dialog.getByRole('button', { name: 'I have stored the secret' }).click()

  await expect(page.getByText(made?.id ?? '')).toBeVisible()
  expect(await page.content()).not.toContain(made?.secret)
  await expect(page.getByText('allows 2 keys').first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Generate key' })).toHaveAttribute('aria-disabled', 'true')
})

test('shows the secret of the first key, though the list is not read again yet', async ({ page, simulator }) => {
  const user = newUser(simulator, 'no-keys@customer.example', 0)
  await openUser(page, user.id, 'keys')
  await expect(page.getByText('No access keys')).toBeVisible()
  const read = await holdReadings(page, new RegExp(`/users/${user.id}/keys$`))
  const generate = page.getByRole('button', { name: 'Generate key' })
  await generate.click()
  const dialog = page.getByRole('dialog', { name: 'The key is generated', exact: true })
  const keys = () => simulator.control.oracle.user(user.id)?.keys ?? []
  await expect.poll(() => keys().length).toBe(1)
  const [made] = keys()
  await expect(dialog).toContainText(made?.secret ?? 'no key was made')
  await expect(generate).toBeDisabled()
  read()
  await expect(page.getByRole('list').getByText(made?.id ?? '')).toBeVisible()
  await dialog.getByRole('button', { name: 'I have stored the secret' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(await page.content()).not.toContain(made?.secret)
})

test('W11: revokes the chosen key', async ({ page, simulator }) => {
  const user = newUser(simulator, 'rotating@customer.example', 2)
  const [first, second] = user.keys
  await openUser(page, user.id, 'keys')
  await page.getByRole('button', { name: `Revoke ${second?.id}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke key' }).click()
  await expect(page.getByText(second?.id ?? '')).toHaveCount(0)
  expect(simulator.control.oracle.user(user.id)?.keys.map(({ id }) => id)).toEqual([first?.id])
})

test('a revocation that was refused leaves its dialog, which tries again by its own button', async ({
  page,
  simulator,
}) => {
  const user = newUser(simulator, 'leaked@customer.example', 2)
  const [first, second] = user.keys
  await openUser(page, user.id, 'keys')
  await page.getByRole('button', { name: `Revoke ${second?.id}` }).click()
  simulator.control.faults.add({ method: 'POST', service: 'ostor-users', status: 403, code: 'NotAllowed', times: 1 })
  const dialog = page.getByRole('dialog')
  const revoke = dialog.getByRole('button', { name: 'Revoke key' })
  await revoke.click()
  await expect(dialog.getByRole('alert')).toBeVisible()
  await expect(dialog.getByRole('button', { name: /again/i })).toHaveCount(0)
  await revoke.click()
  await expect(dialog).toHaveCount(0)
  expect(simulator.control.oracle.user(user.id)?.keys.map(({ id }) => id)).toEqual([first?.id])
})

test('a page that waits for a secret is not left', async ({ page, simulator }) => {
  const user = newUser(simulator, 'hasty@customer.example', 1)
  await openUser(page, user.id, 'keys')
  const answer = Promise.withResolvers<void>()
  await page.route('**/keys', async (route) => {
    if (route.request().method() === 'POST') await answer.promise
    await route.continue()
  })
  await page.getByRole('button', { name: 'Generate key' }).click()
  await page.getByRole('tab', { name: 'Limits' }).click()
  await expect(page.getByRole('tab', { name: 'Keys' })).toHaveAttribute('aria-selected', 'true')
  answer.resolve()
  const dialog = page.getByRole('dialog', { name: 'The key is generated', exact: true })
  await expect(dialog).toContainText('never again')
  await dialog.getByRole('button', { name: 'I have stored the secret' }).click()
  await page.unrouteAll()
})

test('neither is the list where a user is made whose secret is on its way', async ({ page }) => {
  await page.goto(`${CLUSTER}/overview`)
  await page.getByRole('link', { name: 'Users', exact: true }).click()
  const answer = Promise.withResolvers<void>()
  await page.route('**/users', async (route) => {
    if (route.request().method() === 'POST') await answer.promise
    await route.continue()
  })
  await page.getByRole('button', { name: 'New user' }).click()
  await page.getByRole('textbox', { name: 'E-mail' }).fill('awaited@customer.example')
  await page.getByRole('button', { name: 'Create user' }).click()
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeDisabled()
  await page.evaluate(
    () =>
      new Promise<unknown>((heard) => {
        window.addEventListener('popstate', heard, { once: true })
        window.history.back()
      }),
  )
  answer.resolve()
  const dialog = page.getByRole('dialog', { name: 'The user is created', exact: true })
  await expect(dialog).toContainText('never again')
  await dialog.getByRole('button', { name: 'I have stored the secret' }).click()
  await expect(page.getByRole('heading', { name: 'awaited@customer.example' })).toBeVisible()
  await page.unrouteAll()
})

test('warns about the last key', async ({ page, simulator }) => {
  const user = newUser(simulator, 'last-key@customer.example', 1)
  await openUser(page, user.id, 'keys')
  await page.getByRole('button', { name: `Revoke ${user.keys[0]?.id}` }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Revoke key' })).toBeDisabled()
  await dialog.getByLabel('This is the last key', { exact: false }).check()
  await dialog.getByRole('button', { name: 'Revoke key' }).click()
  await expect(page.getByText('No access keys')).toBeVisible()
  expect(simulator.control.oracle.user(user.id)?.keys).toEqual([])
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await page.getByRole('button', { name: 'Generate key' }).click()
  const secret = page.getByRole('dialog', { name: 'The key is generated', exact: true })
  await secret.getByRole('button', { name: 'I have stored the secret' }).click()
  await expect(page.getByRole('button', { name: /^Revoke / })).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('says that the outcome is not known when the reply is lost', async ({ page, simulator }) => {
  const user = newUser(simulator, 'lost-reply@customer.example', 1)
  await openUser(page, user.id, 'keys')
  await expect(page.getByText(user.keys[0]?.id ?? '')).toBeVisible()
  simulator.control.faults.add({ method: 'POST', service: 'ostor-users', reset: 'after', times: 1 })
  await page.getByRole('button', { name: 'Generate key' }).click()
  const alert = page.getByRole('alert')
  await expect(alert).toContainText(/not known/i)
  await look(page, 'outcome-unknown')
  await alert.getByRole('button', { name: 'Read again' }).click()
  const keys = simulator.control.oracle.user(user.id)?.keys ?? []
  expect(keys).toHaveLength(2)
  for (const { id } of keys) await expect(page.getByText(id).first()).toBeVisible()
})

test('says what became of a new key whose answer did not reach the browser', async ({ page, simulator }) => {
  const user = newUser(simulator, 'answer-lost@customer.example')
  await openUser(page, user.id, 'keys')
  await expect(page.getByText(user.keys[0]?.id ?? '')).toBeVisible()
  await page.route('**/keys', async (route) => {
    if (route.request().method() === 'POST') await route.fetch()
    await (route.request().method() === 'POST' ? route.abort() : route.continue())
  })
  await page.getByRole('button', { name: 'Generate key' }).click()
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('It was done.')
  await expect(alert).toContainText('revoke that key and generate another')
  await page.unroute('**/keys')
  await look(page, 'answer-lost', [])
  const made = simulator.control.oracle.user(user.id)?.keys[1]
  expect(await page.content()).not.toContain(made?.secret ?? 'no key was made')
})
