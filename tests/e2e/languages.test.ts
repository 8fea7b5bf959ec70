import type { Page } from '@playwright/test'
import { CLUSTER, expect, test } from './console.ts'

/** The pages whose texts all stand in the catalogues; when every page does, this list is that of all pages. */
const CONVERTED = ['/no-such-page']

const speak = async (page: Page, language: string) => {
  await page.evaluate((chosen) => {
    const key = 'ostor-console.preferences'
    const kept: unknown = JSON.parse(window.localStorage.getItem(key) ?? '{}')
    window.localStorage.setItem(key, JSON.stringify(Object.assign({}, kept, { language: chosen })))
  }, language)
  await page.reload()
}

/**
 * Texts in plain letters, which no catalogue knows: those of `pseudo` have accents. What comes from elsewhere is left out,
 * and so are figures with their units, and dates.
 */
const plainTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const FOREIGN = 'bdi, code, kbd, time, [lang="en"], [translate="no"], script, style, .brand, .mono, svg'
    const FIGURES = /\d[\d.,]*\s?(%|[KMGTPEk]?i?B|[KMB]|ms|min|[dhs])(?![a-z])|\d+ [A-Z][a-z]{2}\b( \d{4})?|\bUTC\b/g
    const ACCENTS = /[\u00c0-\u024f\u1e00-\u1eff]/
    const found = new Set<string>()
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement
      if (!element || element.closest(FOREIGN)) continue
      const texts =
        node instanceof Element
          ? ['aria-label', 'title', 'placeholder', 'alt', 'data-label'].map((name) => node.getAttribute(name) ?? '')
          : [node.textContent ?? '']
      for (const text of texts)
        if (/[A-Za-z]{2}/.test(text.replace(FIGURES, '')) && !ACCENTS.test(text)) found.add(text.trim())
    }
    return [...found]
  })

/** Nothing is being read any more. */
const settled = async (page: Page) => {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
  await expect(page.locator('output[aria-label], .mantine-Skeleton-root')).toHaveCount(0)
}

test.afterEach(async ({ page }) => speak(page, 'en'))

for (const path of CONVERTED) {
  test(`every text of ${path} stands in the catalogues`, async ({ page }) => {
    await page.goto(`${CLUSTER}${path}`)
    await speak(page, 'pseudo')
    await settled(page)
    expect(await plainTexts(page)).toEqual([])
  })
}

test('every text of the menus, the palette and the shortcuts stands in the catalogues', async ({ page }) => {
  await page.goto(`${CLUSTER}/no-such-page`)
  await speak(page, 'pseudo')
  await settled(page)
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
