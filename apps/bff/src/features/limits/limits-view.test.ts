import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changedFields, differencesOf, fieldsOf, limitsOf, removedFields } from './limits-view.ts'

const AT = new Date('2026-11-23T12:00:00Z')
const none = { opsPerSecond: { default: 0, get: 0, put: 0, list: 0, delete: 0 }, bandwidth: { out: 0 }, unset: false }
const some = { ...none, opsPerSecond: { ...none.opsPerSecond, get: 0.5, put: 3600 }, bandwidth: { out: 100 } }

describe('limits as they are shown', () => {
  test('0 at the gateway is the word unlimited', () => {
    expect(limitsOf(some, AT)).toMatchObject({
      opsPerSecond: { default: 'unlimited', get: 0.5, put: 3600, list: 'unlimited', delete: 'unlimited' },
      bandwidth: { out: 100 },
      readAt: '2026-11-23T12:00:00.000Z',
    })
  })

  test('the version follows the values and nothing else', () => {
    const { version } = limitsOf(some, AT)
    expect(limitsOf({ ...some, unset: true }, new Date(0)).version).toBe(version)
    expect(limitsOf(none, AT).version).not.toBe(version)
  })
})

describe('what is read back', () => {
  test('each difference names the field, the wanted and the found value', () => {
    const expected = { ...fieldsOf(some), ...changedFields({ opsPerSecond: { get: 10, put: 'unlimited' } }) }
    expect(differencesOf(expected, fieldsOf(some))).toEqual([
      'opsPerSecond.get: wanted 10, found 0.5',
      'opsPerSecond.put: wanted unlimited, found 3600',
    ])
  })

  test('rounding to two decimals is no difference, and a hundredth is one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (perMinute) => {
        const shown = Number((perMinute / 60).toFixed(2))
        expect(differencesOf({ a: perMinute / 60 }, { a: shown })).toEqual([])
        expect(differencesOf({ a: shown }, { a: shown + 0.01 })).toHaveLength(1)
      }),
    )
  })

  test('a field that is missing differs', () => {
    expect(differencesOf({ 'bandwidth.out': 0 }, {})).toHaveLength(1)
  })

  test('removing a group leaves the other one', () => {
    const before = fieldsOf(some)
    expect(removedFields(before, 'opsPerSecond')).toEqual({ ...fieldsOf(none), 'bandwidth.out': 100 })
    expect(removedFields(before, 'bandwidth')).toEqual({ ...before, 'bandwidth.out': 0 })
    expect(removedFields(before, 'all')).toEqual(fieldsOf(none))
  })
})
