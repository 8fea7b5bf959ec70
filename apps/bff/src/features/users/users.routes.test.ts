import type { UserDetail, UserPage } from '@ostor-console/shared/users'
import { describe, expect, test } from 'vitest'
import { desk } from '../../../test/desk.ts'

describe('the users page', () => {
  test('shows every user with size, buckets and protection, and sums them up', async () => {
    const { ask, oracle, user } = await desk({ users: 5, buckets: 8, disabledUsers: 1 })
    const { status, body } = await ask<UserPage>('GET', '/users?sort=id')

    expect(status).toBe(200)
    expect(body).toMatchObject({ page: 1, pageSize: 50, matching: 6, summary: { total: 6, enabled: 5, disabled: 1 } })
    expect(body.freshness.staleReason).toBeNull()
    for (const shown of body.items) {
      const names = oracle.buckets(shown.id)
      const bytes = names.reduce((sum, name) => sum + (oracle.size(name)?.current ?? 0), 0)
      expect(shown).toMatchObject({
        email: oracle.user(shown.id)?.email,
        state: oracle.user(shown.id)?.state,
        protected: shown.id === user(0).id,
        bucketCount: names.length,
        storedBytes: String(bytes),
      })
    }
    const total = body.items.reduce((sum, { storedBytes }) => sum + BigInt(storedBytes ?? 0), 0n)
    expect(body.summary.storedBytes).toBe(String(total))
  })

  test('knows a quota as soon as it was set or read, in the unit that the gateway counts in', async () => {
    const { ask, user } = await desk({ users: 3, quotaUnit: 'bytes' })
    const quotaOf = async (n: number) => {
      const { body } = await ask<UserPage>('GET', '/users?sort=-quotaUse')
      return body.items.find(({ id }) => id === user(n).id)?.quota
    }
    expect(await quotaOf(1)).toBeNull()
    await ask('PUT', `/users/${user(1).id}/quota`, { size: 500 })
    await ask('GET', `/users/${user(2).id}/quota`)
    expect(await quotaOf(1)).toMatchObject({ size: 500, isUnitKnown: true, bytesPerGb: '1000000000' })
    expect(await quotaOf(2)).toMatchObject({ size: 'unlimited', isUnitKnown: true })
    expect(await quotaOf(3)).toBeNull()
  })

  test('finds a user by part of the e-mail, by id, by the start of the id and by key id', async () => {
    const { ask, user } = await desk({ users: 20 })
    const { id, email, keys } = user(7)
    const found = async (search: string) => {
      const { body } = await ask<UserPage>('GET', `/users?search=${encodeURIComponent(search)}`)
      return body.items.map((item) => item.id)
    }
    expect(await found(email.slice(1).toUpperCase())).toEqual([id])
    expect(await found(id)).toEqual([id])
    expect(await found(id.slice(0, 9))).toEqual([id])
    expect(await found(keys[0]?.id ?? '')).toEqual([id])
    expect(await found('no such user')).toEqual([])
  })

  test('pages through all users without gap or repeat', async () => {
    const { ask } = await desk({ users: 120, buckets: 0 })
    const pages = await Promise.all([1, 2, 3, 4].map((page) => ask<UserPage>('GET', `/users?page=${page}`)))
    expect(pages.map(({ body }) => body.items.length)).toEqual([50, 50, 21, 0])
    expect(new Set(pages.flatMap(({ body }) => body.items.map(({ id }) => id))).size).toBe(121)
  })

  test('is shown without bucket figures when the bucket list fails', async () => {
    const { ask, control } = await desk({ version: '5.0' })
    control.faults.add({ service: 'ostor-buckets', status: 400 })
    const { status, body } = await ask<UserPage>('GET', '/users')
    expect(status).toBe(200)
    expect(body.items[0]).toMatchObject({ bucketCount: null, storedBytes: null })
    expect(body.summary.storedBytes).toBeNull()
  })

  test('sums the bucket sizes where the gateway tells none by user', async () => {
    const { ask } = await desk({ version: '5.0' })
    const { body } = await ask<UserPage>('GET', '/users')
    expect(body.items.some(({ storedBytes }) => BigInt(storedBytes ?? 0) > 0n)).toBe(true)
    expect(body.items.every(({ storedBytes }) => storedBytes !== null)).toBe(true)
  })

  test('refuses what it cannot page, sort or filter by, and names the field', async () => {
    const { ask, control } = await desk()
    const pages = ['page=0', 'page=1e3', 'page=', 'page=1&page=2', 'pageSize=7']
    for (const query of [...pages, 'sort=name', 'state=gone', 'unknown=1']) {
      const { status, body } = await ask('GET', `/users?${query}`)
      expect.soft([status, body.type], query).toEqual([400, '/problems/request-invalid'])
      expect.soft(body.errors?.[0]?.pointer, query).toBe(`/query/${query.split('=')[0]}`)
    }
    expect(control.calls()).toEqual([])
  })
})

