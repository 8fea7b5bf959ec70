import { expect, test } from 'vitest'
import { stepsOf } from '../../lists/steps.ts'
import { seriesOf } from './series.ts'

const HOUR_MS = 3_600_000
const hours = (from: string, count: number) =>
  Array.from({ length: count }, (_, hour) => new Date(Date.parse(from) + hour * HOUR_MS))

test('hours before the range, which its first step brings, stand for none that is missing in it', () => {
  const from = new Date('2026-10-28T00:00:00Z')
  const to = new Date('2026-10-30T00:00:00Z')
  const week = stepsOf(from, to, 7 * 24 * 3600)
  const before = hours(new Date(week.firstSeconds * 1000).toISOString(), 24)
  const runs = [...before, ...hours('2026-10-28T00:00:00Z', 20), ...hours('2026-10-29T00:00:00Z', 25)]
  const [firstRunAt = null, lastRunAt = null] = [runs[0], runs.at(-1)]
  const history = { samples: [], runs, silences: [], firstRunAt, lastRunAt }
  const { source } = seriesOf(history, { from, to, ...week, isBucket: false, now: to })
  expect(source).toMatchObject({ coverage: 'partial', hoursExpected: 49, hoursMissing: 4 })
})
