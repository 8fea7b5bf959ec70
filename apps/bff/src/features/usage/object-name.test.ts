import { describe, expect, test } from 'vitest'
import { listedObjects, parseName } from './object-name.ts'

const NOW = new Date('2026-11-01T12:00:00Z')
const faultOf = (start: string, period = '1800') =>
  listedObjects([`s3-usage-8000000000000065-${start}-${period}`], NOW)[0]?.fault

describe('the name of a statistics object', () => {
  test('tells service, start and nominal period', () => {
    expect(parseName('s3-usage-800000000000006A-2017-02-01T16:31:54.000Z-1800')).toEqual({
      name: 's3-usage-800000000000006A-2017-02-01T16:31:54.000Z-1800',
      serviceId: '800000000000006a',
      startedAt: new Date('2017-02-01T16:31:54.000Z'),
      nominalSeconds: 1800,
    })
  })

  test.each([
    '',
    's3-usage-',
    's3-usage-65-2017-02-01T16:31:54.000Z-1800',
    'x s3-usage-8000000000000065-2017-02-01T16:31:54Z-1',
  ])('%j is none', (name) => {
    expect(parseName(name)).toBeNull()
  })

  test.each([
    ['1970-01-01T00:00:10.000Z', /1970-01-01/],
    ['2009-12-31T23:59:59Z', /2009-12-31/],
    ['2026-13-01T00:00:00Z', /does not exist/],
    ['2026-02-31T00:00:00Z', /does not exist/],
    ['2026-01-01T25:00:00Z', /does not exist/],
    ['2016-12-31T23:59:60Z', /does not exist/],
    ['9999-12-31T23:59:59Z', /future/],
    ['2026-11-01T13:00:01Z', /future/],
  ])('B46: %s cannot be true', (start, reason) => {
    expect(faultOf(start)).toMatch(reason)
  })

  test('an hour ahead of the gateway is still believed, and so is a month as a period', () => {
    expect(faultOf('2026-11-01T13:00:00Z')).toBeNull()
    expect(faultOf('2026-10-01T13:00:00Z', '2678400')).toBeNull()
    expect(faultOf('2026-10-01T13:00:00Z', '2678401')).toMatch(/2678401 seconds/)
  })
})
