import type { Page } from '@playwright/test'
import { builtFiles } from '../../apps/web/built-files.ts'
import { choose } from './chosen.ts'
import { CLUSTER, expect } from './console.ts'
import { plainTexts, speak } from './plain-texts.ts'
import { test } from './still-world.ts'

const USERS = `${CLUSTER}/users`

const built = builtFiles('dist')

/** Has the rest of a catalogue not come; answers what ends it. */
const without = async (page: Page, language: string): Promise<() => Promise<void>> => {
  const files = `**/${built.fileOf(`src/words/${language}.po?rest`)}`
  await page.route(files, (route) => route.abort())
  return () => page.unroute(files)
}

/** Has a file come later; answers what lets it. */
const hold = async (page: Page, source: string): Promise<() => void> => {
  const held = Promise.withResolvers<void>()
  await page.route(`**/${built.fileOf(source)}`, async (route) => {
    await held.promise
    await route.continue()
  })
  return () => held.resolve()
}

const openUsers = async (page: Page): Promise<void> => {
  await page.goto(USERS)
  await page.getByRole('row').nth(20).waitFor()
}

test.afterEach(async ({ page, outside }) => {
  for (const each of [page, outside]) {
    await each.unrouteAll()
    if (each.url().startsWith('http')) await choose(each, { language: 'en' })
  }
})

test('the users list and its menus say nothing of the rest of a catalogue', async ({ page }) => {
  await without(page, 'pseudo')
  await openUsers(page)
  await speak(page, 'pseudo')
  expect(await plainTexts(page)).toEqual([])
  for (const opener of [page.locator('.user-menu').first(), page.locator('.top-end button[aria-haspopup="menu"]')]) {
    await opener.last().click()
    await page.getByRole('menu').waitFor()
    expect(await plainTexts(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toBeHidden()
  }
})

test('the sign-in and why it failed say nothing of the rest of a catalogue', async ({ outside, running }) => {
  await without(outside, 'pseudo')
  await outside.goto(`${running.url}/sign-in`)
  await speak(outside, 'pseudo')
  expect(await plainTexts(outside)).toEqual([])
  await outside.locator('input[name="email"]').fill('nobody@provider.example')
  await outside.locator('input[name="password"]').fill('not the password')
  await outside.keyboard.press('Enter')
  await outside.getByRole('alert').waitFor()
  expect(await plainTexts(outside)).toEqual([])
})

test('a page that says more is drawn when the rest of the catalogue is there', async ({ page }) => {
  await openUsers(page)
  await speak(page, 'pseudo')
  const goOn = await hold(page, 'src/words/pseudo.po?rest')
  await page.goto(USERS)
  const list = page.getByRole('row').nth(20)
  await list.waitFor()
  const came = page.waitForResponse(`**/${built.fileOf('src/app/buckets-page.tsx')}`)
  await page.locator('nav a[href="/c/default/buckets"]').click()
  await came
  await expect(list).toBeVisible()
  goOn()
  await page.locator('tbody a[href*="/buckets/"]').first().waitFor()
  expect(await plainTexts(page)).toEqual([])
})

test('a dialog whose words do not come says so in the language of the page, and is tried again', async ({ page }) => {
  const comeAgain = await without(page, 'pseudo')
  await openUsers(page)
  await speak(page, 'pseudo')
  await page.locator('[data-shortcut="n"]').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('alert').waitFor()
  expect(await plainTexts(page)).toEqual([])
  await comeAgain()
  await dialog.getByRole('button').last().click()
  await dialog.getByRole('textbox').first().waitFor()
  expect(await plainTexts(page)).toEqual([])
})

test('a page changes its language once all of the catalogue is there', async ({ page }) => {
  const comeAgain = await without(page, 'de')
  await openUsers(page)
  await page.getByRole('button', { name: 'ada@provider.example' }).click()
  await page.getByRole('menuitem', { name: 'Language', exact: true }).hover()
  const german = page.getByRole('menuitem', { name: /^Deutsch/ })
  const first = page.waitForResponse(`**/${built.fileOf('src/words/de.po')}`)
  const failed = page.waitForEvent('requestfailed')
  await german.click()
  await Promise.all([first, failed])
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await comeAgain()
  await german.click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
})