describe('the page of one user', () => {
  test('comes from the gateway at this moment', async () => {
    const { ask, control, user } = await desk({ accountUsers: 5 })
    await ask('GET', '/users')
    control.users.setState(user(1).id, 'disabled')
    const { body } = await ask<UserDetail>('GET', `/users/${user(1).id}`)
    expect(body).toMatchObject({
      id: user(1).id,
      email: user(1).email,
      state: 'disabled',
      ownerId: '0000000000000000',
      sharesEmailWith: [],
      bucketCount: control.oracle.buckets(user(1).id).length,
      accounts: user(1).accounts.map(({ name, keys }) => ({ name, keyIds: keys.map(({ id }) => id) })),
      freshness: { staleReason: null },
    })
  })

  test('takes one request beside the lists, since its buckets are counted in the list, whose age it says', async () => {
    const { ask, control, directory } = await desk()
    await directory.users()
    const { asOf, byOwner } = await directory.buckets()
    const [[id, owned] = ['', []]] = byOwner
    control.clearCalls()
    const { body } = await ask<UserDetail>('GET', `/users/${id}`)
    expect(control.calls()).toHaveLength(1)
    expect(body).toMatchObject({
      bucketCount: owned.length,
      bucketsFreshness: { asOf: asOf.toISOString(), staleReason: null },
    })
  })

  test('asks for the buckets of whoever has none in the list, which may be older than the user', async () => {
    const { ask, control, directory } = await desk()
    await directory.buckets()
    const { id } = control.users.create({ email: 'new@customer.example' })
    control.buckets.create({ name: 'made-later', owner: id })
    const { body } = await ask<UserDetail>('GET', `/users/${id}`)
    expect(body).toMatchObject({ bucketCount: 1, bucketsFreshness: { staleReason: null } })
  })

  test('has the quota as it was last read, and none before', async () => {
    const { ask, user } = await desk()
    const { id } = user(1)
    const quota = async () => (await ask<UserDetail>('GET', `/users/${id}`)).body.quota
    expect(await quota()).toBeNull()
    await ask('PUT', `/users/${id}/quota`, { size: 500 })
    expect(await quota()).toMatchObject({ size: 500, isUnitKnown: true })
  })

  test('does not know the buckets while their list cannot be read', async () => {
    const { ask, control, user } = await desk({ version: '5.0' })
    control.faults.add({ service: 'ostor-buckets', status: 400 })
    const { body } = await ask<UserDetail>('GET', `/users/${user(1).id}`)
    expect(body).toMatchObject({ bucketCount: null, storedBytes: null, bucketsFreshness: null })
  })

  test('says that a version of the gateway knows no accounts', async () => {
    const { ask, user } = await desk({ version: '4.5' })
    expect((await ask<UserDetail>('GET', `/users/${user(1).id}`)).body.accounts).toBeNull()
  })

  test('names the other users with the same e-mail', async () => {
    const { ask, control, user } = await desk()
    const twin = control.users.create({ email: user(1).email })
    expect((await ask<UserDetail>('GET', `/users/${user(1).id}`)).body.sharesEmailWith).toEqual([twin.id])
  })

  test('is not found for an id that nobody has', async () => {
    const { ask } = await desk()
    for (const id of ['ffffffffffffffff', 'constructor', '__proto__', 'a%26emailAddress=x', 'x'.repeat(64)]) {
      expect
        .soft((await ask('GET', `/users/${id}`)).body)
        .toMatchObject({ type: '/problems/user-not-found', status: 404 })
    }
  })

  test('a silent gateway is told apart from a missing user, and the list stays with its reason', async () => {
    const { ask, user, simulator, directory } = await desk()
    const { id } = user(1)
    await ask('GET', '/users')
    await simulator.close()
    expect((await ask('GET', `/users/${id}`)).body).toMatchObject({
      type: '/problems/gateway-unreachable',
      status: 503,
    })
    await directory.refreshUsers()
    const { status, body } = await ask<UserPage>('GET', '/users')
    expect(status).toBe(200)
    expect(body.freshness.staleReason).toMatch(/does not answer/)
    expect(body.items).toHaveLength(6)
  })

  test('a cluster that is not there is said', async () => {
    const { admin } = await desk()
    expect((await admin('GET', '/api/v1/clusters/other/users')).json()).toMatchObject({
      type: '/problems/cluster-not-found',
    })
  })
})
