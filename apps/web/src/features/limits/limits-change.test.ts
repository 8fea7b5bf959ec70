import type { Limits } from '@ostor-console/shared/limits'
import { describe, expect, test } from 'vitest'
import { changesIn, differences, draftOf, limitOf, rebase, requestOf } from './limits-change.ts'

const base: Limits = {
  opsPerSecond: { default: 'unlimited', get: 100, put: 0.5, list: 'unlimited', delete: 10 },
  bandwidth: { out: 'unlimited' },
  unset: false,
  readAt: '2026-11-01T00:00:00Z',
  version: 'one',
}
const draft = draftOf(base)

describe('what the form sends', () => {
  test('a form that was opened and left alone changes nothing, not even a decimal of the gateway', () => {
    expect(changesIn(base, draft)).toEqual([])
    expect(requestOf([])).toEqual({})
  })

  test('only the changed fields are sent, in their groups', () => {
    const edited = { ...draft, get: { limited: true, text: '50' }, out: { limited: true, text: '2000' } }
    expect(requestOf(changesIn(base, edited))).toEqual({ opsPerSecond: { get: 50 }, bandwidth: { out: 2000 } })
  })

  test('unlimited is the word, whatever text still stands beside the switch', () => {
    const edited = { ...draft, delete: { limited: false, text: '10' } }
    expect(requestOf(changesIn(base, edited))).toEqual({ opsPerSecond: { delete: 'unlimited' } })
  })

  test.each(['', ' ', '1e3', '1,000', '0x10', '1_000', '١٠', 'Infinity', 'unlimited'])('%j is no number', (text) => {
    expect(limitOf({ limited: true, text })).toBeNull()
  })

  test('0 stays 0, so that the schema can refuse it and it never turns into unlimited', () => {
    expect(limitOf({ limited: true, text: '0' })).toBe(0)
  })
})

describe('when somebody else changed the limits meanwhile', () => {
  const theirs: Limits = { ...base, opsPerSecond: { ...base.opsPerSecond, get: 70, list: 5 }, version: 'two' }

  test('what they did is named field by field', () => {
    expect(differences(base, theirs).map(({ field, from, to }) => [field.name, from, to])).toEqual([
      ['get', 100, 70],
      ['list', 'unlimited', 5],
    ])
  })

  test('their values fill the fields I left alone, and mine stay', () => {
    const edited = { ...draft, get: { limited: true, text: '50' }, put: { limited: true, text: '12x' } }
    const merged = rebase(base, theirs, edited)
    expect(merged.get.text).toBe('50')
    expect(merged.put.text).toBe('12x')
    expect(merged.list).toEqual({ limited: true, text: '5' })
    expect(requestOf(changesIn(theirs, merged))).toEqual({ opsPerSecond: { get: 50 } })
  })
})
