import { faultsOf, sidewaysOf } from './axe.ts'
import { chooseHere } from './chosen.ts'
import { expect } from './console.ts'
import { EVERY_PAGE, EVERY_ROUTE, LEADING_ON } from './every-route.ts'
import { test } from './still-world.ts'

const DENSITIES = ['comfortable', 'compact'] as const
/** Four widths, and what a zoom of 200 % leaves of a window of 1440 by 900; the widest and the narrowest form of a page. */
const WINDOWS = [
  { width: 1440, height: 900, isForm: true },
  { width: 2560, height: 1440, isForm: false },
  { width: 768, height: 1024, isForm: false },
  { width: 720, height: 450, isForm: false },
  { width: 360, height: 740, isForm: true },
]

test('no route is missing from the list of pages', async ({ page, known }) => {
  await page.goto(EVERY_PAGE[0]?.addressOf(known) ?? '')
  await page.getByRole('heading', { level: 1 }).waitFor()
  const routes = await page.evaluate(() => {
    const { __TSR_ROUTER__: router } = window
    return Object.keys(router.routesById)
  })
  // The frames around other routes.
  const frames = ['__root__', '/c/$cluster']
  expect(EVERY_ROUTE.toSorted()).toEqual(routes.filter((route) => !frames.includes(route)).toSorted())
})

test('a route that only leads on leads to one of the pages', async ({ page, known }) => {
  const addresses = EVERY_PAGE.map(({ addressOf }) => addressOf(known).split('?')[0])
  for (const { from, to } of Object.values(LEADING_ON)) {
    await page.goto(from(known))
    await expect(page).toHaveURL((url) => url.pathname === to(known))
    expect(addresses).toContain(to(known))
  }
})

// What failed says where and what.
test.use({ trace: 'off' })
// It is the longest file, and no page leaves the world otherwise than it was.
test.describe.configure({ mode: 'parallel', timeout: 120_000 })

for (const shown of EVERY_PAGE) {
  test(`axe finds nothing on ${shown.name}, in any theme, density, width and zoom`, async ({ open }) => {
    const found: string[] = []
    const page = await open(shown)
    for (const density of DENSITIES) {
      await chooseHere(page, { density, language: 'en' })
      for (const { isForm, ...size } of WINDOWS) {
        await page.setViewportSize(size)
        // Density and more room change lengths alone; colours differ by theme and by what is shown.
        const hasColours = isForm && density === 'comfortable'
        const rules = density === 'compact' || size.width > 1440 ? 'of-lengths' : hasColours ? 'all' : 'not-of-colour'
        const faults = await faultsOf(page, rules)
        found.push(...faults.map((fault) => `${density}, ${size.width}: ${fault}`))
        const sideways = await sidewaysOf(page)
        if (sideways > 0) found.push(`${density}, ${size.width}: scrolls sideways by ${sideways}`)
        if (!hasColours) continue
        await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
        found.push(...(await faultsOf(page, 'of-colour')).map((fault) => `dark, ${size.width}: ${fault}`))
        await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
      }
      await page.setViewportSize({ width: 1440, height: 900 })
    }
    expect(found).toEqual([])
  })
}

declare global {
  interface Window {
    /** Where the router of the pages leaves itself. */
    __TSR_ROUTER__: { routesById: Record<string, unknown> }
  }
}
