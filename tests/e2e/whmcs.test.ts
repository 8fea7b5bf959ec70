import type { Page } from '@playwright/test'
import { CLUSTER, expect, newUser, openUser } from './console.ts'
import { look, takePicture } from './look.ts'
import { holdReadings } from './readings.ts'
import { test, userOf } from './whmcs-world.ts'

const TEXT_OF_BODY = () => document.body.innerText

const openClient = (page: Page, clientId: number, tab = 'storage') =>
  page.goto(`${CLUSTER}/clients/${clientId}?tab=${tab}`)

/** Links the user whose e-mail is that of the client. */
const linkByEmail = async (page: Page, clientId: number, email: string) => {
  await openClient(page, clientId)
  await page.getByRole('button', { name: 'Link an S3 user', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Link an S3 user' })
  await dialog.getByRole('radio', { name: email }).check()
  await dialog.getByRole('button', { name: 'Link the user', exact: true }).click()
  await expect(page.getByRole('button', { name: `Unlink ${email}` })).toBeVisible()
}

test('a client is linked to a user, WHMCS is lost while a key is made, and the queue drains once it is back', async ({
  page,
  simulator,
  whmcs,
}) => {
  test.slow()
  const email = 'anna@berger.example'
  const user = userOf(simulator, email)
  const clientId = await whmcs.control.addClient({
    firstname: 'Anna',
    lastname: 'Berger',
    companyname: 'Berger GmbH',
    email,
  })

  await page.goto(`${CLUSTER}/clients`)
  await expect(page.getByRole('table', { name: 'Clients' }).getByRole('row')).toHaveCount(51)
  await page.getByLabel('Number, e-mail, or start of a name').fill('nobody-at-all')
  await expect(page.getByText('No client matches')).toBeVisible()
  await page.getByRole('button', { name: 'Clear the filter', exact: true }).click()
  await page.getByLabel('Number, e-mail, or start of a name').fill('Berg')
  await page.getByRole('link', { name: 'Anna Berger' }).click()
  await expect(page.getByText('No S3 user yet')).toBeVisible()
  await linkByEmail(page, clientId, email)
  await expect(page.getByText(user.keys[0]?.id ?? '')).toBeVisible()

  await whmcs.down()
  await page.goto(`${CLUSTER}/clients?search=Berg`)
  await expect(page.getByRole('alert')).toContainText('WHMCS does not answer')
  await openUser(page, user.id, 'keys')
  await page.getByRole('button', { name: 'Generate key', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'The key is generated' })
  await expect(dialog).toContainText('WHMCS will be told of the key of Anna Berger when it is back: 1 queued')
  const made = simulator.control.oracle.user(user.id)?.keys[1]
  await dialog.getByRole('button', { name: 'I have stored the secret', exact: true }).click()
  await page.getByRole('link', { name: 'WHMCS', exact: true }).click()
  await expect(page.getByText('Work on storage goes on', { exact: false })).toBeVisible()
  await page.getByRole('navigation', { name: 'About WHMCS' }).getByRole('link', { name: 'Queue' }).click()
  const queued = page.getByRole('row').filter({ hasText: made?.id ?? 'no key was made' })
  await expect(queued).toContainText('Queued')
  await takePicture(page, 'whmcs-queue')

  await whmcs.up()
  // After several calls without an answer WHMCS is left alone for half a minute.
  await expect(async () => {
    const retry = queued.getByRole('button', { name: 'Retry: ' })
    if (await retry.isVisible()) await retry.click()
    await expect(page.getByText('Nothing waits')).toBeVisible({ timeout: 6_000 })
  }).toPass({ timeout: 60_000 })
  const notes = await whmcs.control.notes({ userid: clientId })
  expect(notes.filter(({ note }) => note.includes(made?.id ?? 'no key was made'))).toHaveLength(1)
  expect(notes.filter(({ note }) => note.includes(made?.secret ?? 'no key was made'))).toEqual([])
  await openClient(page, clientId, 'whmcs')
  await expect(page.getByRole('table', { name: 'Our notes at WHMCS' })).toContainText('Written')
  await page.goto(`${CLUSTER}/users/${user.id}`)
  await expect(page.getByRole('link', { name: 'Anna Berger' })).toBeVisible()
  await openClient(page, clientId)
  await takePicture(page, 'client')
})

test('acceptance 11: after client A, the page of client B shows nothing of A', async ({ page, simulator, whmcs }) => {
  const [a, b] = [userOf(simulator, 'a@alpha.example'), userOf(simulator, 'b@beta.example')]
  const ofA = await whmcs.control.addClient({ firstname: 'Alma', lastname: 'Alpha', email: 'a@alpha.example' })
  const ofB = await whmcs.control.addClient({ firstname: 'Bela', lastname: 'Beta', email: 'b@beta.example' })
  await linkByEmail(page, ofA, 'a@alpha.example')
  await linkByEmail(page, ofB, 'b@beta.example')
  const traces = ['Alma', 'alpha.example', a.id]

  await openClient(page, ofA)
  await expect(page.getByText(a.keys[0]?.id ?? '')).toBeVisible()
  // The answer about B is held back, so that whatever the page shows meanwhile is seen.
  const answer = await holdReadings(page, new RegExp(`/clients/${ofB}$`))
  // The shortest way, on which the page itself stays and only its address changes.
  await page.evaluate((address) => history.pushState(null, '', address), `${CLUSTER}/clients/${ofB}`)
  await expect(page.getByRole('heading', { name: `Client ${ofB}` })).toBeVisible()
  const whileLoading = await page.evaluate(TEXT_OF_BODY)
  answer()
  await expect(page.getByText(b.keys[0]?.id ?? '')).toBeVisible()
  const loaded = await page.evaluate(TEXT_OF_BODY)
  await page.getByRole('tab', { name: 'Told to WHMCS' }).click()
  await expect(page.getByRole('heading', { name: 'Our notes at WHMCS' })).toBeVisible()
  await page.getByRole('region', { name: 'Messages to WHMCS' }).and(page.locator('[aria-busy=false]')).waitFor()
  const told = await page.evaluate(TEXT_OF_BODY)
  await page.getByRole('tab', { name: 'Audit' }).click()
  await expect(page.getByText('b@beta.example').first()).toBeVisible()
  const audit = await page.evaluate(TEXT_OF_BODY)
  for (const shown of [whileLoading, loaded, told, audit]) {
    for (const trace of traces) expect(shown).not.toContain(trace)
  }
})

test('limits that were typed for one user of a client are not lost to the other without a question', async ({
  page,
  whmcs,
}) => {
  test.slow()
  const email = 'of-two@customer.example'
  const clientId = await whmcs.control.addClient({ firstname: 'Tina', lastname: 'Two', email })
  for (const each of ['one', 'other']) await linkByEmail(page, clientId, `${each}-${email}`)
  await page.getByRole('button', { name: 'Edit limits' }).click()
  await page.getByRole('radiogroup', { name: 'Get: unlimited or limited' }).getByText('Limit to').click()
  const typed = page.getByRole('textbox', { name: 'Get, ops/s' })
  await typed.fill('3600')

  await page.getByRole('button', { name: /^Show /, pressed: true }).click()
  await page.getByRole('button', { name: /^Show /, pressed: false }).click()
  const question = page.getByRole('dialog', { name: 'Leave without saving?', exact: true })
  await question.getByRole('button', { name: 'Cancel', exact: true }).click()
  await expect(typed).toHaveValue('3600')
  await page.getByRole('button', { name: /^Show /, pressed: false }).click()
  await question.getByRole('button', { name: 'Leave', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Edit limits' })).toBeVisible()
})

test('drift says where WHMCS and the gateway differ, leads to where it is put right, and changes nothing', async ({
  page,
  simulator,
  whmcs,
}) => {
  const email = 'closing@customer.example'
  const user = userOf(simulator, email)
  const clientId = await whmcs.control.addClient({ firstname: 'Clara', lastname: 'Closing', email })
  await linkByEmail(page, clientId, email)
  await whmcs.control.editClient({ id: clientId, status: 'Closed' })
  await openClient(page, clientId)
  await expect(page.getByText('Closed', { exact: true })).toBeVisible()

  await page.goto(`${CLUSTER}/whmcs?tab=drift`)
  const row = page.getByRole('row').filter({ hasText: 'Clara Closing' })
  await expect(row).toContainText('Client closed, user enabled')
  await row.getByRole('link', { name: 'Disable the user' }).click()
  await expect(page.getByRole('heading', { name: email })).toBeVisible()
  expect(simulator.control.oracle.user(user.id)?.state).toBe('enabled')
})

test('a secret in an old note is struck out once its key is revoked, and not before', async ({
  page,
  simulator,
  whmcs,
}) => {
  const user = newUser(simulator, 'old@customer.example', 2)
  const [key] = user.keys
  const clientId = await whmcs.control.addClient({ firstname: 'Otto', lastname: 'Old', email: 'old@customer.example' })
  const note = `UserId: ${user.id}\nAWSAccessKeyId: ${key?.id}\nAWSSecretAccessKey: ${key?.secret}`
  await whmcs.control.addNote({ userid: clientId, note })

  await page.goto(`${CLUSTER}/whmcs?tab=secrets`)
  const row = page.getByRole('row').filter({ hasText: key?.id ?? '' })
  await expect(row).toContainText('The key still works')
  expect(await page.content()).not.toContain(key?.secret)
  await look(page, 'whmcs-old-secrets', [])
  await row.getByRole('link', { name: '1. Rotate the key' }).click()
  await page.getByRole('button', { name: `Revoke ${key?.id}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke key', exact: true }).click()
  await expect(page.getByText(key?.id ?? '')).toHaveCount(0)

  await page.goto(`${CLUSTER}/whmcs?tab=secrets`)
  await row.getByRole('button', { name: `Strike out the secret of ${key?.id}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Strike it out', exact: true }).click()
  await expect(row).toContainText('Struck out')
  const [left] = await whmcs.control.notes({ userid: clientId })
  expect(left?.note).toContain(`AWSAccessKeyId: ${key?.id}`)
  expect(left?.note).not.toContain(key?.secret)
})
