import type { BillLine } from '@ostor-console/shared/bills'
import { expect, test } from 'vitest'
import { togetherText } from './billing-words.ts'

const line = (amount: string | null, coverage: BillLine['coverage'] = 'complete'): BillLine => ({
  lineNo: 1,
  kind: 'usage',
  ofMonth: '2026-11',
  metric: 'storage',
  planId: 'plan',
  planName: 'Standard',
  coverage,
  count: amount === null ? null : '1',
  per: '1',
  unit: 'GB-month',
  included: 0,
  parts: [],
  currency: 'EUR',
  amount,
})

const together = (amount: string | null, lines: BillLine[]) =>
  togetherText({ sums: [{ currency: 'EUR', amount }], lines })

test('a bill says what it comes to, "at least" where not all is known, and nothing where nothing is', () => {
  expect(together('1.00', [line('1.00')])).toBe('Together 1.00 EUR')
  expect(together('1.00', [line('1.00', 'partial')])).toBe('Together at least 1.00 EUR')
  expect(together('1.00', [line('1.00'), line(null, 'unknown')])).toBe('Together at least 1.00 EUR')
  expect(together(null, [line(null, 'unknown')])).toBe('Together not known')
})
