import { expect, test } from 'vitest'
import { parseSearch, stringifySearch } from './search.ts'

test('every value stays the text it was', () => {
  expect(parseSearch('?page=007&search=%5B1%5D&state=null')).toEqual({ page: '007', search: '[1]', state: 'null' })
})

test('a repeated name counts once, and names of the language are plain names', () => {
  expect(parseSearch('?a=1&a=2')).toEqual({ a: '1' })
  expect(parseSearch('?constructor=x')).toEqual({ constructor: 'x' })
})

test('what is not set leaves no trace in the address', () => {
  expect(stringifySearch({ search: '', page: undefined })).toBe('')
  expect(stringifySearch({ search: 'a b&c', page: 2 })).toBe('?search=a+b%26c&page=2')
})
