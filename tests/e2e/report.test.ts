import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { CLUSTER, exactly, expect, openUser, test, untilCollected } from './console.ts'
import { FROM, operationsOf, RANGE, TO, trafficOf } from './figures.ts'
import { takePicture } from './look.ts'

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47])

/** What an image could not find once it has left the page. */
const OUTSIDE = /var\(|class=|style=|color-mix/

const widthOf = (page: Page, svg: string): Promise<number> =>
  page.evaluate(async (text) => {
    const image = new Image()
    image.src = `data:image/svg+xml,${encodeURIComponent(text)}`
    await image.decode()
    return image.naturalWidth
  }, svg)

/** The lines of the mark that stands before a name in the legend, whatever its colour. */
const markOf = (svg: string, name: string): string => {
  const mark = new RegExp(`(<svg x=(?:(?!<text)[^])*</svg>|<path [^>]*/>)<text [^>]*>${name}`).exec(svg)?.[1]
  return / d="([^"]*)"/.exec(mark ?? '')?.[1] ?? `no mark before ${name}`
}

const saved = async (page: Page, title: string, kind: 'SVG' | 'PNG'): Promise<Buffer> => {
  const label = `Save ${title} as an image`
  await page.getByRole('button', { name: label, exact: true }).first().click()
  const waiting = page.waitForEvent('download')
  // The menu of the image before may still be closing.
  await page.getByRole('menu', { name: label, exact: true }).getByRole('menuitem', { name: kind, exact: true }).click()
  const download = await waiting
  const name = title.toLowerCase().replaceAll(' ', '-')
  expect(download.suggestedFilename()).toBe(`${name}-whole-cluster.${kind.toLowerCase()}`)
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

  const html = page.locator('html')
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await page.evaluate(() => {
    globalThis.addEventListener('beforeprint', () => {
      document.title = getComputedStyle(document.documentElement).colorScheme
    })
  })
  const paper = await page.pdf()
  expect(paper.subarray(0, 4).toString()).toBe('%PDF')
  expect(await page.title()).toBe('light')
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'dark')
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

  const svg = (await saved(page, 'Traffic', 'SVG')).toString()
  for (const said of ['Traffic of the whole cluster', 'Downloaded', 'Uploaded', 'complete', 'until'])
    expect(svg).toContain(said)
  expect(svg).not.toMatch(OUTSIDE)
  const shown = await widthOf(page, svg)
  expect(shown).toBeGreaterThan(300)

  const png = await saved(page, 'Traffic', 'PNG')
  expect(png.subarray(0, 4)).toEqual(PNG)
  expect(png.readUInt32BE(16)).toBe(2 * shown)
})

test('the legend of a saved chart tells series apart by more than colour', async ({ page }) => {
  await untilCollected(page)
  await page.goto(`${CLUSTER}/usage?${RANGE}`)
  await expect(page.getByRole('application').first()).toBeVisible()
  for (const [title, names] of [
    ['Traffic', ['Downloaded', 'Uploaded']],
    ['Operations', ['Get', 'Put', 'List', 'Other']],
  ] as const) {
    const svg = (await saved(page, title, 'SVG')).toString()
    const marks = names.map((name) => markOf(svg, name))
    expect(marks.join()).not.toContain('no mark')
    expect(new Set(marks).size, marks.join(' | ')).toBe(names.length)
  }
})

test('the hours of the week and the rankings are saved as they are shown', async ({ page }) => {
  await untilCollected(page)
  await page.goto(`${CLUSTER}/usage?${RANGE}`)
  const hours = (await saved(page, 'Hours of the week', 'SVG')).toString()
  for (const said of ['Hours of the week of the whole cluster', 'mean traffic per hour, UTC', 'Mon', 'complete'])
    expect(hours).toContain(said)
  expect(hours).not.toMatch(OUTSIDE)
  const cells = page.getByRole('table', { name: 'Mean traffic by weekday and hour', exact: true }).locator('td')
  await expect(cells).toHaveCount(168)
  const shades = await cells.evaluateAll((all) =>
    all.map((cell) => Number(/chart-1\) (\d+)%/.exec(cell.getAttribute('style') ?? '')?.[1]) / 100),
  )
  expect([...hours.matchAll(/<rect [^>]*fill-opacity="([\d.]+)"/g)].map(([, shade]) => Number(shade))).toEqual(shades)
  expect((await saved(page, 'Hours of the week', 'PNG')).readUInt32BE(16)).toBe(2 * (await widthOf(page, hours)))

  const list = page.getByRole('list', { name: 'Top users', exact: true })
  const names = await list.getByRole('link').allTextContents()
  const top = (await saved(page, 'Top users', 'SVG')).toString()
  expect(names).toHaveLength(9)
  const values = await list.locator('.share-value').allTextContents()
  for (const said of [...names, ...values, 'All others', 'by traffic']) expect(top).toContain(said)
  expect(top).not.toMatch(OUTSIDE)
  expect((await saved(page, 'Top users', 'PNG')).subarray(0, 4)).toEqual(PNG)
})
