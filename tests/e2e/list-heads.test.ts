import type { Page } from '@playwright/test'
import { sidewaysOf } from './axe.ts'
import { choose, chooseHere } from './chosen.ts'
import { expect } from './console.ts'
import { EVERY_PAGE } from './every-route.ts'
import { test } from './still-world.ts'

/** The pages that are a list, or that hold one, which has rows here. */
const LISTS = [
  'clusters',
  'users',
  'user-buckets',
  'user-audit',
  'buckets',
  'clients',
  'whmcs-drift',
  'statistics',
  'statistics-object',
  'billing',
  'billing-month',
  'bill',
  'bulk',
  'bulk-run',
  'operations',
  'audit',
  'groups',
  'people',
]
// Two that are common, and the least that each kind of layout gets.
const WIDTHS = [1440, 1201, 1024, 769]

/** Heads whose text needs more room than they have, with the room that each lacks. */
const cutHeads = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('thead th')]
      .filter((head) => head.scrollWidth > head.clientWidth && !head.querySelector('.sr-only'))
      .map((head) => `“${head.textContent}” lacks ${head.scrollWidth - head.clientWidth} px`),
  )

test.afterEach(async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await choose(page, { language: 'en' })
})

const LANGUAGES = ['en', 'de', 'fr', 'ja']

for (const name of LISTS) {
  test(`no head of the list ${name} is cut in any language, and it is no wider than its page`, async ({ open }) => {
    const shown = EVERY_PAGE.find((each) => each.name === name)
    if (!shown) throw new Error(`there is no page ${name}`)
    const page = await open(shown)
    await page.waitForLoadState('networkidle')
    const found: string[] = []
    for (const language of LANGUAGES) {
      await chooseHere(page, { density: 'comfortable', language })
      await page.setViewportSize({ width: 1440, height: 900 })
      expect(await page.locator('thead th:visible').count()).toBeGreaterThan(0)
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 })
        found.push(...(await cutHeads(page)).map((head) => `${language}, ${width}: ${head}`))
        const sideways = await sidewaysOf(page)
        if (sideways > 0) found.push(`${language}, ${width}: scrolls sideways by ${sideways}`)
      }
    }
    expect(found).toEqual([])
  })
}
