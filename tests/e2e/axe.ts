import type { Page } from '@playwright/test'
import axe, { type AxeResults, type RunOptions } from 'axe-core'

/** What is left of the rules where only the theme is another, and where only the room is. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block']
type Rules = 'all' | 'of-colour' | 'not-of-colour'
const CHOSEN: Record<Rules, RunOptions> = {
  all: {},
  'of-colour': { runOnly: OF_COLOUR },
  'not-of-colour': { rules: Object.fromEntries(OF_COLOUR.map((rule) => [rule, { enabled: false }])) },
}

/** What axe has against the page as it stands; nothing, as a rule. */
export const faultsOf = async (page: Page, rules: Rules = 'all'): Promise<string[]> => {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  // Naming what passed takes longer than finding it.
  const options: RunOptions = { resultTypes: ['violations'], ...CHOSEN[rules] }
  const { violations } = await page.evaluate<AxeResults, RunOptions>(
    (chosen) => window.axe.run(document, chosen),
    options,
  )
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
}

/** By how many pixels the page is wider than the window. */
export const sidewaysOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

declare global {
  interface Window {
    axe: typeof axe
  }
}
