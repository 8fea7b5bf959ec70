import { CLUSTER, expect, newUser, openUser, test, untilListed, writesIn } from './console.ts'
import { look } from './look.ts'

test('a deletion waits for its date, in a queue that everybody sees, and can be stopped', async ({
  page,
  simulator,
}) => {
  const user = newUser(simulator, 'leaving-later@customer.example')
  await openUser(page, user.id)
  await page.getByRole('button', { name: 'Delete user' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/^Type/).fill(user.email)
  await look(page, 'delete-user-later', [])
  simulator.control.clearCalls()
  await dialog.getByRole('button', { name: 'Schedule deletion' }).click()
  const notice = page.getByText('This user will be deleted in 24 hours', { exact: false })
  await expect(notice).toBeVisible()
  expect(writesIn(simulator)).toEqual([])
  await look(page, 'user-to-be-deleted')

  await page.goto(`${CLUSTER}/operations`)
  const queue = page.getByRole('table', { name: 'Waiting for their date' })
  await expect(queue).toContainText(user.email)
  await look(page, 'scheduled')
  await page.getByRole('button', { name: `Change the date of the deletion of ${user.email}`, exact: true }).click()
  await page.getByRole('combobox', { name: 'When' }).click()
  await page.getByRole('option', { name: 'In 7 days' }).click()
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(queue).toContainText('in 7 days')

  await page.getByRole('button', { name: `Stop the deletion of ${user.email}`, exact: true }).click()
  await dialog.getByRole('button', { name: 'Stop the deletion' }).click()
  await expect(page.getByText('Nothing waits')).toBeVisible()
  await expect(page.getByRole('table', { name: 'Waited, and ended in the last week' })).toContainText('stopped')
  expect(simulator.control.oracle.user(user.id)).toBeDefined()
})

test('a deletion that the list puts off is said there, with the way to the user', async ({ page, simulator }) => {
  const user = newUser(simulator, 'leaving-from-the-list@customer.example')
  await untilListed(page, simulator.control.oracle.users().length)
  await page.goto(`${CLUSTER}/users?search=${user.email}`)
  await page.getByRole('button', { name: `Actions for ${user.email}`, exact: true }).click()
  await page.getByRole('menuitem', { name: 'Delete…', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/^Type/).fill(user.email)
  await dialog.getByRole('button', { name: 'Schedule deletion' }).click()
  const notice = page.getByRole('alert').filter({ hasText: 'will be deleted on' })
  await expect(notice.getByRole('button', { name: 'Close', exact: true })).toBeVisible()
  await look(page, 'users-to-be-deleted', [])
  await notice.getByRole('link', { name: user.email, exact: true }).click()
  await expect(page).toHaveURL(new RegExp(`/users/${user.id}`))
  await expect(page.getByText('This user will be deleted in 24 hours', { exact: false })).toBeVisible()
  await page.getByRole('button', { name: 'Stop the deletion' }).click()
  await dialog.getByRole('button', { name: 'Stop the deletion' }).click()
  await expect(page.getByText('This user will be deleted', { exact: false })).toHaveCount(0)
  expect(simulator.control.oracle.user(user.id)).toBeDefined()
})

test('a key is rotated: the new one is shown once, both work, and the old one goes at its date', async ({
  page,
  simulator,
}) => {
  const user = newUser(simulator, 'rotated@customer.example')
  const old = user.keys[0]?.id ?? ''
  await openUser(page, user.id, 'keys')
  await page.getByRole('button', { name: `Rotate ${old}` }).click()
  const dialog = page.getByRole('dialog')
  await look(page, 'rotate-key', [])
  await dialog.getByRole('button', { name: 'Generate the new key' }).click()
  await expect(dialog).toContainText('never again')
  const made = simulator.control.oracle.user(user.id)?.keys[1]
  await expect(dialog).toContainText(made?.secret ?? 'no key was made')
  await dialog.getByRole('button', { name: 'I have stored the secret' }).click()

  // Nothing of it is kept by this page.
  await page.goto(`${CLUSTER}/users`)
  await openUser(page, user.id, 'keys')
  await expect(page.getByText(`The key ${old} will be revoked in 7 days`, { exact: false })).toBeVisible()
  await expect(page.getByText('Traffic since the rotation began')).toBeVisible()
  await expect(page.getByRole('button', { name: `Rotate ${old}` })).toHaveAttribute('aria-disabled', 'true')
  await look(page, 'rotation')
  expect(await page.content()).not.toContain(made?.secret)
  expect(simulator.control.oracle.user(user.id)?.keys).toHaveLength(2)

  // The user says that the new one works, so nobody waits any longer.
  await page.getByRole('button', { name: `Revoke ${old}` }).click()
  await dialog.getByRole('button', { name: 'Revoke key' }).click()
  await expect(page.getByText(`The key ${old} will be revoked`, { exact: false })).toHaveCount(0)
  expect(simulator.control.oracle.user(user.id)?.keys.map(({ id }) => id)).toEqual([made?.id])
  await page.goto(`${CLUSTER}/operations`)
  await expect(page.getByRole('table', { name: 'Waited, and ended in the last week' })).toContainText(
    'It was done before its date',
  )
})

test('a rotation is refused where there is no place for a new key, and says what to do', async ({
  page,
  simulator,
}) => {
  const user = newUser(simulator, 'no-place@customer.example', 2)
  await openUser(page, user.id, 'keys')
  const rotate = page.getByRole('button', { name: `Rotate ${user.keys[0]?.id}` })
  await expect(rotate).toHaveAttribute('aria-disabled', 'true')
  await rotate.hover()
  await expect(page.getByRole('tooltip')).toContainText('needs a free place')
})
