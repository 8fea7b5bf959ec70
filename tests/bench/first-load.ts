import { readFileSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'
import type { Browser, Page } from '@playwright/test'
import type { ConsoleProcess } from '../support/console-process.ts'
import { type Cookie, contextWith, USERS, USERS_ROW } from './browser-context.ts'
import { DETAILS, follow, linkTo, PAGES, rowOf, watchTraffic } from './browser-pages.ts'
import type { Figure } from './figure.ts'

const GOAL_SIGN_IN = 130
const GOAL_FIRST = 220
const GOAL_PAGE = 60
const GOAL_CHARTS = 95

/** Every script that the page has loaded so far, by address, with its size after brotli in bytes. */
const watchScripts = (page: Page): Map<string, Promise<number>> => {
  const scripts = new Map<string, Promise<number>>()
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return
    scripts.set(
      response.url(),
      response.body().then((body) => brotliCompressSync(body).length),
    )
  })
  return scripts
}

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(0)

const isChart = (address: string): boolean => address.includes('/chart')

const all = (): boolean => true

const total = async (
  scripts: Map<string, Promise<number>>,
  wanted: (address: string) => boolean = all,
): Promise<number> => {
  const sizes = [...scripts].filter(([address]) => wanted(address)).map(([, size]) => size)
  return (await Promise.all(sizes)).reduce((sum, bytes) => sum + bytes, 0)
}

const REACT = ['react/cjs/react.production.js', 'react-dom/cjs/react-dom-client.production.js']

/** The least that a React page can weigh: React itself, not minified further than it comes. */
const reactAlone = (): number => {
  const folder = new URL('../../node_modules/', import.meta.url)
  return REACT.reduce((sum, file) => sum + brotliCompressSync(readFileSync(new URL(file, folder))).length, 0)
}

const figure = (name: string, bytes: number, floor: number, goalKb: number, note?: string): Figure => ({
  name,
  unit: 'kB',
  measured: bytes / 1000,
  floor: floor / 1000,
  floorIs: floor === 0 ? 'nothing' : 'React alone, not minified',
  compared: bytes / 1000,
  comparedAs: 'value',
  goal: `≤ ${goalKb} kB`,
  holds: bytes / 1000 <= goalKb,
  ...(note && { note }),
})

/** Runs in the page: it has no idle moment until it is told, so that what comes then is told apart from what is waited for. */
const neverIdle = (until: string): void => {
  const idle = window.requestIdleCallback.bind(window)
  const waiting: IdleRequestCallback[] = []
  window.requestIdleCallback = (work) => waiting.push(work)
  window.addEventListener(until, () => {
    window.requestIdleCallback = idle
    for (const work of waiting) idle(work)
  })
}

const COUNTED = 'counted'

type First = { language: string; own: number; list: number; idle: number; files: number }

/** What a fresh browser that asks for this language loads for the sign-in page, and until the users list stands. */
const loadIn = async (browser: Browser, { url, email, password }: ConsoleProcess, locale: string): Promise<First> => {
  const page = await browser.newPage({ locale })
  await page.addInitScript(neverIdle, COUNTED)
  const settled = watchTraffic(page)
  const scripts = watchScripts(page)
  // The console shows the sign-in at the address that was asked for, and goes on there.
  await page.goto(`${url}${USERS}`)
  await page.locator('input[name="email"]').waitFor()
  await settled()
  const language = (await page.locator('html').getAttribute('lang')) ?? ''
  const own = await total(scripts)

  await page.locator('input[name="email"]').fill(email)
  await page.locator('input[name="password"]').fill(password)
  await page.locator('button[type="submit"]').click()
  await page.locator(USERS_ROW).first().waitFor()
  const waitedFor = new Map(scripts)
  await page.evaluate((counted) => window.dispatchEvent(new Event(counted)), COUNTED)
  await settled()
  const list = await total(waitedFor)
  const idle = (await total(scripts)) - list
  await page.close()
  return { language, own, list, idle, files: waitedFor.size }
}

const LOCALES = ['en-GB', 'de-DE', 'fr-FR', 'ja-JP']

/** JavaScript for the sign-in page and until the users list stands, in the language that takes the most. */
export const firstLoad = async (browser: Browser, running: ConsoleProcess): Promise<Figure[]> => {
  const loads: First[] = []
  for (const locale of LOCALES) loads.push(await loadIn(browser, running, locale))
  const most = (of: 'own' | 'list' | 'files'): number => Math.max(...loads.map(({ [of]: value }) => value))
  const each = (of: 'own' | 'list' | 'idle'): string =>
    loads.map(({ language, [of]: bytes }) => `${language} ${kilobytes(bytes)}`).join(', ')
  const later = `${each('list')}; ${most('files')} files; when the browser is idle ${each('idle')} kB more`
  const floor = reactAlone()
  return [
    figure('JavaScript for sign-in, brotli', most('own'), floor, GOAL_SIGN_IN, each('own')),
    figure('JavaScript for sign-in and users list, brotli', most('list'), floor, GOAL_FIRST, later),
  ]
}

/** What one page loads beside what the users list has loaded, in a browser that holds nothing else. */
const weigh = async (browser: Browser, cookie: Cookie, path: string, link: string) => {
  const context = await contextWith(browser, cookie)
  const page = await context.newPage()
  const settled = watchTraffic(page)
  await page.goto(USERS)
  await page.locator(USERS_ROW).first().waitFor()
  await settled()
  const [list] = path.split('/')
  if (path.includes('/') && list !== 'users') {
    await page.evaluate(follow, linkTo(list ?? ''))
    await page.locator(link).first().waitFor()
    await settled()
  }
  await page.locator(link).first().waitFor({ state: 'attached' })
  const scripts = watchScripts(page)
  await page.evaluate(follow, link)
  await settled()
  const weighed = {
    page: path,
    own: await total(scripts, (address) => !isChart(address)),
    charts: await total(scripts, isChart),
  }
  await context.close()
  return weighed
}

/** JavaScript of each page beside that of the users list, and of the charts. */
export const furtherLoads = async (browser: Browser, cookie: Cookie): Promise<Figure[]> => {
  const pages = [
    ...PAGES.filter((page) => page !== 'users').map((page) => [page, linkTo(page)] as const),
    ...DETAILS.map((list) => [`${list}/one`, rowOf(list)] as const),
  ]
  const weighed: Awaited<ReturnType<typeof weigh>>[] = []
  for (const [page, link] of pages) weighed.push(await weigh(browser, cookie, page, link))
  const sorted = weighed.toSorted((a, b) => b.own - a.own)
  const charts = Math.max(...weighed.map((each) => each.charts))
  const words = sorted.slice(0, 4).map(({ page, own }) => `${page} ${(own / 1000).toFixed(0)}`)
  return [
    figure('JavaScript of a further page, brotli, the most', sorted[0]?.own ?? 0, 0, GOAL_PAGE, words.join(', ')),
    figure('JavaScript of the charts, brotli', charts, 0, GOAL_CHARTS),
  ]
}
