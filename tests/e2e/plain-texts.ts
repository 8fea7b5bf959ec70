import { expect, type Page } from '@playwright/test'
import { choose } from './chosen.ts'

/** Waits until nothing is being read any more. */
const settled = async (page: Page): Promise<void> => {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
  await expect(page.locator('output[aria-label], .mantine-Skeleton-root')).toHaveCount(0)
}

/** Loads the page anew in another language, which the browser then keeps. */
export const speak = async (page: Page, language: string): Promise<void> => {
  await choose(page, { language })
  await page.reload()
  await settled(page)
}

/**
 * Texts in plain letters, which no catalogue knows: those of `pseudo` have accents. What comes from elsewhere is left out,
 * and so are figures with their units, dates and addresses.
 */
export const plainTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const FOREIGN =
      'bdi, code, kbd, time, [lang="en"], [translate="no"], script, style, .brand, .mono, svg, textarea[aria-hidden]'
    const FIGURES =
      /\d[\d.,]*\s?(%|[KMGTPEk]?i?B|[KMB]|ms|min|[dhs]|[A-Z]{3})(?![a-z])|\d+ [A-Z][a-z]{2,3}\b|\b[A-Z][a-z]{2,8} \d{4}\b|\bUTC\b|\S+@\S+|[\da-f]+[:.][\da-f]*[:.][\da-f:./]+/g
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
