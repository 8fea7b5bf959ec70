import { expect, test } from 'vitest'
import { faultOfCounters } from './plausible.ts'

const row = {
  bucket: 'photos',
  epoch: 0n,
  userId: 'b81d6c5f895a8c86',
  tag: '',
  putOps: 0n,
  getOps: 0n,
  listOps: 0n,
  otherOps: 0n,
  uploadedBytes: 0n,
  downloadedBytes: 0n,
}

test('a counter of up to 2^63 - 1 is believed, one more is not, and neither is one below zero', () => {
  expect(faultOfCounters([row, { ...row, uploadedBytes: 2n ** 63n - 1n }])).toBeNull()
  expect(faultOfCounters([row, { ...row, uploadedBytes: 2n ** 63n }])).toContain('too large: 9223372036854775808')
  expect(faultOfCounters([row, { ...row, getOps: -1n }])).toContain('getOps of the bucket "photos" is negative: -1')
  expect(faultOfCounters([{ ...row, epoch: 2n ** 63n }])).toContain('epoch')
})
