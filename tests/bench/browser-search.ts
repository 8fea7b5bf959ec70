import type { BrowserContext, Page } from '@playwright/test'
import { startBare } from './bare-process.ts'
import { plainPage, USERS, USERS_ROW, usersOf } from './browser-context.ts'
import { watchTraffic } from './browser-pages.ts'
import { type Figure, quantile } from './figure.ts'

const ROUNDS = 30
const PAGES = 40

/** Runs in the page: from the next change of the search box until what was typed stands in every row, drawn. */
const armSearch = ({ selector, text }: { selector: string; text: string }): void => {
  const looking = (at: number): void => {
    const rows = Array.from(document.querySelectorAll(selector))
    const isThere = rows.length > 0 && rows.every((row) => row.closest('tr')?.textContent.toLowerCase().includes(text))
    if (!isThere) requestAnimationFrame(() => looking(at))
    else requestAnimationFrame(() => Object.assign(window, { searchTook: performance.now() - at }))
  }
  Object.assign(window, { searchTook: undefined })
  document.addEventListener('input', () => looking(performance.now()), { once: true, capture: true })
}

const tookSearch = async (page: Page): Promise<number> => {
  const took = await page.waitForFunction(() => (window as { searchTook?: number }).searchTook)
  return Number(await took.jsonValue())
}

/** Runs in the floor page: fetches the rows and sets them. */
const fetchAndSet = async (): Promise<number> => {
  const before = performance.now()
  const table = new DOMParser().parseFromString(await (await fetch('/')).text(), 'text/html').querySelector('table')
  document.querySelector('table')?.replaceWith(table ?? '')
  await new Promise(requestAnimationFrame)
  return performance.now() - before
}

/** From what is put into the search box to the rows that match, p95, over parts of e-mails and of ids. */
export const search = async (context: BrowserContext, users: number, goalMs: number): Promise<Figure> => {
  const rows = await usersOf(context, `pageSize=50&page=${PAGES}`)
  const words = rows.slice(0, ROUNDS).map(({ id, email }, index) => {
    if (index % 3 === 0) return id.slice(5, 14)
    return index % 3 === 1 ? email.slice(0, 12).toLowerCase() : email.slice(2, 6).toLowerCase()
  })
  const page = await context.newPage()
  const settled = watchTraffic(page)
  await page.goto(USERS)
  await page.locator(USERS_ROW).first().waitFor()
  const box = page.getByRole('searchbox')
  const samples: number[] = []
  for (const text of words) {
    await box.fill('')
    await page.locator(USERS_ROW).nth(40).waitFor()
    await settled()
    await page.evaluate(armSearch, { selector: USERS_ROW, text })
    await box.fill(text)
    samples.push(await tookSearch(page))
  }
  await page.close()

  const bare = await startBare(plainPage(rows), 'text/html')
  const plain = await context.newPage()
  await plain.goto(bare.url)
  const floor: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) floor.push(await plain.evaluate(fetchAndSet))
  await plain.close()
  await bare.stop()

  const measured = quantile(samples, 0.95)
  return {
    name: `search over ${users.toLocaleString('en')} users, letters to rows, p95`,
    unit: 'ms',
    measured,
    floor: quantile(floor, 0.95),
    floorIs: '50 rows as plain HTML, fetched and set',
    compared: measured,
    comparedAs: 'value',
    goal: `≤ ${goalMs} ms`,
    holds: measured <= goalMs,
    note: `p50 ${quantile(samples, 0.5).toFixed(0)} ms`,
  }
}
