import { CLUSTER, expect, test } from './console.ts'

declare global {
  interface Window {
    /** How many rows the table had when it was first there. */
    rowsAtFirst?: number
  }
}

/** Runs in the page: notes how many rows the first table begins with, before another step of the page can add to them. */
const noteFirstRows = (): void => {
  new MutationObserver((_, watch) => {
    const rows = document.querySelectorAll('tbody tr[data-index]').length
    if (rows === 0) return
    window.rowsAtFirst = rows
    watch.disconnect()
  }).observe(document, { childList: true, subtree: true })
}

test('a page that is opened by its address asks who is signed in once, and before its scripts are there', async ({
  page,
}) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto(`${CLUSTER}/users`)
  await expect(page.getByRole('table', { name: 'Users' }).getByRole('row')).toHaveCount(51)
  expect(asked.filter((path) => path === '/api/v1/session')).toHaveLength(1)
  const initiator = await page.evaluate(() =>
    performance.getEntriesByType('resource').flatMap((entry) => {
      const { name, initiatorType } = entry as PerformanceResourceTiming
      return name.endsWith('/api/v1/session') ? initiatorType : []
    }),
  )
  expect(initiator).toEqual(['link'])
})

test('the first picture has the rows that the window holds, and the others follow by themselves', async ({ page }) => {
  await page.addInitScript(noteFirstRows)
  await page.setViewportSize({ width: 1280, height: 600 })
  await page.goto(`${CLUSTER}/users`)
  await expect(page.getByRole('table', { name: 'Users' }).getByRole('row')).toHaveCount(51)
  expect(await page.evaluate(() => window.rowsAtFirst)).toBe(Math.ceil(600 / 41))
  // Who loads a page again goes back to where they were in it.
  await page.reload()
  await expect(page.getByRole('table', { name: 'Users' }).getByRole('row')).toHaveCount(51)
  expect(await page.evaluate(() => window.rowsAtFirst)).toBe(50)
})
