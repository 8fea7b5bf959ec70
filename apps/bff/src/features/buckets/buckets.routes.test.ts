import type { Bucket, BucketPage } from '@ostor-console/shared/buckets'
import type { Freshness } from '@ostor-console/shared/figure'
import { describe, expect, test } from 'vitest'
import { desk } from '../../../test/desk.ts'

describe('the buckets page', () => {
  test('shows every bucket with owner and size', async () => {
    const { ask, oracle } = await desk({ buckets: 12 })
    const { status, body } = await ask<BucketPage>('GET', '/buckets')
    expect(status).toBe(200)
    expect(body.matching).toBe(12)
    expect(body.items.map(({ name }) => name)).toEqual(oracle.buckets().toSorted())
    let sum = 0
    for (const bucket of body.items) {
      const truth = oracle.size(bucket.name)
      sum += truth?.current ?? 0
      expect(bucket).toMatchObject({
        ownerId: truth?.ownerId,
        ownerEmail: oracle.user(truth?.ownerId ?? '')?.email,
        storedBytes: String(truth?.current),
      })
    }
    expect(body.summary).toEqual({ total: 12, storedBytes: String(sum) })
  })

  test('is searched by owner, filtered by owner and sorted by size', async () => {
    const { ask, oracle, user } = await desk({ buckets: 30 })
    const { id, email } = user(1)
    const mine = oracle.buckets(id).toSorted()
    const names = async (query: string) =>
      (await ask<BucketPage>('GET', `/buckets?${query}`)).body.items.map(({ name }) => name)
    expect((await names(`ownerId=${id}`)).toSorted()).toEqual(mine)
    expect(await names(`search=${encodeURIComponent(email)}`)).toEqual(mine)
    expect(await names(`search=${mine[0]?.toUpperCase()}`)).toContain(mine[0])
    const sizes = (await names('sort=-storedBytes')).map((name) => oracle.size(name)?.current ?? 0)
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
  })

  test('is shown without owners when the users cannot be read', async () => {
    const { ask, control } = await desk()
    control.faults.add({ service: 'ostor-users', status: 400 })
    const { status, body } = await ask<BucketPage>('GET', '/buckets')
    expect(status).toBe(200)
    expect(body.items.every(({ ownerEmail }) => ownerEmail === null)).toBe(true)
    expect(body.freshness.staleReason).toMatch(/users could not be read/)
  })

  test('says that the gateway is down when there never was a list', async () => {
    const { ask, simulator } = await desk()
    await simulator.close()
    expect((await ask('GET', '/buckets')).body).toMatchObject({ type: '/problems/gateway-unreachable', status: 503 })
  })

  test('refuses what it cannot page, sort or filter by', async () => {
    const { ask, control } = await desk()
    for (const query of ['sort=size', 'ownerId=', 'page=-1', 'pageSize=10000']) {
      expect.soft((await ask('GET', `/buckets?${query}`)).status, query).toBe(400)
    }
    expect(control.calls()).toEqual([])
  })
})

describe('the page of one bucket', () => {
  test('is found at once when it is newer than the list', async () => {
    const { ask, user, control } = await desk()
    await ask('GET', '/buckets')
    control.buckets.create({ name: 'fresh & new', owner: user(1).id, bytes: 4096 })
    const { status, body } = await ask<Bucket & { freshness: Freshness }>('GET', '/buckets/fresh%20%26%20new')
    expect(status).toBe(200)
    expect(body).toMatchObject({ name: 'fresh & new', ownerId: user(1).id, ownerEmail: user(1).email })
  })

  test('is not found for a name that no bucket has', async () => {
    const { ask } = await desk()
    for (const name of ['nothing', '__proto__', 'constructor']) {
      const { body } = await ask('GET', `/buckets/${name}`)
      expect.soft(body, name).toMatchObject({ type: '/problems/bucket-not-found', status: 404 })
    }
  })

  test('tells what the gateway has now, not what the list had, where one bucket can be asked for', async () => {
    const { ask, control, oracle, writes } = await desk()
    const [name = ''] = oracle.buckets()
    await ask('GET', '/buckets')
    control.clearCalls()
    expect((await ask<Bucket>('GET', `/buckets/${name}`)).body).toMatchObject({ name })
    expect(control.calls().filter(({ url }) => url.startsWith('/?ostor-buckets'))).toMatchObject([
      { url: `/?ostor-buckets&bucket=${name}` },
    ])
    expect(writes()).toEqual([])
  })

  test('is that of the list where the gateway cannot be asked, and says how old it is', async () => {
    const { ask, control, oracle } = await desk({ version: '5.4' })
    const [name = ''] = oracle.buckets()
    await ask('GET', `/buckets/${name}`)
    control.clearCalls()
    const { body } = await ask<Bucket & { freshness: Freshness }>('GET', `/buckets/${name}`)
    expect(body).toMatchObject({ name, freshness: { staleReason: null } })
    expect(control.calls().map(({ url }) => url)).not.toContain(`/?ostor-buckets&bucket=${name}`)
  })

  test('has no way to delete it', async () => {
    const { ask, oracle, control } = await desk()
    const [name = ''] = oracle.buckets()
    control.clearCalls()
    expect((await ask('DELETE', `/buckets/${name}`, {})).status).toBe(404)
    expect(control.calls()).toEqual([])
  })
})
