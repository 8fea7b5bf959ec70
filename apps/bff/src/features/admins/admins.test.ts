import { describe, expect, test } from 'vitest'
import { testClock } from '../../../test/test-clock.ts'
import { ADMIN, CLUSTER, world } from '../../../test/world.ts'
import type { Store } from '../../adapters/store/store.ts'

const DAY = 86_400_000
const PEOPLE = '/api/v1/admins'
const JOIN = '/api/v1/join'
const OWN = '/api/v1/session/all'
const PASSWORD = 'a long enough password'

const invited = async (role = 'operator') => {
  const { now, later } = testClock(Date.now())
  const here = await world({ now })
  const reply = (await here.admin('POST', PEOPLE, { email: 'Ana@example.com', role })).json()
  const join = (code = reply.code) => {
    here.inOtherBrowser()
    return here.admin('POST', JOIN, { code, password: PASSWORD })
  }
  const signIn = (...who: Parameters<typeof here.signIn>) => {
    here.inOtherBrowser()
    return here.signIn(...who)
  }
  return { ...here, ...reply, join, signIn, later }
}

const sessionsOf = async ({ db }: Store, email: string) => {
  const rows = await db.selectFrom('sessions').selectAll().where('ended_at', 'is', null).execute()
  return rows.filter(({ data }) => data.includes(email))
}

describe('somebody who is invited', () => {
  test('chooses a password by the link, once, and is who they were invited as', async () => {
    const { admin, join, person, store, code } = await invited()
    expect(person).toMatchObject({ email: 'Ana@example.com', role: 'operator', state: 'invited', sessions: 0 })
    expect(JSON.stringify(await store.db.selectFrom('admin_links').selectAll().execute())).not.toContain(code)
    expect((await join()).json()).toMatchObject({ admin: { email: 'Ana@example.com', role: 'operator' } })
    expect((await join()).json()).toMatchObject({ type: '/problems/link-wrong', status: 403 })
    expect((await admin('POST', '/api/v1/session', { email: 'ana@example.com', password: PASSWORD })).statusCode).toBe(
      200,
    )
  })

  test('has a day for it', async () => {
    const { join, later } = await invited()
    later(DAY)
    expect((await join()).json().type).toBe('/problems/link-wrong')
  })

  test('cannot sign in before, with no password at all', async () => {
    const { admin } = await invited()
    for (const password of ['x', ' ', '-'])
      expect((await admin('POST', '/api/v1/session', { email: 'ana@example.com', password })).statusCode).toBe(401)
  })

  test('exists once', async () => {
    const { admin } = await invited()
    const again = await admin('POST', PEOPLE, { email: 'ANA@example.com', role: 'viewer' })
    expect(again.json()).toMatchObject({ type: '/problems/admin-exists', status: 409 })
  })

  test('is refused without a role that there is', async () => {
    const { admin } = await invited()
    const reply = await admin('POST', PEOPLE, { email: 'b@example.com', role: 'root' })
    expect(reply.json().errors).toMatchObject([{ pointer: '/body/role' }])
  })
})

