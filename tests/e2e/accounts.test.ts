import { expect, newUser, openUser, test } from './console.ts'
import { look } from './look.ts'

test('makes an account, shows its secrets once, revokes a key, deletes it', async ({ page, simulator }) => {
  test.slow()
  const user = newUser(simulator, 'accounts@customer.example')
  const accounts = () => simulator.control.oracle.user(user.id)?.accounts ?? []
  await openUser(page, user.id, 'keys')
  const panel = page.getByRole('region', { name: 'Accounts' })
  await expect(panel).toContainText('This user has no accounts')
  await panel.getByRole('button', { name: 'New account' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('two words')
  await dialog.getByRole('button', { name: 'Create account' }).click()
  await expect(dialog.getByRole('alert')).toContainText('must be 1 to 64 letters')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('backup')
  await dialog.getByRole('button', { name: 'Create account' }).click()

  await expect(dialog).toContainText('never again')
  const [first] = accounts()[0]?.keys ?? []
  await expect(dialog).toContainText(first?.secret ?? '?')
  await dialog.getByRole('button', { name: 'I have stored the secret' }).click()
  await expect(panel).toContainText(first?.id ?? '?')
  expect(await page.content()).not.toContain(first?.secret)

  await panel.getByRole('button', { name: 'Generate key of backup', exact: true }).click()
  await dialog.getByRole('button', { name: 'I have stored the secret' }).click()
  const generate = panel.getByRole('button', { name: 'Generate key of backup', exact: true })
  await expect(generate).toHaveAttribute('aria-disabled', 'true')
  await expect(panel.getByText(accounts()[0]?.keys[1]?.id ?? '?')).toBeVisible()
  await look(page, 'accounts')
  await generate.hover()
  await expect(page.getByRole('tooltip')).toContainText('can have 2 keys')

  await panel.getByRole('button', { name: `Revoke ${first?.id}`, exact: true }).click()
  await dialog.getByRole('button', { name: 'Revoke key' }).click()
  await expect(panel.getByText(first?.id ?? '?')).toHaveCount(0)
  await panel.getByRole('button', { name: 'Delete account backup', exact: true }).click()
  await dialog.getByRole('textbox').fill('backup')
  await dialog.getByRole('button', { name: 'Delete account' }).click()
  await expect(panel).toContainText('This user has no accounts')
  expect(accounts()).toEqual([])
})

test('says once that a gateway has no accounts', async ({ elsewhere }) => {
  const { page, simulator } = await elsewhere({ version: '4.5', users: 1, buckets: 1, days: 1 })
  await openUser(page, simulator.control.oracle.users()[1]?.id ?? '', 'keys')
  const panel = page.getByRole('region', { name: 'Accounts' })
  await expect(panel).toContainText('This version of the gateway has no accounts')
  await expect(panel.getByRole('button')).toHaveCount(0)
})
