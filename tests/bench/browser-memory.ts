import type { BrowserContext, CDPSession } from '@playwright/test'
import { USERS } from './browser-context.ts'
import { follow, linkTo, PAGES, watchTraffic } from './browser-pages.ts'
import type { Figure } from './figure.ts'
import { codeOf } from './heap-snapshot.ts'

/** Whole rounds, so that both readings are of one and the same page: 200 changes, or a few more. */
const CHANGES = Math.ceil(200 / PAGES.length) * PAGES.length
// The heap grows for some rounds and levels off while nodes and listeners stay as many: what grows after that is a leak.
const WARM = 9 * PAGES.length
const GOAL = 1.1

const heapOf = async (devtools: CDPSession): Promise<number> => {
  for (let round = 0; round < 3; round += 1) await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devtools.send('Runtime.getHeapUsage')
  return usedSize / 1_000_000
}

/**
 * What lives in the heap of the page after some 200 changes of the page, beside what lived once each had been seen nine times:
 * all of it, and without the code that the browser compiles the more of the longer a page is used.
 */
export const memory = async (context: BrowserContext, users: number): Promise<Figure[]> => {
  const page = await context.newPage()
  const settled = watchTraffic(page)
  const devtools = await context.newCDPSession(page)
  await page.goto(USERS)
  await settled()
  const change = async (from: number, to: number): Promise<void> => {
    for (let turn = from; turn < to; turn += 1) {
      const name = PAGES[turn % PAGES.length] ?? 'users'
      await page.evaluate(follow, linkTo(name))
      await page.waitForURL((url) => url.pathname === `/c/default/${name}`)
      await page.locator('main h1').waitFor()
      await settled()
    }
  }
  await change(0, WARM)
  const before = await heapOf(devtools)
  const codeBefore = await codeOf(devtools)
  await change(WARM, WARM + CHANGES)
  const after = await heapOf(devtools)
  const codeAfter = await codeOf(devtools)
  await page.close()
  const figureOf = (of: string, measured: number, floor: number): Figure => ({
    name: `${of} after ${CHANGES} page changes, ${users.toLocaleString('en')} users`,
    unit: 'MB',
    measured,
    floor,
    floorIs: 'the same before them, each page seen nine times',
    compared: measured / floor,
    comparedAs: 'ratio',
    goal: `≤ ${GOAL}`,
    holds: measured / floor <= GOAL,
  })
  return [
    figureOf('heap', after, before),
    figureOf('heap without compiled code', after - codeAfter, before - codeBefore),
  ]
}
