import type { Page } from '@playwright/test'

export type Chosen = { density: 'comfortable' | 'compact'; language: string }

/** Keeps a choice as the browser of the admin does; a page follows when it is loaded next. */
export const choose = (page: Page, chosen: Partial<Chosen>): Promise<void> =>
  page.evaluate((change) => {
    const key = 'ostor-console.preferences'
    const kept: unknown = JSON.parse(window.localStorage.getItem(key) ?? '{}')
    window.localStorage.setItem(key, JSON.stringify(Object.assign({}, kept, change)))
  }, chosen)
