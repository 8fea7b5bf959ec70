import { expect, test } from 'vitest'
import { csvOf } from './save-file.ts'

test('a secret stands in the file exactly as it is', () => {
  expect(csvOf({ accessKeyId: 'ab"c', secretAccessKey: '+a,b=/' })).toBe(
    '"accessKeyId","secretAccessKey"\r\n"ab""c","+a,b=/"\r\n',
  )
})
