import { createHmac } from 'node:crypto'
import { format, inspect } from 'node:util'
import { expect, test } from 'vitest'
import { Secret } from './secret.ts'

test('a secret shows itself to those who ask for it, and to nobody else', () => {
  const secret = Secret.of('MARKER-of-a-secret')
  const printed = [
    String(secret),
    JSON.stringify({ secret }),
    inspect({ secret }, { depth: 9, showHidden: true }),
    format('%o %s', secret, secret),
  ]
  expect(printed.join()).not.toContain('MARKER')
  expect(String(secret)).toBe('[secret]')
  expect(secret.reveal()).toBe('MARKER-of-a-secret')
  expect(createHmac('sha1', secret.signingKey()).update('x').digest('hex')).toBe(
    createHmac('sha1', 'MARKER-of-a-secret').update('x').digest('hex'),
  )
})
