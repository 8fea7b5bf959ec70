import type { UsageSeries } from '@ostor-console/shared/usage'
import { expect, test } from 'vitest'
import { csvOf } from '../../ui/csv.ts'
import { seriesRows } from './usage-csv.ts'

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
  source: {
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
  },
}

test('a file has every digit, nothing where nothing is known, and what each row is worth', () => {
  const [head, first, second] = csvOf(seriesRows(series)).split('\r\n')
  expect(head).toBe(
    'from,to,coverage,uploadedBytes,downloadedBytes,putOps,getOps,listOps,otherOps,rangeCoverage,periodsExpected,periodsMissing,missingAt,historyFrom,completeUntil,collectedAt,staleSince',
  )
  expect(first).toContain(',partial,9007199254740993,0,1,2,3,4,partial,3,1,8000000000000065:1,')
  expect(second).toContain('2026-11-02T11:00:00.000Z,2026-11-02T11:30:00.000Z,unknown,,,,,,,partial,')
})

test('what a spreadsheet would take for a formula is text', () => {
  expect(csvOf([{ bucket: '=HYPERLINK("x")' }])).toContain(`"'=HYPERLINK(""x"")"`)
  expect(csvOf([{ bucket: 'a\n=1+1' }])).toContain('"a\n=1+1"')
})
