import type { Session } from '@ostor-console/shared/session'
import { describe, expect, test } from 'vitest'
import { keptLog } from '../../../test/log.ts'
import { withProvider } from '../../../test/oidc-world.ts'
import { ADMIN } from '../../../test/world.ts'
import { adminsOf } from '../../adapters/store/admins.ts'
import { isAnyReady } from './emergency.ts'

const HOUR = 3_600_000

/** People sign in through a provider; only the first admin may do so without it. */
const onlyThrough = async (emergencyAdmins: string[] | null = [ADMIN.email]) => {
  let ahead = 0
  const log = keptLog()
  const built = await withProvider({
    now: () => new Date(Date.now() + ahead),
    emergencyAdmins,
    parts: { logger: log.logger },
  })
  const { store, admin } = built
  const local = { email: 'local@example.com', password: ADMIN.password }
  const { passwordHash } = (await adminsOf(store).findByEmail(ADMIN.email)) ?? { passwordHash: null }
  await adminsOf(store).create({ email: local.email, role: 'admin', passwordHash })
  return {
    ...built,
    log,
    local,
    later: (ms: number) => {
      ahead += ms
    },
    session: async () => (await admin('GET', '/api/v1/session')).json<Session>(),
    entered: async () => {
      const rows = await store.db.selectFrom('audit').selectAll().orderBy('seq').execute()
      return rows.map(({ actor, action, outcome }) => `${actor} ${action} ${outcome}`)
    },
  }
}

describe('where everybody signs in through the provider', () => {
  test('a right password of anybody else is refused, and a wrong one says no more than elsewhere', async () => {
    const { local, signIn, session, entered } = await onlyThrough()
    const refused = await signIn(local)
    expect(refused.statusCode).toBe(403)
    expect(refused.json()).toMatchObject({ type: '/problems/local-sign-in-off' })
    expect(refused.cookies).toEqual([])
    expect((await signIn({ ...local, password: 'not the password' })).json().type).toBe('/problems/sign-in-failed')
    expect(await session()).toMatchObject({ state: 'signed-out', sso: { isOnlyWay: true }, emergency: null })
    expect(await entered()).toEqual([
      'local@example.com session.refused refused',
      'local@example.com session.refused refused',
    ])
  })

  test('an emergency admin comes in, and everybody who may read the audit is told for a day', async () => {
    const { signIn, session, sso, sessionOf, entered, log, later } = await onlyThrough()
    expect((await signIn()).statusCode).toBe(200)
    const told = { emergency: { email: ADMIN.email, address: '127.0.0.1' } }
    expect(await session()).toMatchObject(told)
    expect(await entered()).toEqual([`${ADMIN.email} session.sign-in done`, `${ADMIN.email} session.emergency done`])
    expect(log.text()).toContain('emergency-sign-in')
    expect(await sessionOf(await sso('ada'))).toMatchObject({ signedInBy: 'single-sign-on', ...told })
    later(25 * HOUR)
    expect(await sessionOf(await sso('ada'))).toMatchObject({ emergency: null })
  })

  test('nobody is invited but who could come in', async () => {
    const { signIn, admin } = await onlyThrough()
    await signIn()
    const invite = (email: string) => admin('POST', '/api/v1/admins', { email, role: 'viewer' })
    expect((await invite('new@example.com')).json()).toMatchObject({ type: '/problems/local-sign-in-off' })
  })
})

test('where both ways are open, a sign-in with a password is no alarm', async () => {
  const { local, signIn, session, entered } = await onlyThrough(null)
  expect((await signIn(local)).statusCode).toBe(200)
  expect(await session()).toMatchObject({ sso: { isOnlyWay: false }, emergency: null })
  expect(await entered()).toEqual(['local@example.com session.sign-in done'])
})

test('an emergency admin is one who could come in on the day itself', () => {
  const ana = {
    email: 'Ana@example.com',
    role: 'admin' as const,
    disabledAt: null,
    bySingleSignOn: false,
    passwordHash: 'hash',
    passkeys: 0,
  }
  const isReady = (change: Partial<typeof ana> | object) => isAnyReady(['ana@example.com'], [{ ...ana, ...change }])
  expect(isReady({})).toBe(true)
  expect(isReady({ passwordHash: null, passkeys: 1 })).toBe(true)
  const unready = [
    { email: 'b@example.com' },
    { role: 'operator' },
    { disabledAt: new Date() },
    { bySingleSignOn: true },
    { passwordHash: null },
  ]
  expect(unready.filter(isReady)).toEqual([])
})
