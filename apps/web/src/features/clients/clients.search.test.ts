import { expect, test } from 'vitest'
import { clientsSearch } from './clients.search.ts'

test('what the address says is kept', () => {
  const search = { search: 'anna', status: 'closed', page: '3' }
  expect(clientsSearch(search)).toEqual(search)
})

test('defaults, and what cannot be meant, stay out of the address', () => {
  for (const search of [{ search: '', page: '1', status: 'all' }, { page: '0' }, { page: '1e3' }, { status: '1' }])
    expect(clientsSearch(search)).toEqual({})
})
