import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium } from '@playwright/test'
import { CHROMIUM_ARGS, provideChromium } from '../support/chromium.ts'
import { type ConsoleProcess, signIn } from '../support/console-process.ts'

const VIEWPORT = { width: 1440, height: 900 }

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: provideChromium(), args: CHROMIUM_ARGS })

export type Cookie = { name: string; value: string; url: string }

/** A session of the admin, as a cookie that any context can be given. */
export const cookieOf = async (console: ConsoleProcess): Promise<Cookie> => {
  const { cookie } = await signIn(console)
  const [name = '', value = ''] = cookie.split(/=(.*)/s)
  return { name, value: decodeURIComponent(value), url: console.url }
}

/** A fresh browser, with nothing in its cache, in which the admin is signed in. */
export const contextWith = async (browser: Browser, cookie: Cookie): Promise<BrowserContext> => {
  const context = await browser.newContext({ viewport: VIEWPORT, baseURL: cookie.url })
  await context.addCookies([cookie])
  return context
}

/** A browser with a profile on the disk, as an admin's own is: it keeps what it compiled of the pages it was on. */
export const profileWith = async (cookie: Cookie): Promise<BrowserContext> => {
  const folder = mkdtempSync(join(tmpdir(), 'ostor-console-profile-'))
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: provideChromium(),
    args: CHROMIUM_ARGS,
    viewport: VIEWPORT,
    baseURL: cookie.url,
  })
  context.on('close', () => rmSync(folder, { recursive: true, force: true }))
  await context.addCookies([cookie])
  return context
}

export type ListedUser = { id: string; email: string; state: string }

/** A page of the users as the API has it. */
export const usersOf = async (context: BrowserContext, query: string): Promise<ListedUser[]> => {
  const reply = await context.request.get(`/api/v1/clusters/default/users?${query}`)
  if (!reply.ok()) throw new Error(`the list of users answered ${reply.status()}`)
  const { items }: { items: ListedUser[] } = await reply.json()
  return items
}

/** The floor of a list: the same rows as the server could send them at the least. */
export const plainPage = (rows: ListedUser[]): string =>
  `<!doctype html><meta charset="utf-8"><title>Users</title><table><tbody>${rows
    .map(
      ({ id, email, state }) => `<tr><td><a href="/users/${id}">${email}</a></td><td>${id}</td><td>${state}</td></tr>`,
    )
    .join('')}</tbody></table>`

export const USERS_ROW = 'tbody a[href*="/users/"]'
export const USERS = '/c/default/users'
