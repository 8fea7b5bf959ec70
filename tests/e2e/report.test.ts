import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { CLUSTER, exactly, expect, openUser, test, untilCollected } from './console.ts'
import { FROM, operationsOf, RANGE, TO, trafficOf } from './figures.ts'
import { takePicture } from './look.ts'

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47])

const saved = async (page: Page, kind: 'SVG' | 'PNG'): Promise<Buffer> => {
  const panel = page.getByRole('region', { name: 'Whole cluster', exact: true })
  await panel.getByRole('button', { name: 'Save Traffic as an image', exact: true }).click()
  const waiting = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: kind, exact: true }).click()
  const download = await waiting
  expect(download.suggestedFilename()).toBe(`traffic-whole-cluster.${kind.toLowerCase()}`)
  return readFileSync(await download.path())
}

test('a report of a user holds every digit, says what it rests on, and is printed in light without the console', async ({
  page,
  simulator,
}) => {
  await untilCollected(page)
  const { oracle } = simulator.control
  const busiest = [...oracle.usageBy('user', { from: FROM, to: TO })].toSorted((a, b) =>
    Number(trafficOf(b[1]) - trafficOf(a[1])),
  )[0]
  const [user = '', total] = busiest ?? []
  if (!total) throw new Error('the simulator moved nothing')
  await openUser(page, user, 'usage')
  await page.getByRole('link', { name: 'Report to print', exact: true }).click()
  await expect(page).toHaveURL(/\/report\?range=7d/)
  await page.goto(`${CLUSTER}/users/${user}/report?${RANGE}`)

  const report = page.getByRole('article')
  await expect(report.getByText(oracle.user(user)?.email ?? '', { exact: true })).toBeVisible()
  const facts = report.getByRole('region', { name: 'Traffic and operations' }).locator('dl')
  await expect(facts).toContainText(`(${exactly(total.downloaded)})`)
  await expect(facts).toContainText(`(${exactly(total.uploaded)})`)
  await expect(facts).not.toContainText('≥')
  expect(operationsOf(total)).toBeGreaterThan(0n)
  for (const count of [total.get, total.put, total.list, total.other])
    await expect(facts).toContainText(count.toLocaleString('en'))
  await expect(report).toContainText('complete until')
  await expect(report.getByRole('table', { name: 'Usage by step' }).getByRole('row')).toHaveCount(21)
  await takePicture(page, 'user-report', ['light-1440'])

  await page.emulateMedia({ colorScheme: 'dark' })
  await page.evaluate(() => {
    globalThis.addEventListener('beforeprint', () => {
      document.title = getComputedStyle(document.documentElement).colorScheme
    })
  })
  const paper = await page.pdf()
  expect(paper.subarray(0, 4).toString()).toBe('%PDF')
  expect(await page.title()).toBe('light')
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await page.emulateMedia({ colorScheme: 'light', media: 'print' })
  await expect(page.getByRole('navigation')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Print', exact: true })).toBeHidden()
  await expect(report).toBeVisible()
  await page.emulateMedia({ media: 'screen' })
})

test('a chart is saved as an image that says whose it is and what it rests on', async ({ page }) => {
  await untilCollected(page)
  await page.goto(`${CLUSTER}/usage?${RANGE}`)
  await expect(page.getByRole('application').first()).toBeVisible()

  const svg = (await saved(page, 'SVG')).toString()
  for (const said of ['Traffic of the whole cluster', 'Downloaded', 'Uploaded', 'complete', 'until'])
    expect(svg).toContain(said)
  expect(svg).not.toMatch(/var\(|class=|style=/)
  const shown = await page.evaluate(async (text) => {
    const image = new Image()
    image.src = `data:image/svg+xml,${encodeURIComponent(text)}`
    await image.decode()
    return image.naturalWidth
  }, svg)
  expect(shown).toBeGreaterThan(300)

  const png = await saved(page, 'PNG')
  expect(png.subarray(0, 4)).toEqual(PNG)
  expect(png.readUInt32BE(16)).toBe(2 * shown)
})