describe('a person', () => {
  test('loses their sessions with their role, and comes back with the new one', async () => {
    const { app, session, join, signIn, admin, person } = await invited()
    await join()
    const theirs = session()
    expect((await app.inject({ url: CLUSTER.replace('/demo', ''), headers: theirs })).statusCode).toBe(200)
    await signIn()
    expect((await admin('PUT', `${PEOPLE}/${person.id}/role`, { role: 'viewer' })).json()).toMatchObject({
      role: 'viewer',
    })
    expect((await app.inject({ url: '/api/v1/clusters', headers: theirs })).statusCode).toBe(401)
    const back = await signIn({ email: 'ana@example.com', password: PASSWORD })
    expect(back.json().admin.role).toBe('viewer')
  })

  test('who is disabled is out at once, and can be let in again', async () => {
    const { join, signIn, admin, person } = await invited()
    await join()
    await signIn()
    const set = (enabled: boolean) => admin('PUT', `${PEOPLE}/${person.id}/state`, { enabled })
    expect((await set(false)).json()).toMatchObject({ state: 'disabled', sessions: 0 })
    expect((await signIn({ email: 'ana@example.com', password: PASSWORD })).statusCode).toBe(401)
    await signIn()
    expect((await set(true)).json()).toMatchObject({ state: 'active' })
    expect((await signIn({ email: 'ana@example.com', password: PASSWORD })).statusCode).toBe(200)
  })

  test('whose password is reset cannot use the old one, and the link before is worth nothing', async () => {
    const { join, signIn, admin, person, code } = await invited()
    const reset = (await admin('POST', `${PEOPLE}/${person.id}/link`, {})).json()
    expect((await join()).json().type).toBe('/problems/link-wrong')
    expect(code).not.toBe(reset.code)
    expect((await join(reset.code)).statusCode).toBe(200)
    await signIn()
    await admin('POST', `${PEOPLE}/${person.id}/link`, {})
    expect((await signIn({ email: 'ana@example.com', password: PASSWORD })).statusCode).toBe(401)
  })

  test.each([
    ['PUT', 'role', { role: 'viewer' }],
    ['PUT', 'state', { enabled: false }],
    ['POST', 'link', {}],
  ] as const)('who is the last admin stays one: %s %s', async (method, what, body) => {
    const { admin, person } = await invited('admin')
    const { items } = (await admin('GET', PEOPLE)).json()
    const [last] = items
    expect(last.email).toBe(ADMIN.email)
    expect((await admin(method, `${PEOPLE}/${last.id}/${what}`, body)).json().type).toBe('/problems/last-admin')
    expect((await admin('GET', PEOPLE)).json().items).toEqual(items)
    // Nobody is locked out by the one who never chose a password.
    expect((await admin(method, `${PEOPLE}/${person.id}/${what}`, body)).statusCode).toBeLessThan(300)
  })

  test('is signed out everywhere by who may, and stays who they are', async () => {
    const { app, admin, signIn, session, join, person } = await invited()
    await join()
    const theirs = session()
    await signIn()
    expect((await admin('DELETE', `${PEOPLE}/${person.id}/sessions`, {})).statusCode).toBeLessThan(300)
    expect((await app.inject({ url: '/api/v1/clusters', headers: theirs })).statusCode).toBe(401)
    expect((await signIn({ email: 'Ana@example.com', password: PASSWORD })).statusCode).toBe(200)
  })

  test('who is nobody is not found', async () => {
    const { admin } = await world()
    for (const [method, what, body] of [
      ['PUT', 'role', { role: 'viewer' }],
      ['PUT', 'state', { enabled: true }],
      ['POST', 'link', {}],
      ['DELETE', 'sessions', {}],
    ] as const)
      expect((await admin(method, `${PEOPLE}/nobody/${what}`, body)).json().type).toBe('/problems/admin-not-found')
  })
})

describe('own sessions', () => {
  test('are listed with where they are, and can be ended one by one or all but this', async () => {
    const { app, admin, signIn, inOtherBrowser, session } = await world()
    const browsers = [session()]
    for (let others = 0; others < 2; others += 1) {
      inOtherBrowser()
      await signIn()
      browsers.push(session())
    }
    const stillIn = async () => {
      const replies = await Promise.all(browsers.map((headers) => app.inject({ url: OWN, headers })))
      return replies.map(({ statusCode }) => statusCode)
    }
    const { items } = (await admin('GET', OWN)).json()
    expect(items).toHaveLength(3)
    expect(items.filter(({ isThis }: { isThis: boolean }) => isThis)).toMatchObject([{ address: '127.0.0.1' }])
    const other = items.find(({ isThis }: { isThis: boolean }) => !isThis)
    expect((await admin('DELETE', `${OWN}/${other.id}`, {})).json().items).toHaveLength(2)
    expect((await stillIn()).filter((status) => status === 200)).toHaveLength(2)
    expect((await admin('DELETE', OWN, {})).json().items).toHaveLength(1)
    expect(await stillIn()).toEqual([401, 401, 200])
  })

  test('of somebody else cannot be ended by their id', async () => {
    const { app, session, join, signIn, admin, store } = await invited()
    await join()
    const theirs = session()
    const [row] = await sessionsOf(store, 'Ana@example.com')
    await signIn()
    const reply = await admin('DELETE', `${OWN}/${row?.id_hash}`, {})
    expect(reply.json().type).toBe('/problems/session-not-found')
    expect((await app.inject({ url: '/api/v1/clusters', headers: theirs })).statusCode).toBe(200)
  })
})
