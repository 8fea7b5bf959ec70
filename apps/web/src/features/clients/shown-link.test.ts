import type { ClientLink } from '@ostor-console/shared/clients'
import { expect, test } from 'vitest'
import { shownLink } from './shown-link.ts'

const link = (cluster: string, userId: string): ClientLink => ({
  cluster,
  userId,
  email: null,
  linkedEmail: 'ana@customer.example',
  linkedAt: '2026-11-01T00:00:00.000Z',
  linkedBy: 'admin@example.com',
})

test('the user that is shown is the one of the cluster that the address names', () => {
  const [vienna, graz, other] = [link('vienna', 'a'), link('graz', 'a'), link('graz', 'b')]
  const links = [vienna, graz, other]
  expect(shownLink(links, { user: 'a', of: 'graz' })).toBe(graz)
  expect(shownLink(links, { user: 'a', of: 'vienna' })).toBe(vienna)
  expect(shownLink(links, { user: 'b' })).toBe(other)
  expect(shownLink(links, { user: 'gone', of: 'graz' })).toBe(vienna)
  expect(shownLink([], {})).toBeUndefined()
})
