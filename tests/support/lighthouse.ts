import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium } from '@playwright/test'
import lighthouse, { desktopConfig, type Result } from 'lighthouse'
import { CHROMIUM_ARGS, provideChromium } from './chromium.ts'
import { freePort } from './guarded.ts'

export type Form = 'desktop' | 'mobile'
export type Category = 'accessibility' | 'best-practices' | 'performance'
type Cookies = Parameters<BrowserContext['addCookies']>[0]

/**
 * A browser of its own, because Lighthouse opens its pages beside those of Playwright and takes their cookies. `kept` is
 * what the browser keeps for the page besides: Lighthouse empties that before each look.
 */
export const openLighthouse = async (cookies: Cookies, kept: Record<string, string> = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'ostor-console-lighthouse-'))
  const port = await freePort()
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: provideChromium(),
    args: [...CHROMIUM_ARGS, `--remote-debugging-port=${port}`],
  })
  await context.addCookies(cookies)
  await context.addInitScript((entries) => {
    for (const [key, value] of Object.entries(entries)) localStorage.setItem(key, value)
  }, kept)
  return {
    async judge(url: string, form: Form, onlyCategories: Category[]): Promise<Result> {
      // A picture of the whole page serves only whoever reads the report.
      const flags = { port, logLevel: 'error' as const, onlyCategories, disableFullPageScreenshot: true }
      const judge = () => lighthouse(url, flags, form === 'desktop' ? desktopConfig : undefined)
      const first = await judge()
      // The trace of a page may begin too late: its own message says to look again.
      const judged = first?.lhr.runtimeError?.code === 'NO_NAVSTART' ? await judge() : first
      if (!judged) throw new Error(`Lighthouse said nothing of ${url}`)
      if (judged.lhr.runtimeError) throw new Error(`${url}: ${judged.lhr.runtimeError.message}`)
      return judged.lhr
    },
    async close() {
      await context.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What keeps a page from the full score, and where. */
export const complaints = ({ categories, audits }: Result): string[] =>
  Object.values(categories).flatMap(({ auditRefs }) =>
    auditRefs
      .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
      .map(({ id }) => `${id}: ${audits[id]?.title}, ${placesOf(audits[id]?.details)}`),
  )

const placesOf = (details: object | undefined): string =>
  JSON.stringify(details && 'items' in details ? details.items : details)?.slice(0, 600)
