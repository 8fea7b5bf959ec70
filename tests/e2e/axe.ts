import type { Page } from '@playwright/test'
import axe, { type AxeResults, type RunOptions } from 'axe-core'

/** What is left of the rules where only the theme is another, where only lengths are, and where only the window is. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block']
const OF_LENGTHS = ['target-size', 'scrollable-region-focusable']
type Rules = 'all' | 'of-colour' | 'of-lengths' | 'not-of-colour'
// New in WCAG 2.2, and off unless it is asked for.
const ALSO = { 'target-size': { enabled: true } }
const CHOSEN: Record<Rules, RunOptions> = {
  all: { rules: ALSO },
  'of-colour': { runOnly: OF_COLOUR },
  'of-lengths': { runOnly: OF_LENGTHS },
  'not-of-colour': { rules: { ...ALSO, ...Object.fromEntries(OF_COLOUR.map((rule) => [rule, { enabled: false }])) } },
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
