import type { Page, Route } from '@playwright/test'
import * as z from 'zod'

const Addresses = z.array(z.string())
const Line = z.looseObject({ index: z.int() })

/** The readings that a request brings: its own address, or those of its list. */
export const readingsOf = (url: URL): string[] => {
  const list = url.searchParams.get('addresses')
  return list === null ? [`${url.pathname}${url.search}`] : Addresses.parse(JSON.parse(list))
}

/** Whether a request asks for what the pattern names, by itself or together with others. */
export const asksFor =
  (pattern: RegExp) =>
  (url: URL): boolean =>
    url.pathname.startsWith('/api/') && readingsOf(url).some((address) => pattern.test(address))

/** Has these readings fail and no others; answers what ends it. */
export const failReadings = async (page: Page, pattern: RegExp): Promise<() => Promise<void>> => {
  const asked = asksFor(pattern)
  const fail = async (route: Route): Promise<void> => {
    const addresses = readingsOf(new URL(route.request().url()))
    if (addresses.length === 1) return route.fulfill({ status: 500, json: {} })
    const response = await route.fetch()
    const lines = (await response.text())
      .trimEnd()
      .split('\n')
      .map((line) => Line.parse(JSON.parse(line)))
      .map((line) => (pattern.test(addresses[line.index] ?? '') ? { ...line, status: 500, body: {} } : line))
    await route.fulfill({ response, body: lines.map((line) => `${JSON.stringify(line)}\n`).join('') })
  }
  await page.route(asked, fail)
  return () => page.unroute(asked, fail)
}
