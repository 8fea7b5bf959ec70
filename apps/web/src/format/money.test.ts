import { expect, test } from 'vitest'
import { formatMoney } from './money.ts'

test('an amount keeps every digit, and a minus that is one', () => {
  expect(formatMoney('1234567890123456789.05', 'EUR')).toBe('1,234,567,890,123,456,789.05 EUR')
  expect(formatMoney('-0.01', 'EUR')).toBe('−0.01 EUR')
  expect(formatMoney('1200', 'JPY')).toBe('1,200 JPY')
})
