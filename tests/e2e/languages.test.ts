import type { Page } from '@playwright/test'
import { CLUSTER, expect, test } from './console.ts'

/** The pages whose texts all stand in the catalogues; when every page does, this list is that of all pages. */
const CONVERTED = ['/account', '/no-such-page']

const speak = (page: Page, language: string) =>
  page.evaluate((chosen) => {
    const key = 'ostor-console.preferences'
    const kept: unknown = JSON.parse(window.localStorage.getItem(key) ?? '{}')
    window.localStorage.setItem(key, JSON.stringify(Object.assign({}, kept, { language: chosen })))
  }, language)

/** Texts in plain letters, which no catalogue knows; what comes from elsewhere, and figures, are left out. */
const plainTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const FOREIGN = 'bdi, code, kbd, time, [lang="en"], [translate="no"], script, style, .brand, .mono, .num, svg'
    const isPlain = (text: string) => /[A-Za-z]{2}/.test(text) && !/[\u00c0-\u024f\u1e00-\u1eff]/.test(text)
    const found = new Set<string>()
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement
      if (!element || element.closest(FOREIGN)) continue
      const texts =
        node instanceof Element
          ? ['aria-label', 'title', 'placeholder', 'alt', 'data-label'].map((name) => node.getAttribute(name) ?? '')
          : [node.textContent ?? '']
      for (const text of texts) if (isPlain(text)) found.add(text.trim())
    }
    return [...found]
  })

test.afterEach(async ({ page }) => speak(page, 'en'))

for (const path of CONVERTED) {
  test(`every text of ${path} stands in the catalogues`, async ({ page }) => {
    await page.goto(`${CLUSTER}${path}`)
    await speak(page, 'pseudo')
    await page.reload()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    expect(await plainTexts(page)).toEqual([])
  })
}

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
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  await page.getByRole('table').waitFor()
  const navigation = await page.getByRole('navigation').first().boundingBox()
  expect(navigation?.x).toBeGreaterThan(700)
  const width = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(width).toBeLessThanOrEqual(0)
})
