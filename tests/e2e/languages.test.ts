import type { Locator, Page } from '@playwright/test'
import { builtFiles } from '../../apps/web/built-files.ts'
import { choose } from './chosen.ts'
import { CLUSTER, expect } from './console.ts'
import { EVERY_PAGE } from './every-route.ts'
import { plainTexts, speak } from './plain-texts.ts'
import { test } from './still-world.ts'

test.afterEach(async ({ page, outside }) => {
  for (const each of [page, outside]) if (each.url().startsWith('http')) await choose(each, { language: 'en' })
})

for (const shown of EVERY_PAGE) {
  test(`every text of ${shown.name} stands in the catalogues`, async ({ open }) => {
    const page = await open(shown, { language: 'pseudo' })
    await page.waitForLoadState('networkidle')
    expect(await plainTexts(page)).toEqual([])
  })
}

for (const path of ['users', 'billing', 'groups', 'people', 'account']) {
  test(`every text of the dialog that makes something on the page ${path} stands in the catalogues`, async ({
    page,
  }) => {
    await page.goto(`${CLUSTER}/${path}`)
    await speak(page, 'pseudo')
    await page.keyboard.press('n')
    await page.getByRole('dialog').getByRole('textbox').first().waitFor()
    expect(await plainTexts(page)).toEqual([])
  })
}

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
  await page.goto(`${CLUSTER}/overview`)
  await speak(page, 'pseudo')
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

/** By keyboard, whatever the language; answers the dialog. */
const makeUser = async (page: Page, email: string): Promise<Locator> => {
  await page.keyboard.press('n')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').first().fill(email)
  await page.keyboard.press('Enter')
  return dialog
}

test('what the server says is read in the language of the page, with what it names as it is', async ({
  page,
  simulator,
}) => {
  const user = simulator.control.oracle.users().find(({ flags }) => flags.length === 0)
  await page.goto(`${CLUSTER}/users`)
  await speak(page, 'de')
  const dialog = await makeUser(page, user?.email ?? '')
  await expect(dialog).toContainText(`Der Benutzer ${user?.id} hat diese E-Mail-Adresse`)
  await expect(dialog.locator('[lang="en"]')).toHaveCount(0)
})

test('without its catalogue, what the server says is there in English', async ({ page, simulator }) => {
  const user = simulator.control.oracle.users().find(({ flags }) => flags.length === 0)
  const catalogue = builtFiles('dist').fileOf('src/words/server/en.po')
  const refused = page.waitForEvent('requestfailed', (request) => request.url().endsWith(catalogue))
  await page.route(`**/${catalogue}`, (route) => route.abort())
  await page.goto(`${CLUSTER}/users`)
  await speak(page, 'de')
  const dialog = await makeUser(page, user?.email ?? '')
  await refused
  await expect(dialog.locator('[lang="en"]')).toContainText(`The user ${user?.id} has this e-mail`)
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
