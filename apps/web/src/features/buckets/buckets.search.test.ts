import { expect, test } from 'vitest'
import { bucketsSearch } from './buckets.search.ts'

test('what an address cannot mean, and what is the default, is left out', () => {
  expect(bucketsSearch({ search: '', sort: 'colour', page: '0', pageSize: '7' })).toEqual({})
  expect(bucketsSearch({ page: '1', pageSize: '50' })).toEqual({})
})

test('a state of the list survives in the address', () => {
  const search = { search: 'logs', sort: '-name', page: '3', pageSize: '100' } as const
  expect(bucketsSearch({ ...search, range: '7d' })).toEqual(search)
})
