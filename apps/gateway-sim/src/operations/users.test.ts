import { afterEach, describe, expect, test } from 'vitest'
import { ask, read } from '../../test/client.ts'
import type { SimulatorOptions } from '../options.ts'
import { type Simulator, startSimulator } from '../simulator.ts'

const open: Simulator[] = []
const start = async (options: SimulatorOptions = {}) => {
  const simulator = await startSimulator({ users: 4, buckets: 0, days: 0, ...options })
  open.push(simulator)
  return simulator
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((simulator) => simulator.close()))
})

const codeOf = (text: string) => /<Code>(.*)<\/Code>/.exec(text)?.[1]

describe('the list of users', () => {
  test('is wrapped, holds no secrets, and has the system user in it', async () => {
    const simulator = await start()
    const { Users } = await read(simulator, 'ostor-users')
    expect(Users).toHaveLength(5)
    expect(Users[0]).toMatchObject({ UserId: simulator.accessKeyId.slice(0, 16), Flags: ['system'], State: 'enabled' })
    expect(Object.keys(Users[1])).toEqual(['UserEmail', 'UserId', 'State', 'OwnerId', 'Flags'])
  })

  test.each([
    ['bare', (body: unknown) => Array.isArray(body)],
    ['lowercase', (body: { users?: unknown }) => Array.isArray(body.users)],
  ] as const)('is %s on request', async (listShape, isSo) => {
    expect(isSo(await read(await start({ listShape }), 'ostor-users'))).toBe(true)
  })

  test('holds secrets in version 2.0, and neither State in one user nor Flags in any', async () => {
    const simulator = await start({ version: '2.0' })
    const list = await read(simulator, 'ostor-users')
    expect(list[1].AWSAccessKeys[0].AWSSecretAccessKey).toHaveLength(40)
    const user = await read(simulator, `ostor-users&id=${list[1].UserId}`)
    expect(Object.keys(user)).toEqual(['UserEmail', 'UserId', 'AWSAccessKeys'])
  })

  test('is what a selector without a value answers, in each of its forms', async () => {
    const simulator = await start()
    for (const empty of ['&emailAddress', '&emailAddress=', '&id=']) {
      expect((await read(simulator, `ostor-users${empty}`)).Users).toHaveLength(5)
    }
  })

  test('has the sum of the sizes of the buckets with space, past 2^53 exactly', async () => {
    const simulator = await start({ buckets: 9, hugeBuckets: 9 })
    simulator.control.clock.freeze()
    const { text } = await ask(simulator, 'GET', 'ostor-users&space')
    for (const { id } of simulator.control.oracle.users()) {
      const sizes = simulator.control.oracle.buckets(id).map((name) => simulator.control.oracle.size(name))
      const integral = sizes.reduce((sum, size) => sum + (size?.integral ?? 0n), 0n)
      const current = sizes.reduce((sum, size) => sum + (size?.current ?? 0), 0)
      const stat = new RegExp(`"UserId":"${id}".*?"SizeCurr":(\\d+),.*?"SizeHInt":(\\d+)`).exec(text)
      expect([stat?.[1], stat?.[2]]).toEqual([String(current), String(integral)])
    }
  })

  test('has no sizes before 6.2, which does not know the flag', async () => {
    expect((await ask(await start({ version: '5.4' }), 'GET', 'ostor-users&space')).text).not.toContain('SpaceStat')
  })
})

