import { expect, test } from 'vitest'
import { gapsRoutes } from './gaps.ts'

const decision = (note: string) => ({
  from: '2026-11-03T00:00:00Z',
  to: '2026-11-03T01:00:00Z',
  serviceId: '8000000000000065',
  decision: 'accept',
  note,
})

test('B12: a note is kept with composed letters, however it was typed', () => {
  const { note } = gapsRoutes.decide.schema.body.parse(decision('moved to Ko\u0308ln'))
  expect(note).toBe('moved to K\u00f6ln')
})
