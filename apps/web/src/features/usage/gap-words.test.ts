import type { Source } from '@ostor-console/shared/coverage'
import { describe, expect, test } from 'vitest'
import { gapText, hatchesOf, missingIn } from './gap-words.ts'
import { caveatOf, missingText } from './source-line.tsx'

const gap = {
  serviceId: '8000000000000065',
  kind: 'missing',
  from: '2026-11-02T10:00:00Z',
  to: '2026-11-02T11:00:00Z',
  periods: 2,
  accepted: false,
} as const

const source: Source = {
  coverage: 'partial',
  objectsListed: 478,
  objectsClosed: 478,
  periodsExpected: 480,
  periodsMissing: 2,
  services: [{ serviceId: gap.serviceId, periodsExpected: 240, periodsMissing: 2, completeUntil: null }],
  historyFrom: null,
  completeUntil: null,
  collectedAt: null,
  staleSince: null,
}

describe('what is missing', () => {
  test('is named with the gateway service that lacks it', () => {
    expect(gapText(gap)).toBe('2 periods missing at gateway …65')
    expect(gapText({ ...gap, kind: 'short', periods: 1 })).toBe('1 period cut short at gateway …65')
    expect(missingText(source)).toBe('2 of 480 periods missing at gateway …65')
    expect(missingText({ ...source, periodsMissing: 0 })).toBeNull()
  })

  test('is hatched where it is, unless somebody said that nothing is missing there', () => {
    const [hatch] = hatchesOf([gap])
    expect(hatch).toMatchObject({ from: Date.parse(gap.from), to: Date.parse(gap.to) })
    expect(hatchesOf([{ ...gap, accepted: true }])).toEqual([])
    expect(hatchesOf([{ ...gap, kind: 'overlap' }])).toEqual([])
  })

  test('is listed as far as it lies in the range, without what was accepted or is counted twice', () => {
    const range = { from: '2026-11-02T10:30:00Z', to: '2026-11-03T00:00:00Z' }
    const others = [
      { ...gap, accepted: true },
      { ...gap, kind: 'overlap' as const },
      { ...gap, from: '2026-11-02T09:00:00Z', to: '2026-11-02T10:30:00Z' },
    ]
    expect(missingIn([gap, ...others], range)).toEqual([
      { ...gap, from: '2026-11-02T10:30:00.000Z', to: '2026-11-02T11:00:00.000Z', periods: 1 },
    ])
  })

  test('makes a figure say at least, and an old one since when it is stale', () => {
    expect(caveatOf(source)).toBe('at least: not all is known yet')
    expect(caveatOf({ ...source, coverage: 'complete' })).toBeNull()
    expect(caveatOf({ ...source, staleSince: '2026-11-02T14:35:00Z' })).toBe('stale since 2 Nov 2026, 14:35 UTC')
  })
})
