import { expect, test } from 'vitest'
import { NewPassword } from './session.ts'

const SIXTY_FOUR = 'a'.repeat(64)

test.each([SIXTY_FOUR, 'a'.repeat(128), 'only small letters', '               ', 'кто знает пароль', '🪣'.repeat(15)])(
  'a password may be %j, whatever its letters, and is kept as it was typed',
  (password) => {
    expect(NewPassword.parse(password)).toBe(password)
  },
)

test.each(['', 'Abc123!xyz', 'a'.repeat(14), 'a'.repeat(129)])(
  'a password of another length than 15 to 128 is none: %j',
  (password) => {
    expect(NewPassword.safeParse(password).success).toBe(false)
  },
)
