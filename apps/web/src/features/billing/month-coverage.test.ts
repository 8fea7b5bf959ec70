import type { NamedCoverage } from '@ostor-console/shared/billing'
import { expect, test } from 'vitest'
import { missingOf } from './month-coverage.tsx'

const [from, to] = ['2026-10-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z']
const coverage: NamedCoverage = {
  cluster: 'vienna',
  name: 'Vienna',
  storage: 'partial',
  traffic: 'complete',
  storageFrom: from,
  storageTo: to,
  periodsExpected: 0,
  periodsMissing: 0,
  completeUntil: null,
}

const sentences = (of: Partial<NamedCoverage>) =>
  missingOf({ clusters: [{ ...coverage, ...of }], from, to }).map(({ sentence }) => sentence)

test('a month in which a size was not told says so, and not that all of it is known', () => {
  expect(sentences({})).toEqual([expect.stringContaining('Some sizes of Vienna were not told')])
  expect(sentences({ storageTo: '2026-10-31T23:00:00.000Z' })).toEqual([expect.stringContaining('is known from')])
  expect(sentences({ storage: 'complete' })).toEqual([])
})
