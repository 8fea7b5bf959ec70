import { expect, test } from 'vitest'
import { auditSearch, filterOf } from './audit.search.ts'

test('what makes no sense in the address is left out', () => {
  const good = { search: '100%', actor: 'ana', action: 'user.*', outcome: 'not-done', userId: 'u1', from: '2026-11-01' }
  expect(auditSearch({ ...good, to: 'soon', bucket: '', page: '2' })).toEqual(good)
  expect(auditSearch({ action: 'user.fly', outcome: 'fine', from: '2026-99-01', search: 5 })).toEqual({})
  expect(auditSearch({ search: 'x'.repeat(300) }).search).toHaveLength(254)
})

test('the last day is inside', () => {
  expect(filterOf({ from: '2026-11-01', to: '2026-11-01', search: 'x' })).toEqual({
    search: 'x',
    from: '2026-11-01T00:00:00.000Z',
    to: '2026-11-02T00:00:00.000Z',
  })
})
