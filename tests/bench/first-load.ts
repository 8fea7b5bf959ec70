import { brotliCompressSync } from 'node:zlib'
import { type Browser, chromium, type Page } from '@playwright/test'
import { CHROMIUM_ARGS, provideChromium } from '../support/chromium.ts'
import type { ConsoleProcess } from '../support/console-process.ts'
import type { Figure } from './figure.ts'

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

const total = async (scripts: Map<string, Promise<number>>): Promise<number> =>
  (await Promise.all(scripts.values())).reduce((sum, bytes) => sum + bytes, 0)

const REACT = ['react/cjs/react.production.js', 'react-dom/cjs/react-dom-client.production.js']

/** The least that a React page can weigh: React itself, not minified further than it comes. */
const reactAlone = async (): Promise<number> => {
  const { readFileSync } = await import('node:fs')
  const folder = new URL('../../node_modules/', import.meta.url)
  return REACT.reduce((sum, file) => sum + brotliCompressSync(readFileSync(new URL(file, folder))).length, 0)
}

const figure = (name: string, bytes: number, floor: number, goalKb: number): Figure => ({
  name,
  unit: 'kB',
  measured: bytes / 1000,
  floor: floor / 1000,
  floorIs: 'React alone, not minified',
  compared: bytes / 1000,
  comparedAs: 'value',
  goal: `≤ ${goalKb} kB`,
  holds: bytes / 1000 <= goalKb,
})

/** JavaScript that a fresh browser loads for the sign-in page, and until the users list stands. */
export const firstLoad = async ({ url, email, password }: ConsoleProcess): Promise<Figure[]> => {
  const browser: Browser = await chromium.launch({ executablePath: provideChromium(), args: CHROMIUM_ARGS })
  const page = await browser.newPage()
  const scripts = watchScripts(page)
  // The console shows the sign-in at the address that was asked for, and goes on there.
  await page.goto(`${url}/c/default/users`)
  await page.getByLabel('E-mail').waitFor()
  await page.waitForLoadState('networkidle')
  const signInBytes = await total(scripts)

  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.locator('tbody a[href*="/users/"]').first().waitFor()
  await page.waitForLoadState('networkidle')
  const usersBytes = await total(scripts)
  await browser.close()

  const floor = await reactAlone()
  return [
    figure('JavaScript for sign-in, brotli', signInBytes, floor, 130),
    figure('JavaScript for sign-in and users list, brotli', usersBytes, floor, 220),
  ]
}