describe('one user', () => {
  test('is found by e-mail, raw or encoded, and by id, with true secrets each time', async () => {
    const simulator = await start({ accountUsers: 4, twoKeyUsers: 4 })
    const [, user] = simulator.control.oracle.users()
    const email = user?.email ?? ''
    for (const selector of [`emailAddress=${email}`, `emailAddress=${encodeURIComponent(email)}`, `id=${user?.id}`]) {
      const body = await read(simulator, `ostor-users&${selector}`)
      expect(body.UserId).toBe(user?.id)
      expect(body.AWSAccessKeys).toEqual(
        user?.keys.map(({ id, secret }) => ({ AWSAccessKeyId: id, AWSSecretAccessKey: secret })),
      )
      expect(body.AccountCount).toBe(String(user?.accounts.length))
      expect(body.Accounts.map(({ Name }: { Name: string }) => Name)).toEqual(user?.accounts.map(({ name }) => name))
    }
  })

  test.each(['emailAddress=nobody@example.org', 'id=0123456789abcdef', 'id=nonsense'])(
    'is 404 for %s',
    async (selector) => {
      expect((await ask(await start(), 'GET', `ostor-users&${selector}`)).status).toBe(404)
    },
  )

  test('is 400 for two selectors, or for one and space', async () => {
    const simulator = await start()
    expect((await ask(simulator, 'GET', 'ostor-users&emailAddress=a&id=b')).status).toBe(400)
    expect((await ask(simulator, 'GET', 'ostor-users&id=b&space')).status).toBe(400)
    expect((await ask(simulator, 'GET', 'ostor-users&id=b&id=c')).status).toBe(400)
  })

  test('of a shared e-mail is the first of the list', async () => {
    const simulator = await start({ duplicateEmails: 1 })
    const emails = simulator.control.oracle.users().map(({ email }) => email)
    const shared = emails.find((email, at) => emails.indexOf(email) !== at) ?? ''
    const first = simulator.control.oracle.users()[emails.indexOf(shared)]
    expect((await read(simulator, `ostor-users&emailAddress=${shared}`)).UserId).toBe(first?.id)
  })
})

describe('creating a user', () => {
  test('gives one pair whose id starts with the user id, and no State', async () => {
    const simulator = await start()
    const { status, text } = await ask(simulator, 'PUT', 'ostor-users&emailAddress=new%2Bone%40example.org')
    const body = JSON.parse(text)
    expect(status).toBe(200)
    expect(Object.keys(body)).toEqual(['UserEmail', 'UserId', 'AWSAccessKeys'])
    expect(body.UserEmail).toBe('new+one@example.org')
    expect(body.AWSAccessKeys[0].AWSAccessKeyId).toMatch(new RegExp(`^${body.UserId}[A-Z0-9]{4}$`))
    expect(simulator.control.oracle.user(body.UserId)?.state).toBe('enabled')
    expect((await read(simulator, 'ostor-users')).Users.at(-1).UserId).toBe(body.UserId)
  })

  test.each([
    ['conflict', 409, 5],
    ['second', 200, 6],
    ['same', 200, 5],
  ] as const)('whose e-mail exists: %s', async (createDuplicate, status, users) => {
    const simulator = await start({ createDuplicate })
    const email = simulator.control.oracle.users()[1]?.email
    expect((await ask(simulator, 'PUT', `ostor-users&emailAddress=${email}`)).status).toBe(status)
    expect(simulator.control.oracle.users()).toHaveLength(users)
  })

  test('without an e-mail is 400', async () => {
    expect((await ask(await start(), 'PUT', 'ostor-users&emailAddress=')).status).toBe(400)
  })
})

describe('deleting a user', () => {
  test('answers 204 with the content type of XML and no body, and the user is gone', async () => {
    const simulator = await start()
    const id = simulator.control.oracle.users()[1]?.id ?? ''
    const reply = await ask(simulator, 'DELETE', `ostor-users&id=${id}`)
    expect([reply.status, reply.text, reply.headers['content-type']]).toEqual([204, '', 'application/xml'])
    expect((await ask(simulator, 'GET', `ostor-users&id=${id}`)).status).toBe(404)
    expect(simulator.control.oracle.user(id)).toBeUndefined()
  })

  test('who owns a bucket is 409, and the user stays', async () => {
    const simulator = await start()
    const { id } = simulator.control.users.create({ email: 'owner@example.org' })
    simulator.control.buckets.create({ name: 'kept', owner: id })
    const reply = await ask(simulator, 'DELETE', 'ostor-users&emailAddress=owner@example.org')
    expect([reply.status, codeOf(reply.text)]).toEqual([409, 'UserOwnsBuckets'])
    simulator.control.buckets.remove('kept')
    expect((await ask(simulator, 'DELETE', `ostor-users&id=${id}`)).status).toBe(204)
  })

  test('answers 203 on request, and 400 without a selector', async () => {
    const simulator = await start({ deleteUserStatus: '203', emptyContentType: 'none' })
    const reply = await ask(simulator, 'DELETE', `ostor-users&id=${simulator.control.oracle.users()[1]?.id}`)
    expect([reply.status, reply.headers['content-type']]).toEqual([203, undefined])
    expect((await ask(simulator, 'DELETE', 'ostor-users&emailAddress=')).status).toBe(400)
    expect(simulator.control.oracle.users()).toHaveLength(4)
  })
})
