import { MAX_BANDWIDTH, NewBandwidthLimit, NewOpsLimit } from '@ostor-console/shared/limits'
import { expect, test } from 'vitest'
import { refusedBecause } from './limit-refusal.ts'

const SCHEMAS = [
  { group: 'opsPerSecond', schema: NewOpsLimit },
  { group: 'bandwidth', schema: NewBandwidthLimit },
] as const

test.each([0, 1.5, -1, MAX_BANDWIDTH + 1, Number.POSITIVE_INFINITY])(
  'what the page says of %j is what the contract says',
  (limit) => {
    for (const { group, schema } of SCHEMAS)
      expect(refusedBecause({ group }, limit)).toBe(schema.safeParse(limit).error?.issues[0]?.message)
  },
)

test('what the contract takes is not refused', () => {
  for (const limit of [1, 'unlimited'] as const) expect(refusedBecause({ group: 'bandwidth' }, limit)).toBeNull()
})
