import type { Control } from '@ostor-console/gateway-sim/control/control'
import { expect, type Page } from '@playwright/test'
import { dayAgo, dayText, digits, exactly } from './console.ts'

const DAY = 86_400_000

/** Twenty days that are over for good: one row of the table for each. */
export const FROM = dayAgo(24)
export const TO = dayAgo(4)
export const RANGE = `from=${dayText(FROM)}&to=${dayText(TO - DAY)}`

type Filter = { user?: string; bucket?: string }
type Totals = ReturnType<Control['oracle']['usage']>

export const trafficOf = ({ uploaded, downloaded }: Totals): bigint => uploaded + downloaded
export const operationsOf = ({ put, get, list, other }: Totals): bigint => put + get + list + other

/** The charts and the table on the page hold what the gateway reported for these days, to the last digit. */
export const expectUsage = async (page: Page, { oracle }: Control, filter: Filter): Promise<void> => {
  const total = oracle.usage({ ...filter, from: FROM, to: TO })
  expect(trafficOf(total)).toBeGreaterThan(0n)
  const traffic = page.getByRole('figure').filter({ has: page.getByRole('heading', { name: 'Traffic' }) })
  await expect(traffic.getByTitle(exactly(trafficOf(total)), { exact: true })).toContainText('complete')
  const operations = page.getByRole('figure').filter({ has: page.getByRole('heading', { name: 'Operations' }) })
  await expect(operations.getByTitle(digits(operationsOf(total)), { exact: true })).toContainText('complete')

  await page.getByRole('radiogroup', { name: 'Show as', exact: true }).getByText('Table').click()
  const rows = page.getByRole('table', { name: 'Usage by step' }).getByRole('row')
  await expect(rows).toHaveCount(21)
  const days = Array.from({ length: 20 }, (_, ago) => {
    const from = TO - (ago + 1) * DAY
    const { downloaded, uploaded, get, put, list, other } = oracle.usage({ ...filter, from, to: from + DAY })
    return [exactly(downloaded), exactly(uploaded), ...[get, put, list, other].map(digits)]
  })
  const shown = await rows.evaluateAll((all) =>
    all
      .slice(1)
      .map((row) => [...row.querySelectorAll('td')].slice(1, -1).map((cell) => cell.title || cell.textContent)),
  )
  expect(shown).toEqual(days)
}
