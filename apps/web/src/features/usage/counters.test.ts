import type { Source } from '@ostor-console/shared/coverage'
import type { UsageSeries } from '@ostor-console/shared/usage'
import { describe, expect, test } from 'vitest'
import { comparedRange } from '../../format/ranges.ts'
import { growsFrom, operationsOf, stepsOf, trafficOf } from './counters.ts'
import { textOf } from './source-line.tsx'

const counters = (size: string) => ({
  uploadedBytes: size,
  downloadedBytes: '1',
  putOps: '1',
  getOps: '2',
  listOps: '3',
  otherOps: size,
})

const source: Source = {
  coverage: 'partial',
  objectsListed: 480,
  objectsClosed: 478,
  periodsExpected: 480,
  periodsMissing: 0,
  services: [],
  staleSince: null,
  historyFrom: '2026-08-04T00:00:00Z',
  completeUntil: '2026-11-02T14:30:00Z',
  collectedAt: null,
}

const beneath = (to: string, coverage: Source['coverage']) => {
  const at = ['2026-11-02T12:00:00.000Z', '2026-11-02T13:00:00.000Z']
  const series: UsageSeries = {
    from: '2026-11-02T12:00:00.000Z',
    to,
    stepSeconds: 3600,
    points: at.map((one) => ({ at: one, coverage: 'partial', counters: counters('5') })),
    total: counters('5'),
    gaps: [],
    source: { ...source, coverage },
  }
  return comparedRange({ ...series, lastStepAt: growsFrom(series) }, 'previous')
}

describe('usage on the page', () => {
  test('sums past 2^53 keep every digit', () => {
    expect(trafficOf(counters('9007199254740993'))).toBe(9007199254740994n)
    expect(operationsOf(counters('9007199254740993'))).toBe(9007199254740999n)
  })

  test('the last step ends with the range, and what is unknown has no values', () => {
    const series: UsageSeries = {
      from: '2026-11-02T13:00:00Z',
      to: '2026-11-02T13:47:00Z',
      stepSeconds: 1800,
      points: [
        { at: '2026-11-02T13:00:00Z', coverage: 'unknown', counters: null },
        { at: '2026-11-02T13:30:00Z', coverage: 'partial', counters: counters('5') },
      ],
      total: counters('5'),
      gaps: [],
      source,
    }
    const [first, second] = stepsOf(series)
    expect(first?.values).toBeNull()
    expect(second?.to).toBe(Date.parse('2026-11-02T13:47:00Z'))
  })

  test('what lies beneath a range up to now is asked for anew when a step is over, not every minute', () => {
    const hourBefore = { from: '2026-11-02T11:00:00.000Z', to: '2026-11-02T12:00:00.000Z' }
    expect(beneath('2026-11-02T13:47:00.000Z', 'partial')).toEqual(hourBefore)
    expect(beneath('2026-11-02T13:48:00.000Z', 'partial')).toEqual(hourBefore)
    expect(beneath('2026-11-02T14:00:00.000Z', 'partial').to).toBe('2026-11-02T12:00:00.000Z')
  })

  test('what is compared with a range of which all is known is as long as that', () => {
    expect(beneath('2026-11-02T13:47:00.000Z', 'complete').to).toBe('2026-11-02T12:47:00.000Z')
  })

  test('only a step of which all is known is compared', () => {
    const series = (from: string, ...coverages: ('complete' | 'partial' | 'unknown')[]): UsageSeries => ({
      from,
      to: new Date(Date.parse(from) + coverages.length * 3_600_000).toISOString(),
      stepSeconds: 3600,
      points: coverages.map((coverage, index) => ({
        at: new Date(Date.parse(from) + index * 3_600_000).toISOString(),
        coverage,
        counters: coverage === 'unknown' ? null : counters('5'),
      })),
      total: null,
      gaps: [],
      source,
    })
    const now = series('2026-11-02T10:00:00Z', 'complete', 'complete', 'partial')
    const earlier = series('2026-11-01T10:00:00Z', 'complete', 'partial', 'unknown')
    expect(stepsOf(now, earlier).map(({ compared }) => compared)).toEqual([counters('5'), null, null])
    expect(stepsOf(now)[0]).not.toHaveProperty('compared')
  })

  test('the source says how far the figures are complete, what is open, and how far back they reach', () => {
    expect(textOf(source)).toBe(
      'complete until 2 Nov 2026, 14:30 UTC · 2 of 480 statistics objects still open · history reaches back to 4 Aug 2026, 00:00 UTC',
    )
  })
})
