import { expect, type Page } from '@playwright/test'

export type Chosen = { density: 'comfortable' | 'compact'; language: string }

/** Keeps a choice as the browser of the admin does, and tells the page as it would of another tab. */
export const choose = (page: Page, chosen: Partial<Chosen>): Promise<void> =>
  page.evaluate((change) => {
    const key = 'ostor-console.preferences'
    const kept: unknown = JSON.parse(window.localStorage.getItem(key) ?? '{}')
    window.localStorage.setItem(key, JSON.stringify(Object.assign({}, kept, change)))
    window.dispatchEvent(new StorageEvent('storage', { key }))
  }, chosen)

/** Chooses, and waits until the page that is open has been drawn so. */
export const chooseHere = async (page: Page, { density, language }: Chosen): Promise<void> => {
  await choose(page, { density, language })
  await expect(page.locator('html')).toHaveAttribute('data-density', density)
  await expect(page.locator('html')).toHaveAttribute('lang', language)
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
}
