import { mkdirSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const PICTURES = new URL('../../docs/pictures/', import.meta.url).pathname
const ALL = new URL('../../test-results/pictures/', import.meta.url).pathname
mkdirSync(PICTURES, { recursive: true })
mkdirSync(ALL, { recursive: true })

type Variant = `${'light' | 'dark'}-${1440 | 390}`
/** The whole page, and what is only another state of a page that was looked at whole: each theme and each width once. */
const WHOLE = [
  ['light', 1440],
  ['dark', 1440],
  ['light', 390],
  ['dark', 390],
] as const
const STATE = [
  ['light', 1440],
  ['dark', 390],
] as const
/** All that another theme can change. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block']

/** What shows a secret: even a code that has served belongs in no picture, and less so what makes codes. */
const ONCE = '.one-time, .secret, input[autocomplete="one-time-code"]'

/** A key of the gateway, a seed, a recovery code, the code of a link: as they look, since any of them would do harm. */
const SECRETS = [
  /(?<![\w+/-])[A-Za-z0-9+/]{40}(?![\w+/-])/,
  /\b[A-Z2-7]{32}\b/,
  /\b([A-Z2-7]{4}-){5}[A-Z2-7]{4}\b/,
  /#(code=)?[\w-]{20,}/,
]

/** The words of a picture that look like a secret and are not masked. */
const secretsOn = async (page: Page): Promise<string[]> => {
  const texts = await page.evaluate((once) => {
    const shown = [...document.body.querySelectorAll('*')].filter((element) => !element.closest(once))
    const words = shown.flatMap(({ childNodes }) => [...childNodes].filter((node) => node instanceof Text))
    const values = shown.flatMap((field) =>
      field instanceof HTMLInputElement && field.type !== 'password' ? [field.value] : [],
    )
    return [...words.map(({ data }) => data), ...values]
  }, ONCE)
  return texts.filter((text) => SECRETS.some((secret) => secret.test(text)))
}

/**
 * Looks at the page as it stands, in both themes and both widths: axe finds nothing, the page does not scroll sideways,
 * and a picture of each is left, which shows no secret. `guide` names the variants that the documents show.
 */
export const look = (page: Page, name: string, guide: Variant[] = ['light-1440']) => takeAll(page, name, guide, WHOLE)

/** The same for a state, in half the time. */
export const lookAtState = (page: Page, name: string) => takeAll(page, name, ['light-1440'], STATE)

const takeAll = async (page: Page, name: string, guide: Variant[], variants: typeof WHOLE | typeof STATE) => {
  // A page that was only just opened has nothing to look at yet.
  await page.locator('h1').first().waitFor({ state: 'attached' })
  expect(await secretsOn(page), `secrets in the picture ${name}`).toEqual([])
  for (const [theme, width] of variants) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 })
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    const variant = `${theme}-${width}` as const
    // No page has frames, for which axe would open a page of its own; naming what passed takes longer than finding it.
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
    const { violations } = await (theme === 'light' || variants === STATE ? axe : axe.withRules(OF_COLOUR)).analyze()
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
    expect(found, `axe on ${name}, ${variant}`).toEqual([])
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(sideways, `${name} scrolls sideways, ${variant}`).toBeLessThanOrEqual(0)
    const folder = guide.includes(variant) ? PICTURES : ALL
    await page.screenshot({
      path: `${folder}${name}-${variant}.png`,
      animations: 'disabled',
      caret: 'hide',
      mask: [page.locator(ONCE)],
      maskColor: 'gray',
    })
  }
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
}
