import type { Page } from '@playwright/test'
import { sidewaysOf } from './axe.ts'
import { choose } from './chosen.ts'
import { expect } from './console.ts'
import { EVERY_PAGE } from './every-route.ts'
import { speak } from './plain-texts.ts'
import { test } from './still-world.ts'

/** The pages that are a list, or that hold one. */
const LISTS = new Set([
  'clusters',
  'users',
  'user-buckets',
  'user-audit',
  'buckets',
  'clients',
  'client-services',
  'whmcs-queue',
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
])
// Two that are common, and the least that each kind of layout gets.
const WIDTHS = [1440, 1201, 1024, 769]

/** Heads whose text needs more room than they have, with the room that each lacks. */
const cutHeads = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('thead th')]
      .filter((head) => head.scrollWidth > head.clientWidth && !head.querySelector('.sr-only'))
      .map((head) => `“${head.textContent}” lacks ${head.scrollWidth - head.clientWidth} px`),
  )

test.describe.configure({ timeout: 120_000 })

test.afterEach(async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await choose(page, { language: 'en' })
})

for (const language of ['en', 'de', 'fr', 'ja']) {
  test(`no head of a list is cut in the language ${language}, and no list is wider than its page`, async ({
    page,
    known,
  }) => {
    const lists = EVERY_PAGE.filter(({ name }) => LISTS.has(name))
    expect(lists).toHaveLength(LISTS.size)
    await page.goto(lists[0]?.addressOf(known) ?? '')
    await speak(page, language)
    const found: string[] = []
    let heads = 0
    for (const { name, addressOf } of lists) {
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.goto(addressOf(known))
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForLoadState('networkidle')
      heads += await page.locator('thead th:visible').count()
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 })
        found.push(...(await cutHeads(page)).map((head) => `${name}, ${width}: ${head}`))
        const sideways = await sidewaysOf(page)
        if (sideways > 0) found.push(`${name}, ${width}: scrolls sideways by ${sideways}`)
      }
    }
    expect(found).toEqual([])
    expect(heads).toBeGreaterThan(80)
  })
}
