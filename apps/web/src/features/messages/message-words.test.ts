import { expect, test } from 'vitest'
import { textOf } from './message-words.ts'

const MARKER = '[ostor-dash:k:01JD3Z9W6X8Q4T2V7N5M0B1C2D]'

test('people read a message without its marker, and all else as it will stand at WHMCS', () => {
  expect(textOf({ text: `S3 access key created.\nAccess key ID: a [b]\n${MARKER}`, marker: MARKER })).toBe(
    'S3 access key created.\nAccess key ID: a [b]',
  )
  expect(textOf({ text: 'Set the usage', marker: null })).toBe('Set the usage')
})
