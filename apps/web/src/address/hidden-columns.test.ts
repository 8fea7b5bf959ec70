import { expect, test } from 'vitest'
import { hideOf, shownColumns, withColumn } from './hidden-columns.ts'

const COLUMNS = [{ id: 'email' }, { id: 'id', wide: true }, { id: 'state', wide: true }]
const shown = (hide?: string) => shownColumns(COLUMNS, hide).map(({ id }) => id)

test('the address names the columns that are not shown; those that a list needs stay', () => {
  expect(shown()).toEqual(['email', 'id', 'state'])
  expect(shown('id')).toEqual(['email', 'state'])
  expect(shown('state.id.email.unheard')).toEqual(['email'])
})

test('a column is hidden and shown again, and all shown is no word in the address', () => {
  const once = withColumn(undefined, 'id', false)
  expect(once).toBe('id')
  expect(withColumn(once, 'state', false)).toBe('id.state')
  expect(withColumn('id.state', 'id', true)).toBe('state')
  expect(withColumn('id', 'id', true)).toBeUndefined()
})

test.each(['', '.', 'id.', 'id,state', '<b>', 'x'.repeat(40)])('%j names no columns', (hide) => {
  expect(hideOf({ hide })).toEqual({})
})
