import { AUDIT_FIELDS } from '@ostor-console/shared/audit-fields'
import { expect, test } from 'vitest'
import { fieldWords } from './field-words.ts'

test('no two fields are called the same, and one of an older console is not given a name', () => {
  const words = AUDIT_FIELDS.map(fieldWords)
  expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([])
  expect(fieldWords('opsPerSecond.get')).toBe('GET per second')
  expect(fieldWords('oldPart.keyIds')).toBeNull()
})
