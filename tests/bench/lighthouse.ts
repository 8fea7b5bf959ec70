import { setTimeout as pause } from 'node:timers/promises'
import type { BrowserContext } from '@playwright/test'
import { startConsole } from '../support/console-process.ts'
import { type Form, openLighthouse } from '../support/lighthouse.ts'
import { startSimulatorProcess } from '../support/simulator-process.ts'
import { startBare } from './bare-process.ts'
import { type Cookie, contextWith, cookieOf, openBrowser, usersOf } from './browser-context.ts'
import { type Figure, quantile } from './figure.ts'

const ROUNDS = 3
const GOAL = 95
const WORLD = ['--users', '1000', '--buckets', '3000', '--months', '1', '--seed', '7']
/** The guide for a new console was hidden long ago. */
const DAILY = { 'ostor-console.first-steps-hidden': 'default' }
const PATIENCE_MS = 240_000

/** `BENCH_ONLY=overview,usage` measures these pages alone. */
const only = process.env['BENCH_ONLY']?.split(',')

type Report = (...figures: Figure[]) => void

const untilCollected = async (context: BrowserContext): Promise<void> => {
  const began = performance.now()
  while (performance.now() - began < PATIENCE_MS) {
    const reply = await context.request.get('/api/v1/clusters/default/usage/collector')
    const { state }: { state: string } = await reply.json()
    if (state === 'up-to-date') return
    await pause(1000)
  }
  throw new Error('the collector is not done')
}

/** Every text of a page, as the server could send it at the least. */
const plainTextOf = async (context: BrowserContext, path: string): Promise<string> => {
  const page = await context.newPage()
  await page.goto(path)
  await page.waitForLoadState('networkidle')
  const lines = await page.evaluate(() => document.body.innerText.split('\n'))
  await page.close()
  const escaped = lines.map((line) => line.replaceAll('&', '&amp;').replaceAll('<', '&lt;'))
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Floor</title><main>${escaped.map((line) => `<p>${line}</p>`).join('')}</main></html>`
}

const score = async (cookies: Cookie[], url: string, form: Form) => {
  const browser = await openLighthouse(cookies, DAILY)
  const { categories, audits, environment } = await browser.judge(url, form, ['performance'])
  await browser.close()
  const said = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift']
  return {
    score: Math.round((categories['performance']?.score ?? 0) * 100),
    // Long tasks are timed by the clock, so the figure of a busy machine says little: an idle laptop has an index above 1500.
    words: `${said.map((id) => `${id} ${audits[id]?.displayValue}`).join(', ')}, machine ${environment.benchmarkIndex}`,
  }
}

/** How fast the main pages are to Lighthouse, in a browser that holds nothing of them, beside their text alone. */
export const lighthouse = async (report: Report): Promise<void> => {
  const simulator = await startSimulatorProcess(WORLD)
  const running = await startConsole(simulator, { env: { LOG_LEVEL: 'warn' } })
  const browser = await openBrowser()
  const cookie = await cookieOf(running)
  const context = await contextWith(browser, cookie)
  const outside = await browser.newContext({ baseURL: running.url })
  await untilCollected(context)
  const [user] = await usersOf(context, 'pageSize=50')
  const inside = { overview: 'overview', users: 'users', user: `users/${user?.id}`, usage: 'usage' }
  const pages = [
    { name: 'sign-in', path: '/sign-in', cookies: [], seen: outside },
    ...Object.entries(inside).map(([name, path]) => ({
      name,
      path: `/c/default/${path}`,
      cookies: [cookie],
      seen: context,
    })),
  ]

  for (const { name, path, cookies, seen } of pages.filter((page) => only?.includes(page.name) ?? true)) {
    const bare = await startBare(await plainTextOf(seen, path), 'text/html')
    for (const form of ['desktop', 'mobile'] as const) {
      const measured: Awaited<ReturnType<typeof score>>[] = []
      const floor: number[] = []
      for (let round = 0; round < ROUNDS; round += 1) {
        measured.push(await score(cookies, `${running.url}${path}`, form))
        floor.push((await score([], bare.url, form)).score)
      }
      const scores = measured.map((each) => each.score)
      const median = quantile(scores, 0.5)
      const words = measured.find((each) => each.score === median)?.words
      report({
        name: `Lighthouse performance, ${name}, ${form}, median of ${ROUNDS}`,
        unit: '',
        measured: median,
        floor: quantile(floor, 0.5),
        floorIs: 'its text as plain HTML',
        compared: median,
        comparedAs: 'value',
        goal: `≥ ${GOAL}`,
        holds: median >= GOAL,
        note: `${scores.join(' ')}; ${words}`,
      })
    }
    await bare.stop()
  }
  await browser.close()
  await running.stop()
  await simulator.stop()
}
