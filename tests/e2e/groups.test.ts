import type { User, UserPage } from '@ostor-console/shared/users'
import { CLUSTER, expect, test } from './console.ts'
import { look, takePicture } from './look.ts'

const PASSWORD = 'a long enough password'

const domainOf = ({ email }: User): string => email.slice(email.indexOf('@') + 1)

test('an admin makes a group of users, and whoever is limited to it sees these users and why not more', async ({
  page,
  browser,
}) => {
  test.slow()
  // Those that other tests made share a domain.
  const listed: UserPage = await (await page.request.get('/api/v1/clusters/default/users')).json()
  const domains = listed.items.map(domainOf)
  const isAlone = (user: User) => domains.filter((domain) => domain === domainOf(user)).length === 1
  const [ours, theirs] = listed.items.filter((user) => !user.protected && isAlone(user))
  if (!ours || !theirs) throw new Error('there are users')
  const domain = domainOf(ours)

  await page.goto(`${CLUSTER}/groups`)
  await expect(page.getByText('No groups yet')).toBeVisible()
  await page.getByRole('button', { name: 'Make a group', exact: true }).click()
  const form = page.getByRole('dialog', { name: 'New group of users' })
  await form.getByLabel('Name').fill('Reseller A')
  await form.getByLabel('E-mail domains').fill('not a domain!')
  await form.getByRole('button', { name: 'Make the group', exact: true }).click()
  await expect(form.getByRole('alert')).toContainText('must be a domain in small letters')
  await form.getByLabel('E-mail domains').fill(`@${domain.toUpperCase()}`)
  await form.getByRole('button', { name: 'Make the group', exact: true }).click()
  await expect(page.getByRole('row', { name: /Reseller A/ })).toContainText(domain)

  await page.goto(`${CLUSTER}/users?search=${theirs.email}`)
  await page.getByRole('checkbox', { name: `Select ${theirs.email}` }).check()
  await page.getByRole('button', { name: 'Add to a group…', exact: true }).click()
  const add = page.getByRole('dialog', { name: 'Add 1 user to a group' })
  await expect(add.getByRole('listitem')).toHaveText([theirs.email])
  await add.getByRole('button', { name: 'Add to the group', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Selection' })).toBeHidden()

  await page.goto(`${CLUSTER}/people`)
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Invite somebody' })
  await dialog.getByLabel('E-mail').fill('rita@reseller.example')
  await dialog.getByLabel('Role').selectOption('operator')
  await dialog.getByRole('checkbox', { name: 'Only users of some groups' }).check()
  await dialog.getByRole('checkbox', { name: 'Reseller A' }).check()
  await dialog.getByRole('button', { name: 'Make the link', exact: true }).click()
  const made = page.getByRole('dialog', { name: 'The invitation is made' })
  const link = await made.getByLabel('Link').inputValue()
  await made.getByRole('button', { name: 'Done', exact: true }).click()
  await expect(page.getByRole('row', { name: /rita@/ })).toContainText('Limited to: Reseller A')

  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })
  const hers = await context.newPage()
  await hers.goto(link)
  await hers.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await hers.getByLabel('Password again').fill(PASSWORD)
  await hers.getByRole('button', { name: 'Save and sign in', exact: true }).click()
  await expect(hers.getByRole('heading', { name: 'Users', exact: true })).toBeVisible()
  await expect(hers.getByText('Limited to: Reseller A')).toBeVisible()
  await expect(hers.getByRole('table', { name: 'Users' }).getByRole('row')).toHaveCount(3)
  const there = new URL(CLUSTER, page.url()).href
  await hers.goto(`${there}/users/${ours.id}`)
  await expect(hers.getByRole('heading', { name: ours.email })).toBeVisible()
  await hers.goto(`${there}/overview`)
  await expect(hers.getByText('You are limited to Reseller A, and this is about all users.')).toBeVisible()
  await look(hers, 'out-of-reach')

  await page.goto(`${CLUSTER}/groups`)
  await page.getByRole('button', { name: 'Actions for Reseller A' }).click()
  await page.getByRole('menuitem', { name: 'Users…' }).click()
  const members = page.getByRole('dialog', { name: 'Users of Reseller A' })
  await expect(members.getByRole('row').filter({ hasText: ours.email })).toContainText('By the domain')
  await look(page, 'group-members', [])
  // The last of those that are shown.
  await members.getByLabel('Search the users of this group').fill(theirs.email)
  await expect(members.getByRole('row')).toHaveCount(2)
  const take = members.getByRole('button', { name: `Take ${theirs.email} out`, exact: true })
  await take.press('Enter')
  await expect(take).toHaveText('Taken out')
  await expect(take).toBeFocused()
  await members.getByRole('button', { name: 'Close' }).click()
  await takePicture(page, 'groups')
  await hers.goto(`${there}/users/${theirs.id}`)
  await expect(hers.getByText('There is no such user')).toBeVisible()

  await page.getByRole('button', { name: 'Actions for Reseller A' }).click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  const confirm = page.getByRole('dialog', { name: 'Delete Reseller A' })
  await expect(confirm).toContainText('rita@reseller.example')
  await confirm.getByLabel('Type Reseller A to confirm').fill('Reseller A')
  await confirm.getByRole('button', { name: 'Delete the group', exact: true }).click()
  await expect(page.getByText('No groups yet')).toBeVisible()
  await hers.goto(`${there}/users`)
  await expect(hers.getByText('No users yet')).toBeVisible()
  await context.close()
})
