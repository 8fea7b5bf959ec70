import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import { CHROMIUM_ARGS, provideChromium } from '../support/chromium.ts'
import { type ConsoleProcess, signIn } from '../support/console-process.ts'
import { startBare } from './bare-process.ts'
import { type Figure, quantile } from './figure.ts'

const ROUNDS = 20
const ROW = 'tbody a[href*="/users/"]'
const GOAL_REQUESTS = 3

/** Runs in the page: notes the time from the start of the navigation to the first row that is on the screen. */
const noteFirstRow = (selector: string): void => {
  const look = (): void => {
    if (document.querySelector(selector)) Object.assign(window, { firstRowAt: performance.now() })
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

const firstRowAt = async (page: Page, url: string): Promise<number> => {
  await page.goto(url)
  const noted = await page.waitForFunction(() => (window as { firstRowAt?: number }).firstRowAt)
  return Number(await noted.jsonValue())
}

const plainPage = (rows: { id: string; email: string }[]): string =>
  `<!doctype html><title>Users</title><table><tbody>${rows
    .map(({ id, email }) => `<tr><td><a href="/users/${id}">${id}</a></td><td>${email}</td></tr>`)
    .join('')}</tbody></table>`

const opened = async (context: BrowserContext, url: string): Promise<{ ms: number; requests: number }> => {
  const page = await context.newPage()
  await page.addInitScript(noteFirstRow, ROW)
  let requests = 0
  page.on('request', (request) => {
    if (new URL(request.url()).pathname.startsWith('/api/')) requests += 1
  })
  const ms = await firstRowAt(page, url)
  await page.waitForLoadState('networkidle')
  await page.close()
  return { ms, requests }
}

const contextOf = async (browser: Browser, console: ConsoleProcess): Promise<BrowserContext> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const { cookie } = await signIn(console)
  const [name = '', value = ''] = cookie.split(/=(.*)/s)
  await context.addCookies([{ name, value: decodeURIComponent(value), url: console.url }])
  return context
}

/** From the opening of the users page by its address, with a warm back end, to the first rows; p95. */
export const usersPage = async (console: ConsoleProcess, users: number, goalMs: number): Promise<Figure[]> => {
  const browser = await chromium.launch({ executablePath: provideChromium(), args: CHROMIUM_ARGS })
  const context = await contextOf(browser, console)
  const list = (await (
    await context.request.get(`${console.url}/api/v1/clusters/default/users?pageSize=50`)
  ).json()) as { items: { id: string; email: string }[] }
  const bare = await startBare(plainPage(list.items), 'text/html')
  const url = `${console.url}/c/default/users`
  await opened(context, url)

  const floor: number[] = []
  const measured: number[] = []
  let requests = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    floor.push((await opened(context, bare.url)).ms)
    const page = await opened(context, url)
    measured.push(page.ms)
    requests = Math.max(requests, page.requests)
  }
  await bare.stop()
  await browser.close()
  const p95 = quantile(measured, 0.95)
  const named = users.toLocaleString('en')
  return [
    {
      name: `users page, ${named} users, first rows, p95`,
      unit: 'ms',
      measured: p95,
      floor: quantile(floor, 0.95),
      floorIs: 'the same rows as plain HTML',
      compared: p95,
      comparedAs: 'value',
      goal: `≤ ${goalMs} ms`,
      holds: p95 <= goalMs,
      note: `p50 ${quantile(measured, 0.5).toFixed(0)} ms`,
    },
    {
      name: `users page, ${named} users, API requests`,
      unit: '',
      measured: requests,
      floor: 1,
      floorIs: 'the list itself',
      compared: requests,
      comparedAs: 'value',
      goal: `≤ ${GOAL_REQUESTS}`,
      holds: requests <= GOAL_REQUESTS,
    },
  ]
}
