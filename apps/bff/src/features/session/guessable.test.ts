import { NewPassword } from '@ostor-console/shared/session'
import { dictionary } from '@zxcvbn-ts/language-common'
import { describe, expect, test } from 'vitest'
import { ADMIN, world } from '../../../test/world.ts'
import { isGuessable } from './guessable.ts'

const EMAIL = 'ana.novak@example.com'

describe('a password', () => {
  test('that is common, a row of keys, or repeats itself is guessed first', () => {
    const weak = [
      '123456789012345',
      'passwordpassword',
      'qwertyuiopasdfgh',
      'aaaaaaaaaaaaaaa',
      'Password123456!',
      'novaknovaknovak',
    ]
    expect(weak.filter((password) => !isGuessable(password, EMAIL))).toEqual([])
    const strong = [ADMIN.password, 'my dog ate the homework', 'kq0vZp1x9Lw3TnB']
    expect(strong.filter((password) => isGuessable(password, EMAIL))).toEqual([])
  })

  test('of those that people use most is guessed first, when it is long enough at all', () => {
    const common = Object.values(dictionary)
      .flat()
      .slice(0, 60_000)
      .filter((word) => NewPassword.safeParse(word).success)
    expect(common.length).toBeGreaterThan(5)
    expect(common.filter((password) => !isGuessable(password, EMAIL))).toEqual([])
  })

  test('that is guessed first is not taken, wherever one is chosen, and what was there stays', async () => {
    const { admin } = await world()
    const weak = 'passwordpassword'
    const changed = await admin('PUT', '/api/v1/account/password', { password: ADMIN.password, newPassword: weak })
    expect(changed.json()).toMatchObject({
      type: '/problems/request-invalid',
      errors: [{ pointer: '/body/newPassword', code: 'guessable' }],
    })
    const invited = (await admin('POST', '/api/v1/admins', { email: EMAIL, role: 'viewer' })).json()
    const join = (password: string) => admin('POST', '/api/v1/join', { code: invited.code, password })
    expect((await join(weak)).json()).toMatchObject({ errors: [{ pointer: '/body/password', code: 'guessable' }] })
    // The link is not used up by it.
    expect((await join('my dog ate the homework')).statusCode).toBe(200)
  })
})
