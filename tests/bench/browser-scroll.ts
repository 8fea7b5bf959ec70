import type { Browser, BrowserContext, Page } from '@playwright/test'
import * as z from 'zod'
import { startBare } from './bare-process.ts'
import { plainPage, USERS, USERS_ROW, usersOf } from './browser-context.ts'
import { watchTraffic } from './browser-pages.ts'
import { type Figure, quantile } from './figure.ts'

const ROUNDS = 5
const ROWS = 500
const STEP = 110
/** Whoever opens a list reads its first rows before they scroll. */
const READ_MS = 2000
const GOAL_FPS = 59
const GOAL_TASK_MS = 50

const Trace = z.object({
  traceEvents: z.array(
    z.object({ name: z.string(), pid: z.number(), tid: z.number(), tdur: z.number().optional(), args: z.unknown() }),
  ),
})
const ThreadName = z.object({ name: z.string() })

/** Runs in the page: scrolls from the top to the end, a step with each frame; answers the frames in a second. */
const scrollThrough = async (step: number): Promise<number> => {
  window.scrollTo(0, 0)
  await new Promise(requestAnimationFrame)
  let frames = 0
  const began = performance.now()
  const end = document.documentElement.scrollHeight - window.innerHeight
  for (let to = step; to < end; to += step) {
    window.scrollTo(0, to)
    await new Promise(requestAnimationFrame)
    frames += 1
  }
  return (frames * 1000) / (performance.now() - began)
}

/** The longest task on the main thread of a page, in milliseconds of the processor: other programs do not count. */
const longestTask = (trace: Buffer): number => {
  const { traceEvents } = Trace.parse(JSON.parse(trace.toString('utf8')))
  const pages = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && ThreadName.safeParse(args).data?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  )
  return traceEvents
    .filter(({ name, pid, tid }) => name.endsWith('RunTask') && pages.has(`${pid} ${tid}`))
    .reduce((longest, { tdur = 0 }) => Math.max(longest, tdur / 1000), 0)
}

const scrolled = async (browser: Browser, page: Page): Promise<{ fps: number; task: number }> => {
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline', '__metadata'] })
  const fps = await page.evaluate(scrollThrough, STEP)
  return { fps, task: longestTask(await browser.stopTracing()) }
}

const median = (of: 'fps' | 'task', samples: { fps: number; task: number }[]): number =>
  quantile(
    samples.map((sample) => sample[of]),
    0.5,
  )

/** Frames in a second and the longest task while the longest page of the list goes by, medians. */
export const scrolling = async (browser: Browser, context: BrowserContext, users: number): Promise<Figure[]> => {
  const rows = await usersOf(context, `pageSize=${ROWS}`)
  const bare = await startBare(plainPage(rows), 'text/html')
  const page = await context.newPage()
  const settled = watchTraffic(page)
  await page.goto(`${USERS}?pageSize=${ROWS}`)
  await page.locator(USERS_ROW).first().waitFor()
  await settled()
  await page.waitForTimeout(READ_MS)
  const plain = await context.newPage()
  await plain.goto(bare.url)
  const own: { fps: number; task: number }[] = []
  const floor: { fps: number; task: number }[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    await plain.bringToFront()
    floor.push(await scrolled(browser, plain))
    await page.bringToFront()
    own.push(await scrolled(browser, page))
  }
  await bare.stop()
  await page.close()
  await plain.close()
  const common = { floorIs: `${ROWS} rows as plain HTML`, comparedAs: 'value' } as const
  const named = `scrolling ${ROWS} rows of ${users.toLocaleString('en')} users`
  const [fps, task] = [median('fps', own), median('task', own)]
  return [
    {
      ...common,
      name: `${named}, frames/s, median of ${ROUNDS}`,
      unit: '',
      measured: fps,
      floor: median('fps', floor),
      compared: fps,
      goal: `≥ ${GOAL_FPS}`,
      holds: fps >= GOAL_FPS,
      note: `the worst ${Math.min(...own.map((sample) => sample.fps)).toFixed(1)}`,
    },
    {
      ...common,
      name: `${named}, longest task in processor time, median of ${ROUNDS}`,
      unit: 'ms',
      measured: task,
      floor: median('task', floor),
      compared: task,
      goal: `≤ ${GOAL_TASK_MS} ms`,
      holds: task <= GOAL_TASK_MS,
      note: `the worst ${Math.max(...own.map((sample) => sample.task)).toFixed(1)}`,
    },
  ]
}
