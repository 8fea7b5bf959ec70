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

/** Runs in the page: follows the link of the navigation and answers the time until the first row is on the screen. */
const followToRow = (selector: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const link = Array.from(document.querySelectorAll('nav a')).find((each) => each.textContent === 'Users')
    if (!(link instanceof HTMLElement)) return reject(new Error('no link to the users'))
    const before = performance.now()
    const look = (): void => {
      if (document.querySelector(selector)) resolve(performance.now() - before)
      else requestAnimationFrame(look)
    }
    link.click()
    look()
  })

const followed = async (context: BrowserContext, url: string): Promise<number> => {
  const page = await context.newPage()
  await page.goto(url)
  await page.waitForLoadState('networkidle')
  const ms = await page.evaluate(followToRow, ROW)
  await page.close()
  return ms
}

const contextOf = async (browser: Browser, console: ConsoleProcess): Promise<BrowserContext> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const { cookie } = await signIn(console)
  const [name = '', value = ''] = cookie.split(/=(.*)/s)
  await context.addCookies([{ name, value: decodeURIComponent(value), url: console.url }])
  return context
}

/** To the first rows with a warm back end: by a link inside the console, and from nothing by the address; p95. */
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
  const inside: number[] = []
  let requests = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    floor.push((await opened(context, bare.url)).ms)
    const page = await opened(context, url)
    measured.push(page.ms)
    requests = Math.max(requests, page.requests)
    inside.push(await followed(context, `${console.url}/c/default/audit`))
  }
  await bare.stop()
  await browser.close()
  const named = users.toLocaleString('en')
  const firstRows = (how: string, samples: number[]): Figure => ({
    name: `users page, ${named} users, ${how}, first rows, p95`,
    unit: 'ms',
    measured: quantile(samples, 0.95),
    floor: quantile(floor, 0.95),
    floorIs: 'the same rows as plain HTML',
    compared: quantile(samples, 0.95),
    comparedAs: 'value',
    goal: `≤ ${goalMs} ms`,
    holds: quantile(samples, 0.95) <= goalMs,
    note: `p50 ${quantile(samples, 0.5).toFixed(0)} ms`,
  })
  return [
    firstRows('from inside the console', inside),
    firstRows('by its address', measured),
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
