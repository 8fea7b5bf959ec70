import { expect, test } from 'vitest'
import { exactCsvOf } from './save-file.ts'

test('a secret stands in the file exactly as it is', () => {
  expect(exactCsvOf({ accessKeyId: 'ab"c', secretAccessKey: '+a,b=/' })).toBe(
    '"accessKeyId","secretAccessKey"\r\n"ab""c","+a,b=/"\r\n',
  )
})
