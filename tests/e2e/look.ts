import { mkdirSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import { faultsOf, sidewaysOf } from './axe.ts'

const PICTURES = new URL('../../docs/pictures/', import.meta.url).pathname
const ALL = new URL('../../test-results/pictures/', import.meta.url).pathname
mkdirSync(PICTURES, { recursive: true })
mkdirSync(ALL, { recursive: true })

type Variant = `${'light' | 'dark'}-${1440 | 390}`
const VARIANTS = [
  ['light', 1440],
  ['dark', 1440],
  ['light', 390],
  ['dark', 390],
] as const
/** Each theme and each width once. */
const LOOKED_AT: Variant[] = ['light-1440', 'dark-390']

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

/** Leaves a picture for the documents, which shows no secret, of a page that every-page.test.ts looks at. */
export const takePicture = async (page: Page, name: string, guide: Variant[] = ['light-1440']) => {
  await expectNoSecrets(page, name)
  for (const [theme, width] of VARIANTS)
    if (guide.includes(`${theme}-${width}`)) await take(page, name, theme, width, PICTURES)
  await asItWas(page)
}

/**
 * Looks at what has no address, a dialog or what somebody did, in each theme and each width: axe finds nothing, the page
 * does not scroll sideways, and a picture is left, which shows no secret. `guide` names those that the documents show.
 */
export const look = async (page: Page, name: string, guide: Variant[] = ['light-1440']) => {
  await expectNoSecrets(page, name)
  for (const [theme, width] of VARIANTS) {
    const variant = `${theme}-${width}` as const
    const isForGuide = guide.includes(variant)
    const isLookedAt = LOOKED_AT.includes(variant)
    if (isForGuide || isLookedAt) await take(page, name, theme, width, isForGuide ? PICTURES : ALL)
    if (!isLookedAt) continue
    expect(await faultsOf(page), `axe on ${name}, ${variant}`).toEqual([])
    expect(await sidewaysOf(page), `${name} scrolls sideways, ${variant}`).toBeLessThanOrEqual(0)
  }
  await asItWas(page)
}

const expectNoSecrets = async (page: Page, name: string) => {
  // A page that was only just opened has nothing to look at yet.
  await page.locator('h1').first().waitFor({ state: 'attached' })
  expect(await secretsOn(page), `secrets in the picture ${name}`).toEqual([])
}

const take = async (page: Page, name: string, theme: 'light' | 'dark', width: 1440 | 390, folder: string) => {
  await page.setViewportSize({ width, height: width === 390 ? 844 : 900 })
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
  await page.screenshot({
    path: `${folder}${name}-${theme}-${width}.png`,
    animations: 'disabled',
    caret: 'hide',
    mask: [page.locator(ONCE)],
    maskColor: 'gray',
  })
}

const asItWas = async (page: Page) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
}
