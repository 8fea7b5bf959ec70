import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keptLog } from '../../../test/log.ts'
import { kindOf, OWN, tokenDesk } from '../../../test/token-desk.ts'
import { ADMIN, CLUSTER } from '../../../test/world.ts'
import { newToken } from './token-text.ts'

const DAY = 86_400_000
const MINUTE = 60_000
const USERS = `${CLUSTER}/users`
const LIST = ['user.list'] as const

let here: Awaited<ReturnType<typeof tokenDesk>>
beforeAll(async () => {
  here = await tokenDesk({ closes: false })
})
afterAll(() => here.close())

describe('a token that is not good', () => {
  test('is refused with what is wrong with it, and the way to say so that HTTP has', async () => {
    const { token, secret } = await here.make([...LIST], { days: 1 })
    const { secret: local } = await here.make([...LIST], { addresses: ['10.0.0.0/8', '2001:db8::/32', '192.0.2.7'] })
    const { secret: gone, token: toRevoke } = await here.make([...LIST])
    const cut = await here.ask(secret.slice(0, -1), 'GET', USERS)
    expect(cut.headers['www-authenticate']).toBe('Bearer error="invalid_token"')
    expect(cut.statusCode).toBe(401)
    expect(kindOf(cut)).toBe('token-malformed')
    expect(kindOf(await here.ask('', 'GET', USERS))).toBe('token-malformed')
    expect(kindOf(await here.ask(newToken(), 'GET', USERS))).toBe('token-unknown')

    const outside = await here.ask(local, 'GET', USERS, { from: '192.0.2.8' })
    expect(kindOf(outside)).toBe('token-elsewhere')
    expect(outside.body).not.toContain('192.0.2.7')
    for (const from of ['10.200.0.1', '::ffff:10.200.0.1', '2001:db8:7::1', '192.0.2.7'])
      expect({ from, status: (await here.ask(local, 'GET', USERS, { from })).statusCode }).toEqual({
        from,
        status: 200,
      })

    await here.admin('DELETE', `${OWN}/${toRevoke.id}`)
    expect(kindOf(await here.ask(gone, 'GET', USERS))).toBe('token-revoked')

    here.pass(DAY - 1)
    expect((await here.ask(secret, 'GET', USERS)).statusCode).toBe(200)
    here.pass(1)
    const late = await here.ask(secret, 'GET', USERS)
    expect(kindOf(late)).toBe('token-expired')
    expect(late.json().detail).toContain(token.expiresAt)
  })

  test('that came in an address is revoked and refused, and stands in no log', async () => {
    const log = keptLog()
    const loud = await tokenDesk({ parts: { logger: log.logger } })
    const { secret } = await loud.make([...LIST], { name: 'leaky' })
    const reply = await loud.app.inject({ url: `${USERS}?search=${secret}`, headers: loud.session() })
    expect(reply.statusCode).toBe(400)
    expect(reply.json().errors).toMatchObject([{ code: 'token_in_url' }])
    expect(kindOf(await loud.ask(secret, 'GET', USERS))).toBe('token-revoked')
    expect(await loud.audited('token.revoke', '(token leaky)')).toMatchObject([{ actor: 'console' }])
    expect(log.text()).toContain('revoked: it came in an address')
    expect(log.text()).not.toContain(secret)
  })

  test('is entered in the audit, once an hour for each kind and address', async () => {
    await here.signIn()
    const { secret, token } = await here.make([...LIST], { name: 'nightly', addresses: ['10.0.0.1'] })
    for (let n = 0; n < 5; n += 1) await here.ask(secret, 'GET', USERS)
    const unknown = newToken()
    for (let n = 0; n < 5; n += 1) await here.ask(unknown, 'GET', USERS)
    expect(await here.audited('token.refused', unknown.slice(0, 10))).toMatchObject([{ actor: 'nobody' }])
    const target = `${ADMIN.email} (token nightly)`
    expect(await here.audited('token.refused', '(token nightly)')).toMatchObject([{ actor: ADMIN.email, target }])
    here.pass(61 * MINUTE)
    await here.signIn()
    await here.ask(secret, 'GET', USERS)
    expect(await here.audited('token.refused', '(token nightly)')).toHaveLength(2)
    expect(await here.own(token.id)).toEqual(token)
  })

  test('has to wait after twenty wrong ones from one address, which hinders no token that was right there', async () => {
    const { secret } = await here.make([...LIST])
    const { secret: fresh } = await here.make([...LIST])
    const from = '198.51.100.1'
    await here.ask(secret, 'GET', USERS, { from })
    for (let n = 0; n < 20; n += 1) await here.ask(n % 2 === 0 ? newToken() : 'ostor_mistyped', 'GET', USERS, { from })
    const refused = await here.ask(newToken(), 'GET', USERS, { from })
    expect(refused.statusCode).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBe(900)
    expect((await here.ask(fresh, 'GET', USERS, { from })).statusCode).toBe(429)
    expect((await here.ask(secret, 'GET', USERS, { from })).statusCode).toBe(200)
    expect((await here.ask(fresh, 'GET', USERS, { from: '10.0.0.9' })).statusCode).toBe(200)
    here.pass(15 * MINUTE + 1)
    expect(kindOf(await here.ask(newToken(), 'GET', USERS, { from }))).toBe('token-unknown')
  })
})
