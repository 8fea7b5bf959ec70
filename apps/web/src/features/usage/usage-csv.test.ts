import type { Source } from '@ostor-console/shared/coverage'
import type { Breakdown, UsageSeries } from '@ostor-console/shared/usage'
import { expect, test } from 'vitest'
import { csvOf } from '../../ui/csv.ts'
import { breakdownRows, seriesRows } from './usage-csv.ts'

const source: Source = {
  coverage: 'partial',
  objectsListed: 2,
  objectsClosed: 1,
  periodsExpected: 3,
  periodsMissing: 1,
  services: [{ serviceId: '8000000000000065', periodsExpected: 3, periodsMissing: 1, completeUntil: null }],
  historyFrom: '2026-11-01T00:00:00.000Z',
  completeUntil: '2026-11-02T10:00:00.000Z',
  collectedAt: '2026-11-02T11:00:00.000Z',
  staleSince: '2026-11-02T11:00:00.000Z',
}

const series: UsageSeries = {
  from: '2026-11-02T10:00:00Z',
  to: '2026-11-02T11:30:00Z',
  stepSeconds: 3600,
  points: [
    {
      at: '2026-11-02T10:00:00.000Z',
      coverage: 'partial',
      counters: {
        uploadedBytes: '9007199254740993',
        downloadedBytes: '0',
        putOps: '1',
        getOps: '2',
        listOps: '3',
        otherOps: '4',
      },
    },
    { at: '2026-11-02T11:00:00.000Z', coverage: 'unknown', counters: null },
  ],
  total: null,
  gaps: [],
  source,
}

test('a file has every digit, nothing where nothing is known, and what each row is worth', () => {
  const [head, first, second] = csvOf(seriesRows(series)).split('\r\n')
  expect(head).toBe(
    'from,to,coverage,uploadedBytes,downloadedBytes,putOps,getOps,listOps,otherOps,rangeCoverage,periodsExpected,periodsMissing,missingAt,historyFrom,completeUntil,collectedAt,staleSince',
  )
  expect(first).toContain(',partial,9007199254740993,0,1,2,3,4,partial,3,1,8000000000000065:1,')
  expect(second).toContain('2026-11-02T11:00:00.000Z,2026-11-02T11:30:00.000Z,unknown,,,,,,,partial,')
})

const breakdown = (...named: Breakdown['series']): Breakdown => ({
  from: '2026-11-02T10:00:00Z',
  to: '2026-11-02T11:00:00Z',
  stepSeconds: 3600,
  series: named,
  others: null,
  points: [
    {
      at: '2026-11-02T10:00:00.000Z',
      coverage: 'complete',
      values: named.map(({ total }) => total),
      others: null,
    },
  ],
  gaps: [],
  source: source,
})

test('each of those that a split names has a column, also when two have one name or one has the name of a column', () => {
  const [row] = breakdownRows(
    breakdown(
      { id: 'u1', label: 'a@customer.example', total: '5' },
      { id: 'u2', label: 'a@customer.example', total: '4' },
      { id: 'u3', label: null, total: '3' },
      { id: 'coverage', label: 'coverage', total: '2' },
      { id: 'staleSince', label: 'staleSince', total: '1' },
    ),
  )
  expect(row).toMatchObject({
    coverage: 'complete',
    'a@customer.example (u1)': '5',
    'a@customer.example (u2)': '4',
    u3: '3',
    'coverage (coverage)': '2',
    'staleSince (staleSince)': '1',
    staleSince: '2026-11-02T11:00:00.000Z',
  })
})

test('what a spreadsheet would take for a formula is text', () => {
  expect(csvOf([{ bucket: '=HYPERLINK("x")' }])).toContain(`"'=HYPERLINK(""x"")"`)
  expect(csvOf([{ bucket: 'a\n=1+1' }])).toContain('"a\n=1+1"')
})
