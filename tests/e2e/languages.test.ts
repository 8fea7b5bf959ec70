import { CLUSTER, expect, test } from './console.ts'
import { expectNoPlainText, plainTexts, speak } from './plain-texts.ts'

/** All that are there without WHMCS, by what stands behind the cluster in the address. */
const PAGES = [
  'overview',
  'users',
  'buckets',
  'usage',
  'statistics',
  'gaps',
  'billing',
  'bulk',
  'operations',
  'audit',
  'settings',
  'groups',
  'people',
  'account',
  'clusters',
  'no-such-page',
]

test.afterEach(async ({ page }) => speak(page, 'en'))

for (const path of PAGES) {
  test(`every text of the page ${path} stands in the catalogues`, async ({ page }) => {
    await expectNoPlainText(page, `${CLUSTER}/${path}`)
  })
}

for (const tab of ['overview', 'keys', 'limits', 'buckets', 'usage', 'audit']) {
  test(`every text of a user stands in the catalogues, tab ${tab}`, async ({ page, simulator }) => {
    const user = simulator.control.oracle.users().find(({ accounts }) => accounts.length > 0)
    await expectNoPlainText(page, `${CLUSTER}/users/${user?.id}?tab=${tab}`)
  })
}

test('every text of a bucket and of a report stands in the catalogues', async ({ page, simulator }) => {
  const [bucket] = simulator.control.oracle.buckets()
  await expectNoPlainText(page, `${CLUSTER}/buckets/${bucket}`)
  const [user] = simulator.control.oracle.users()
  await expectNoPlainText(page, `${CLUSTER}/users/${user?.id}/report`)
})

for (const path of ['users', 'billing', 'groups', 'people', 'account']) {
  test(`every text of the dialog that makes something on the page ${path} stands in the catalogues`, async ({
    page,
  }) => {
    await expectNoPlainText(page, `${CLUSTER}/${path}`)
    await page.keyboard.press('n')
    await page.getByRole('dialog').getByRole('textbox').first().waitFor()
    expect(await plainTexts(page)).toEqual([])
  })
}

test('every text of the sign-in stands in the catalogues', async ({ browser, running }) => {
  const context = await browser.newContext({ locale: 'en-GB', baseURL: running.url })
  await expectNoPlainText(await context.newPage(), '/sign-in')
  await context.close()
})

test('a browser that asks for Japanese gets it, and one whose language is not there gets English', async ({
  browser,
  running,
}) => {
  for (const [locale, language] of [
    ['ja-JP', 'ja'],
    ['fi-FI', 'en'],
  ] as const) {
    const context = await browser.newContext({ locale, baseURL: running.url })
    const page = await context.newPage()
    await page.goto('/sign-in')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await expect(page.locator('html')).toHaveAttribute('lang', language)
    await context.close()
  }
})

test('every text of the menus, the palette and the shortcuts stands in the catalogues', async ({ page }) => {
  await expectNoPlainText(page, `${CLUSTER}/no-such-page`)
  await page.getByRole('button', { name: 'ada@provider.example' }).click()
  await page.getByRole('menu').waitFor()
  expect(await plainTexts(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toBeHidden()
  await page.keyboard.press('?')
  await page.getByRole('dialog').getByRole('switch').waitFor()
  expect(await plainTexts(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').waitFor()
  expect(await plainTexts(page)).toEqual([])
})

test('the language changes while a page is open, and what was typed stays', async ({ page }) => {
  await page.goto(`${CLUSTER}/account`)
  await page.getByLabel('New password', { exact: true }).fill('not yet saved')
  await page.getByRole('button', { name: 'ada@provider.example' }).click()
  await page.getByRole('menuitem', { name: 'Language', exact: true }).hover()
  await page.getByRole('menuitem', { name: 'Deutsch', exact: true }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await page.keyboard.press('Escape')
  await expect(page.locator('input[name="newPassword"]')).toHaveValue('not yet saved')
})

test('a page that is written from right to left stands the other way round', async ({ page }) => {
  await page.goto(`${CLUSTER}/users`)
  await speak(page, 'mirrored')
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  await page.getByRole('table').waitFor()
  const navigation = await page.getByRole('navigation').first().boundingBox()
  expect(navigation?.x).toBeGreaterThan(700)
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
})
