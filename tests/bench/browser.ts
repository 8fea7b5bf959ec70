import { startConsole } from '../support/console-process.ts'
import { startSimulatorProcess } from '../support/simulator-process.ts'
import { contextWith, cookieOf, openBrowser, profileWith } from './browser-context.ts'
import { day } from './browser-day.ts'
import { memory } from './browser-memory.ts'
import { requestsOfPages } from './browser-pages.ts'
import { scrolling } from './browser-scroll.ts'
import { search } from './browser-search.ts'
import type { Figure } from './figure.ts'
import { firstLoad, furtherLoads } from './first-load.ts'
import { usersPage } from './users-page.ts'

const SIZES = [
  { users: 10_000, buckets: 100_000, rowsMs: 300, searchMs: 150 },
  { users: 100_000, buckets: 1_000_000, rowsMs: 600, searchMs: 400 },
]

type Report = (...figures: Figure[]) => void
type Size = (typeof SIZES)[number]

/** `BENCH_ONLY=search,day` measures these alone, for whoever works on them. */
const only = process.env['BENCH_ONLY']?.split(',')
const wanted = (name: string): boolean => only === undefined || only.includes(name)

const measure = async ({ users, buckets, rowsMs, searchMs }: Size, report: Report): Promise<void> => {
  const size = ['--users', String(users), '--buckets', String(buckets), '--months', '0', '--seed', '7']
  const simulator = await startSimulatorProcess(size)
  const running = await startConsole(simulator, { env: { LOG_LEVEL: 'warn' } })
  const browser = await openBrowser()
  const cookie = await cookieOf(running)
  const context = await contextWith(browser, cookie)
  // A warm back end: both lists are there.
  const began = performance.now()
  await context.request.get('/api/v1/clusters/default/buckets', { timeout: 120_000 })
  console.error(`${users} users and ${buckets} buckets listed in ${Math.round(performance.now() - began)} ms`)

  if (wanted('rows')) {
    const own = await profileWith(cookie)
    report(...(await usersPage(context, own, users, rowsMs)))
    await own.close()
  }
  if (wanted('search')) report(await search(context, users, searchMs))
  if (wanted('scroll')) report(...(await scrolling(browser, context, users)))
  if (wanted('requests')) report(...(await requestsOfPages(context, simulator, users)))
  if (wanted('day')) report(await day(context, users))
  if (wanted('memory')) report(...(await memory(context, users)))
  if (users === SIZES[0]?.users && wanted('weight'))
    report(...(await firstLoad(browser, running)), ...(await furtherLoads(browser, cookie)))

  await browser.close()
  await running.stop()
  await simulator.stop()
}

/** What an admin's browser does with a large cluster, each figure beside a page of plain HTML with the same rows. */
export const browser = async (report: Report): Promise<void> => {
  const sizes = process.env['BENCH_USERS']
  for (const size of SIZES) if (sizes === undefined || sizes === String(size.users)) await measure(size, report)
}
