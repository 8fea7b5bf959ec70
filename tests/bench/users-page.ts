import type { BrowserContext, Page } from '@playwright/test'
import { startBare } from './bare-process.ts'
import { plainPage, USERS, USERS_ROW, usersOf } from './browser-context.ts'
import { linkTo } from './browser-pages.ts'
import { type Figure, quantile } from './figure.ts'

const ROUNDS = 20
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

const opened = async (context: BrowserContext, url: string): Promise<{ ms: number; requests: number }> => {
  const page = await context.newPage()
  await page.addInitScript(noteFirstRow, USERS_ROW)
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
const followToRow = ({ link: to, row }: { link: string; row: string }): Promise<number> =>
  new Promise((resolve, reject) => {
    const link = document.querySelector(to)
    if (!(link instanceof HTMLElement)) return reject(new Error(`no link ${to}`))
    const before = performance.now()
    const look = (): void => {
      if (document.querySelector(row)) resolve(performance.now() - before)
      else requestAnimationFrame(look)
    }
    link.click()
    look()
  })

const followed = async (context: BrowserContext, url: string): Promise<number> => {
  const page = await context.newPage()
  await page.goto(url)
  await page.locator('main h1').waitFor()
  await page.waitForLoadState('networkidle')
  const ms = await page.evaluate(followToRow, { link: linkTo('users'), row: USERS_ROW })
  await page.close()
  return ms
}

// From the second or third visit on a browser may have kept what it compiled (docs/decisions.md).
const VISITS_BEFORE = 3

/**
 * To the first rows with a warm back end; p95. By a link inside the console; by the address in a browser that was there
 * before, and in one that never was; its floor is opened likewise.
 */
export const usersPage = async (
  context: BrowserContext,
  own: BrowserContext,
  users: number,
  goalMs: number,
): Promise<Figure[]> => {
  const bare = await startBare(plainPage(await usersOf(context, 'pageSize=50')), 'text/html')
  await opened(context, USERS)
  for (let visit = 0; visit < VISITS_BEFORE; visit += 1) await opened(own, USERS)

  const floor: number[] = []
  const measured: number[] = []
  const known: number[] = []
  const inside: number[] = []
  let requests = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    floor.push((await opened(context, bare.url)).ms)
    const page = await opened(context, USERS)
    measured.push(page.ms)
    known.push((await opened(own, USERS)).ms)
    requests = Math.max(requests, page.requests)
    inside.push(await followed(context, '/c/default/audit'))
  }
  await bare.stop()
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
    firstRows('by its address in a browser that was there before', known),
    firstRows('by its address in a browser that never was', measured),
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
