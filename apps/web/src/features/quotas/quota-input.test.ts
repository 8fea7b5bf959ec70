import { MAX_QUOTA } from '@ostor-console/shared/quotas'
import { expect, test } from 'vitest'
import { MOST, sizeOf } from './quota-input.ts'

test('a size is a whole number, typed as such', () => {
  expect(sizeOf(' 500 ')).toEqual({ size: 500 })
  for (const text of ['', '1e3', '1,000', '-5', '1.5', 'many']) expect(sizeOf(text)).toHaveProperty('error')
})

test('0 is not taken for unlimited', () => {
  for (const text of ['0', '00']) expect(sizeOf(text)).toEqual({ error: expect.stringContaining('choose "Unlimited"') })
})

test('the largest is that of the contract', () => {
  expect(MOST).toBe(MAX_QUOTA)
  expect(sizeOf(String(MOST))).toEqual({ size: MOST })
  expect(sizeOf(String(MOST + 1))).toHaveProperty('error')
})
