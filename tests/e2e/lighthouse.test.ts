import { complaints, openLighthouse } from '../support/lighthouse.ts'
import { CLUSTER, expect, test, untilCollected } from './console.ts'

const CATEGORIES = ['accessibility', 'best-practices'] as const

const INSIDE = { desktop: ['overview', 'users', 'users/:id', 'usage'], mobile: ['users'] }

for (const form of ['desktop', 'mobile'] as const) {
  test(`Lighthouse has nothing to say against the main pages, as a ${form} sees them`, async ({
    page,
    running,
    simulator,
  }) => {
    test.setTimeout(480_000)
    await untilCollected(page)
    const [user] = simulator.control.oracle.users()
    const paths = INSIDE[form].map((path) => `${CLUSTER}/${path.replace(':id', user?.id ?? '')}`)
    const pages = [
      { cookies: [], paths: ['/sign-in'] },
      { cookies: await page.context().cookies(), paths },
    ]
    for (const { cookies, paths: these } of pages) {
      const browser = await openLighthouse(cookies)
      for (const path of these) {
        const judged = await browser.judge(`${running.url}${path}`, form, [...CATEGORIES])
        expect(judged.finalDisplayedUrl, 'what was looked at').toBe(`${running.url}${path}`)
        expect(complaints(judged), `${path}, ${form}`).toEqual([])
        for (const category of CATEGORIES)
          expect(judged.categories[category]?.score, `${category} of ${path}, ${form}`).toBe(1)
      }
      await browser.close()
    }
  })
}
