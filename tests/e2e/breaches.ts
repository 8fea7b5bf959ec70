import type { BrowserContext, ConsoleMessage, Page, Request } from '@playwright/test'
import { isConsole } from '../support/console-process.ts'

const originOf = (address: string): string => URL.parse(address)?.origin ?? ''

/** The pages of a provider people sign in at are not ours. */
const isOurs = (page: Page | null): boolean => page !== null && isConsole(page.url())

const fromConsole = (message: ConsoleMessage): string[] => {
  const text = message.text()
  const counts = message.type() === 'error' && !text.startsWith('Failed to load resource')
  return counts && isOurs(message.page()) ? [`console ${text}`] : []
}

/** Whoever follows a link goes elsewhere on purpose; what a page loads by itself comes from its own origin. */
const fromRequest = (request: Request): string[] => {
  if (request.isNavigationRequest() || !request.url().startsWith('http')) return []
  const page = request.frame().url()
  return isConsole(page) && originOf(request.url()) !== originOf(page) ? [`request ${request.url()}`] : []
}

/** Writes into `seen` whatever pages of a console do that none may: dialogs, errors, breaches of their policy, requests to strangers. */
export const watch = (context: BrowserContext, seen: string[]): void => {
  context.on('console', (message) => seen.push(...fromConsole(message)))
  context.on('request', (request) => seen.push(...fromRequest(request)))
  context.on('weberror', (error) => {
    if (isOurs(error.page())) seen.push(`error ${error.error().message}`)
  })
  context.on('dialog', (dialog) => {
    seen.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
}

const KEPT = /colou?r-scheme|^ostor-console(-entered|\.preferences|\.first-steps-hidden)$|^tsr-scroll/

/** What a page of a console leaves in the browser that it must not, among it one of `secrets`. */
export const remains = async (page: Page, secrets: string[]): Promise<string[]> => {
  if (page.isClosed() || !isConsole(page.url())) return []
  const { kept, cookies, stores, past } = await page.evaluate(async () => ({
    kept: [...Object.entries(localStorage), ...Object.entries(sessionStorage)],
    cookies: document.cookie,
    stores: [
      ...(await indexedDB.databases()).map(({ name }) => `database ${name}`),
      ...('caches' in window ? await caches.keys() : []).map((name) => `cache ${name}`),
    ],
    past: window.navigation.entries().map(({ url }) => url ?? ''),
  }))
  const texts = [...kept.flat(), ...past, ...past.map((url) => decodeURIComponent(url))]
  return [
    ...kept.filter(([name]) => !KEPT.test(name)).map(([name]) => `keeps ${name}`),
    ...stores,
    ...(cookies === '' ? [] : [`a cookie that scripts can read`]),
    ...secrets.filter((secret) => texts.some((text) => text.includes(secret))).map(() => 'a secret in the browser'),
  ]
}
