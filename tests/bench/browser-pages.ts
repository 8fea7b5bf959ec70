import { setTimeout as pause } from 'node:timers/promises'
import type { BrowserContext, Page, Request } from '@playwright/test'
import * as z from 'zod'
import { USERS, USERS_ROW } from './browser-context.ts'
import type { Figure } from './figure.ts'

/** The pages of the console: by their link in the navigation, or by the first row of a list. */
export const PAGES = [
  'overview',
  'users',
  'buckets',
  'usage',
  'statistics',
  'gaps',
  'billing',
  'bulk',
  'operations',
  'audit',
  'settings',
  'groups',
  'people',
] as const
export const DETAILS = ['users', 'buckets'] as const

const QUIET_MS = 400
const GOAL_API = 3
const GOAL_GATEWAY = 1

/** Runs in the page: follows a link as a click does, without the pointer that would fetch ahead. */
export const follow = (selector: string): void => {
  const link = document.querySelector(selector)
  if (!(link instanceof HTMLElement)) throw new Error(`no link ${selector}`)
  link.click()
}

export const linkTo = (page: string): string => `nav a[href^="/c/default/${page}"]`
export const rowOf = (list: string): string => `tbody a[href*="/c/default/${list}/"]`

/** Answers a function that waits until nothing has been on its way for a while; a stream of events never ends. */
export const watchTraffic = (page: Page): (() => Promise<void>) => {
  const underWay = new Set<Request>()
  let changed = performance.now()
  const ends = (request: Request): void => {
    underWay.delete(request)
    changed = performance.now()
  }
  page.on('request', (request) => {
    changed = performance.now()
    if (!request.url().endsWith('/events')) underWay.add(request)
  })
  page.on('requestfinished', ends)
  page.on('requestfailed', ends)
  return async () => {
    changed = performance.now()
    while (underWay.size > 0 || performance.now() - changed < QUIET_MS) await pause(20)
  }
}

const Calls = z.array(
  z.object({ service: z.string().optional(), parameters: z.array(z.object({ name: z.string() })).default([]) }),
)
type Call = z.infer<typeof Calls>[number]

/**
 * What the console asks of the gateway whether or not a page is open: statistics, the quota of one user after the other, which
 * no page here shows, and, without a service, whether it answers.
 */
const isBackground = ({ service, parameters }: Call): boolean =>
  service === undefined ||
  service === 'ostor-usage' ||
  (service === 'ostor-quotas' && parameters.some(({ name }) => name === 'id' || name === 'emailAddress'))

type Gateway = { controlEndpoint: string }

const callsDuring = async ({ controlEndpoint }: Gateway, work: () => Promise<void>): Promise<string[]> => {
  await fetch(`${controlEndpoint}/calls`, { method: 'DELETE' })
  await work()
  const calls = Calls.parse(await (await fetch(`${controlEndpoint}/calls`)).json())
  return calls.flatMap((asked) => (isBackground(asked) ? [] : (asked.service ?? '')))
}

type Opened = { page: string; api: string[]; gateway: string[] }

/** What opening each page from inside the console asks of the console, and of the gateway. */
const openEach = async (context: BrowserContext, gateway: Gateway): Promise<Opened[]> => {
  const opened: Opened[] = []
  const page = await context.newPage()
  const settled = watchTraffic(page)
  let api: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/api/')) api.push(pathname)
  })
  const open = async (name: string, selector: string): Promise<void> => {
    await page.locator(selector).first().waitFor({ state: 'attached' })
    await settled()
    api = []
    const asked = await callsDuring(gateway, async () => {
      await page.evaluate(follow, selector)
      await settled()
    })
    opened.push({ page: name, api: api.filter((path) => !path.endsWith('/connection')), gateway: asked })
  }
  for (const name of PAGES) {
    // Each page from another one, with nothing kept in the browser.
    await page.goto(name === 'audit' ? USERS : '/c/default/audit')
    await settled()
    await open(name, linkTo(name))
  }
  for (const list of DETAILS) {
    await page.goto(`/c/default/${list}`)
    await page
      .locator(list === 'users' ? USERS_ROW : rowOf(list))
      .first()
      .waitFor()
    await settled()
    await open(`one of the ${list}`, rowOf(list))
  }
  await page.close()
  return opened
}

const most = (opened: Opened[], of: 'api' | 'gateway'): { count: number; where: string } =>
  opened.reduce(
    (worst, each) => (each[of].length > worst.count ? { count: each[of].length, where: each.page } : worst),
    { count: 0, where: 'none' },
  )

/** The most requests that a page takes to open, to the console and to the gateway. */
export const requestsOfPages = async (context: BrowserContext, gateway: Gateway, users: number): Promise<Figure[]> => {
  const opened = await openEach(context, gateway)
  for (const { page, api, gateway: asked } of opened)
    console.error(
      `${page}: ${api.length} (${api.map((path) => path.replace('/api/v1/clusters/default', '')).join(' ')}), gateway ${asked.length} (${asked.join(' ')})`,
    )
  const named = `pages of a console of ${users.toLocaleString('en')} users`
  const figureOf = (of: 'api' | 'gateway', name: string, goal: number): Figure => {
    const { count, where } = most(opened, of)
    const over = opened.filter((each) => each[of].length > goal).map(({ page }) => page)
    return {
      name: `${named}, ${name}, the most`,
      unit: '',
      measured: count,
      floor: 1,
      floorIs: 'one request',
      compared: count,
      comparedAs: 'value',
      goal: `≤ ${goal}`,
      holds: count <= goal,
      note: over.length > 0 ? `over: ${over.join(', ')}` : where,
    }
  }
  return [
    figureOf('api', 'API requests to open one', GOAL_API),
    figureOf('gateway', 'gateway requests to open one', GOAL_GATEWAY),
  ]
}
