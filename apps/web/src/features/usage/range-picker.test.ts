import { expect, test } from 'vitest'
import { labelOf } from './range-picker.tsx'

test('the button names the days that were chosen, the last one included', () => {
  expect(labelOf({ from: '2026-11-01', to: '2026-11-03' })).toBe('1 Nov 2026 – 3 Nov 2026')
})

test('the button names the stretch that was drawn over a chart, and no day more', () => {
  expect(labelOf({ from: '2026-11-01T14:00Z', to: '2026-11-01T20:00Z' })).toBe('1 Nov 2026, 14:00 – 20:00 UTC')
})
