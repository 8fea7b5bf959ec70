import { expect, test } from 'vitest'
import { usersSearch } from './users.search.ts'

test('what the address says is kept', () => {
  const search = { search: 'ana', state: 'disabled', sort: '-storedBytes', page: '3', pageSize: '500' }
  expect(usersSearch(search)).toEqual(search)
})

test('defaults stay out of the address', () => {
  expect(usersSearch({ search: '', page: '1', pageSize: '50', state: 'all' })).toEqual({})
})

test.each([
  { page: '0' },
  { page: '-1' },
  { page: '1e3' },
  { page: ' 2' },
  { pageSize: '49' },
  { sort: 'password' },
  { state: '1' },
])('what cannot be meant is dropped: %j', (search) => {
  expect(usersSearch(search)).toEqual({})
})

test('a search longer than the server takes is cut', () => {
  expect(usersSearch({ search: 'x'.repeat(300) }).search).toHaveLength(254)
})
