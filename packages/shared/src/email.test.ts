import { describe, expect, test } from 'vitest'
import { NewUserEmail } from './email.ts'

const codeOf = (email: string): string | undefined => {
  const issue = NewUserEmail.safeParse(email).error?.issues[0]
  return issue?.code === 'custom' ? String(issue.params?.['code']) : undefined
}

const long = (local: number, total: number) => {
  const domain = `${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(60)}.com`
  return `${'a'.repeat(local)}@${domain}`.padEnd(total, 'x')
}

// The rows are reliability-security §4.A.
describe('the e-mail of a new user', () => {
  test.each(['', '   '])('B1: %j is asked for', (email) => {
    expect(codeOf(email)).toBe('email_required')
  })

  test.each([
    'a@b',
    'user@example',
    'user@[127.0.0.1]',
    '"a b"@example.com',
    'a..b@x.com',
    '.a@x.com',
    'a@-b.com',
    'user@example.com ',
    ' user@example.com',
    'user@example.com\n',
    'a@x.com,b@x.com',
    'a@x.com;b@x.com',
    `${'a'.repeat(65)}@x.com`,
    `a@${'d'.repeat(64)}.com`,
    '@SUM@x.com',
  ])('B2, B3, B7, B11: %j is not an address', (email) => {
    expect(codeOf(email)).toBe('email_invalid')
  })

  test.each([
    'a&disable@example.com',
    'a#b@example.com',
    'a%00@example.com',
    'a?genKey@x.com',
    '=cmd|calc@example.com',
    'a\u0000b@example.com',
    'a\tb@example.com',
  ])('B3, B4, B5: %j cannot travel in a URL', (email) => {
    expect(codeOf(email)).toBe('email_unsupported_character')
  })

  test.each(['uѕer@example.com', 'user@пример.рф', 'ｕser@example.com', 'user@exam\u202eple.com', 'us\u200der@x.com'])(
    'B9, B10: %j is not ASCII',
    (email) => {
      expect(codeOf(email)).toBe('email_ascii_only')
    },
  )

  test('B7: 254 characters are the most', () => {
    expect(codeOf(long(64, 254))).toBeUndefined()
    expect(codeOf(`${long(64, 254)}y`)).toBe('email_too_long')
  })

  test.each(['user@example.com', '+1@x.com', '-1@x.com', "o'brien@example.com", 'a/b@example.com', 'a`b@x.com'])(
    'B5, B6: %j is allowed',
    (email) => {
      expect(NewUserEmail.parse(email)).toBe(email)
    },
  )
})
