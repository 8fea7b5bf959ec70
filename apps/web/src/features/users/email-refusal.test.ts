import { NewUserEmail } from '@ostor-console/shared/email'
import { expect, test } from 'vitest'
import { refusedBecause } from './email-refusal.ts'

test.each(['', '  ', ' a@x.com', 'a@пример.рф', 'a&b@x.com', `${'a'.repeat(260)}@x.com`, 'a@b'])(
  'what the page says of %j is what the contract says',
  (email) => {
    expect(refusedBecause(email)).toBe(NewUserEmail.safeParse(email).error?.issues[0]?.message)
  },
)

test('what the contract takes is not refused', () => {
  expect(refusedBecause('name@example.com')).toBeNull()
})
