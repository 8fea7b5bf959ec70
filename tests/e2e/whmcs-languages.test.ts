import { CLUSTER } from './console.ts'
import { expectNoPlainText, speak } from './plain-texts.ts'
import { test } from './whmcs-world.ts'

test.afterEach(async ({ page }) => speak(page, 'en'))

for (const tab of ['connection', 'queue', 'drift', 'secrets']) {
  test(`every text about WHMCS stands in the catalogues, tab ${tab}`, async ({ page }) => {
    await expectNoPlainText(page, `${CLUSTER}/whmcs?tab=${tab}`)
  })
}

test('every text of the clients and of one of them stands in the catalogues', async ({ page, whmcs }) => {
  const [firstname, lastname, email] = ['Nora', 'Winter', 'nora@winter.example']
  const clientId = await whmcs.control.addClient({ firstname, lastname, companyname: 'Winter GmbH', email })
  await expectNoPlainText(page, `${CLUSTER}/clients`)
  for (const tab of ['storage', 'services', 'whmcs', 'audit'])
    await expectNoPlainText(page, `${CLUSTER}/clients/${clientId}?tab=${tab}`)
})
