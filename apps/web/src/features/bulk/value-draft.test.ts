import { describe, expect, test } from 'vitest'
import { changeFrom } from './value-draft.ts'

describe('the values of a bulk change', () => {
  test('name only what is set, and leave the rest to each user', () => {
    const draft = { get: { what: 'limit', text: '40' }, out: { what: 'unlimited', text: '9' } } as const
    expect(changeFrom('set-limits', draft)).toEqual({
      change: { action: 'set-limits', limits: { opsPerSecond: { get: 40 }, bandwidth: { out: 'unlimited' } } },
    })
    expect(changeFrom('set-limits', {})).toMatchObject({ error: expect.stringContaining('at least one') })
  })

  test.each(['0', '', '1e3', '1,000', '-5', '2.5'])('are refused where they are no whole number: %j', (text) => {
    expect(changeFrom('set-quota', { size: { what: 'limit', text } })).toHaveProperty('error')
    expect(changeFrom('set-limits', { get: { what: 'limit', text } })).toHaveProperty('error')
  })
})
