import type { LimitTrial, TrialFinding, TrialWindow } from '@ostor-console/shared/limit-trial'
import { expect, test } from 'vitest'
import { FIELDS, type FieldName } from './limit-fields.ts'
import { basisOf, linesOf, proposedOf } from './limit-trial-words.ts'

const source: TrialWindow['source'] = {
  coverage: 'complete',
  objectsListed: 336,
  objectsClosed: 336,
  periodsExpected: 336,
  periodsMissing: 0,
  services: [],
  historyFrom: '2026-01-01T00:00:00.000Z',
  completeUntil: '2026-11-04T12:00:00.000Z',
  collectedAt: '2026-11-04T12:00:00.000Z',
  staleSince: null,
}
const highest = { at: '2026-11-03T14:30:00.000Z', seconds: 1800, amount: '561600' }
const nothing: TrialFinding = { periodsOver: 0, periodsOverInBits: null, beyond: '0', highest }

type Change = Partial<TrialWindow> & { finding?: Partial<TrialFinding> | null; monthOver?: number }

const trialOf = (field: FieldName, { finding = {}, monthOver, ...change }: Change): LimitTrial => {
  const found = finding && { ...nothing, ...finding }
  const week: TrialWindow = {
    days: 7,
    periodsKnown: 336,
    periodsUnknown: 0,
    periodSeconds: 1800,
    gateways: 1,
    limits: [{ field, limit: 200, finding: found }],
    source,
    ...change,
  }
  const inMonth = found && { ...found, periodsOver: monthOver ?? found.periodsOver }
  const month = { ...week, days: 28, periodsKnown: 1344, limits: [{ field, limit: 200, finding: inMonth }] }
  return { to: '2026-11-04T12:00:00.000Z', windows: [week, month] }
}

const lineOf = (field: FieldName, change: Change) => linesOf(trialOf(field, change), [field])[0]

test('a limit that would have been over says in how many of the known periods at least, and warns', () => {
  expect(lineOf('put', { finding: { periodsOver: 3 } })).toEqual({
    name: 'put',
    text: 'Put at 200 ops/s would have been over in at least 3 of the 336 known periods of 30 min in the last 7 days. The highest mean was 312 ops/s, in the period from 3 Nov 2026, 14:30 UTC.',
    warns: true,
  })
})

test('four weeks are named where they hold more, and warn by themselves', () => {
  const line = lineOf('get', { monthOver: 9, gateways: 2 })
  expect(line?.text).toContain('is above the mean of each of the 336 known periods of 30 min at 2 gateways')
  expect(line?.text).toContain('In the last 28 days it would have been over in at least 9 of 1,344.')
  expect(line?.warns).toBe(true)
})

test('one period is called so, and a length or gateways that are not known are left out', () => {
  expect(
    lineOf('put', { periodsKnown: 1, periodSeconds: null, gateways: 0, finding: { periodsOver: 1 } })?.text,
  ).toContain('Put at 200 ops/s would have been over in at least 1 of the one known period in the last 7 days.')
})

test('a bandwidth that is over only if kb means kilobits says so', () => {
  const line = lineOf('out', { finding: { periodsOverInBits: 40 } })
  expect(line?.text).toContain("If the gateway's kb means kilobits, it would have been over in at least 40 of them.")
  expect(line?.text).toContain('The highest mean was 312 B/s')
  expect(line?.warns).toBe(true)
})

test('what cannot be known is not called fine', () => {
  expect(lineOf('delete', { finding: null })).toMatchObject({
    text: expect.stringContaining('cannot be tried on the past'),
    warns: false,
  })
  expect(lineOf('put', { periodsKnown: 0, finding: { highest: null } })?.text).toBe(
    'Put at 200 ops/s cannot be tried: no period of the last 7 days is known.',
  )
  expect(lineOf('put', { finding: { highest: null } })).toEqual({
    name: 'put',
    text: 'Put at 200 ops/s: nothing of the kind was counted in the 336 known periods of 30 min in the last 7 days.',
    warns: false,
  })
  const partial = { ...source, historyFrom: '2026-11-02T00:00:00.000Z' }
  expect(basisOf(trialOf('put', { periodsUnknown: 4, source: partial }))).toMatch(
    /^4 of 340 periods not known\. History reaches back to 2 Nov 2026, 00:00 UTC\. Only means are known/,
  )
})

test('a field that is no longer changed has no sentence', () => {
  expect(linesOf(trialOf('put', {}), ['get'])).toEqual([])
})

const changeTo = (name: FieldName, to: number | 'unlimited') => {
  const field = FIELDS.find((one) => one.name === name)
  return field ? [{ field, from: 'unlimited' as const, to }] : []
}

test('only what could be saved and limits something is tried', () => {
  const changes = [changeTo('put', 200), changeTo('get', 'unlimited'), changeTo('list', 0), changeTo('out', 1.5)]
  expect(proposedOf(changes.flat())).toBe('put=200')
})
