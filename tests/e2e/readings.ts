import type { Page, Route } from '@playwright/test'
import * as z from 'zod'

const Addresses = z.array(z.string())
const Line = z.object({ index: z.int(), status: z.int(), body: z.unknown() })

/** The readings that a request brings: its own address, or those of its list. */
export const readingsOf = (url: URL): string[] => {
  const list = url.searchParams.get('addresses')
  return list === null ? [`${url.pathname}${url.search}`] : Addresses.parse(JSON.parse(list))
}

/** Whether a request asks for what the pattern names, by itself or together with others. */
const asksFor =
  (pattern: RegExp) =>
  (url: URL): boolean =>
    url.pathname.startsWith('/api/') && readingsOf(url).some((address) => pattern.test(address))

/** Holds these readings back; answers what lets them go on, and all that come later. */
export const holdReadings = async (page: Page, pattern: RegExp): Promise<() => void> => {
  const held = Promise.withResolvers<void>()
  await page.route(asksFor(pattern), async (route) => {
    if (route.request().method() === 'GET') await held.promise
    await route.continue()
  })
  return () => held.resolve()
}

type Answered = { status: number; body: unknown }
type Change = (answered: Answered) => Answered

/** Has these readings answer otherwise, and no others; answers what ends it. */
export const changeReadings = async (page: Page, pattern: RegExp, change: Change): Promise<() => Promise<void>> => {
  const asked = asksFor(pattern)
  const answer = async (route: Route): Promise<void> => {
    const addresses = readingsOf(new URL(route.request().url()))
    const response = await route.fetch()
    if (addresses.length === 1) {
      const { status, body } = change({ status: response.status(), body: await response.json() })
      return route.fulfill({ response, status, json: body })
    }
    const lines = (await response.text())
      .trimEnd()
      .split('\n')
      .map((line) => Line.parse(JSON.parse(line)))
      .map((line) => (pattern.test(addresses[line.index] ?? '') ? { ...line, ...change(line) } : line))
    await route.fulfill({ response, body: lines.map((line) => `${JSON.stringify(line)}\n`).join('') })
  }
  await page.route(asked, answer)
  return () => page.unroute(asked, answer)
}

/** Has these readings fail and no others; answers what ends it. */
export const failReadings = (page: Page, pattern: RegExp): Promise<() => Promise<void>> =>
  changeReadings(page, pattern, () => ({ status: 500, body: {} }))
