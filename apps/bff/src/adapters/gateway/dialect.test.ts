import type { SimulatorOptions } from '@ostor-console/gateway-sim/options'
import type { Topic } from '@ostor-console/shared/dialect'
import { describe, expect, test } from 'vitest'
import { simulated } from '../../../test/simulated-gateway.ts'
import { createDialect, type DialectParts, type Learned } from './dialect.ts'

const start = async (options: SimulatorOptions = {}, parts: DialectParts = {}) => {
  const dialect = createDialect(parts)
  const here = await simulated(options, {}, { dialect })
  const { id: userId, email } = here.simulator.control.users.create({ email: 'ana@example.com' })
  const [bucket = ''] = here.simulator.control.oracle.buckets()
  const wayOf = (topic: Topic) => here.gateway.dialect().facts.find((fact) => fact.topic === topic)?.way
  return { ...here, dialect, target: { userId, email }, bucket, wayOf }
}

type Here = Awaited<ReturnType<typeof start>>

/** What an admin's day asks of a gateway. */
const useAll = async ({ gateway, target, bucket }: Here) => {
  await gateway.listUsers()
  const { keyIds } = await gateway.getUser(target.userId)
  await gateway.generateKey(target.email, keyIds)
  await gateway.getBucket(bucket)
  await gateway.changeLimits(target, await gateway.getLimits(target), { opsPerSecond: { get: 7 } })
  await gateway.setQuota(target, 5).catch(() => {})
  await gateway.getQuota(target, 5).catch(() => {})
}

const ways = ({ gateway }: Here) =>
  Object.fromEntries(gateway.dialect().facts.flatMap(({ topic, way }) => (way === null ? [] : [[topic, way]])))

describe('what the answers teach', () => {
  test('nothing is known before the gateway was asked', async () => {
    const here = await start()
    expect(ways(here)).toEqual({})
    expect(here.gateway.dialect().version).toEqual({ set: null, atLeast: null, before: null })
  })

  test.each<[SimulatorOptions, object, object]>([
    [
      { version: '7.3', quotaUnit: 'bytes' },
      {
        userList: 'wrapped',
        userSizes: 'yes',
        accounts: 'yes',
        newKey: 'all-pairs',
        oneBucket: 'yes',
        limitsForm: 'B',
        quotas: 'yes',
        quotaUnit: 'bytes',
      },
      { atLeast: '6.3', before: null },
    ],
    [
      { version: '5.4', genKeyAnswer: 'new', limitsDialect: 'A', quotaUnit: 'binary-bytes' },
      {
        userList: 'bare',
        userSizes: 'no',
        accounts: 'yes',
        newKey: 'new-pair',
        oneBucket: 'no',
        limitsForm: 'A',
        quotas: 'yes',
        quotaUnit: 'binary-bytes',
      },
      { atLeast: '4.7', before: '6.3' },
    ],
    [
      { version: '4.5', unsetLimits: 'zeros' },
      { userList: 'bare', userSizes: 'no', accounts: 'no', newKey: 'all-pairs', oneBucket: 'no', limitsForm: 'B' },
      { atLeast: null, before: '4.6' },
    ],
  ])('of a gateway with %j', async (options, expected, version) => {
    const here = await start(options)
    await useAll(here)
    expect(ways(here)).toEqual(expected)
    expect(here.gateway.dialect().version).toMatchObject(version)
  })

  test('is told on once, with the answer that it was learned from and when', async () => {
    const told: [Topic, Learned | null][] = []
    const at = new Date('2026-11-05T00:30:00.000Z')
    const here = await start({}, { now: () => at, onLearned: async (...one) => void told.push(one) })
    await here.gateway.listUsers()
    await here.gateway.listUsers()
    expect(told.map(([topic]) => topic)).toEqual(['userList', 'userSizes'])
    expect(here.gateway.dialect().facts[0]).toEqual({
      topic: 'userList',
      way: 'wrapped',
      source: 'learned',
      learnedAt: at.toISOString(),
      from: 'The list of users came so',
    })
  })

  test('what it learned before is not found out again', async () => {
    const learned = { at: new Date(), from: 'before' }
    const known: [Topic, Learned][] = [
      ['limitsForm', { ...learned, way: 'A' }],
      ['quotaUnit', { ...learned, way: 'binary-bytes' }],
    ]
    const { gateway, simulator, target } = await start({ limitsDialect: 'A', quotaUnit: 'binary-bytes' }, { known })
    await gateway.changeLimits(target, await gateway.getLimits(target), { opsPerSecond: { get: 7 } })
    expect(simulator.control.calls().map(({ status }) => status)).not.toContain(400)
    await gateway.setQuota(target, 5)
    expect(await gateway.getQuota(target)).toMatchObject({ size: 5, isUnitKnown: true })
  })

  test('a form of limits that a renewed gateway refuses is forgotten, and found out by the next change', async () => {
    const known: [Topic, Learned][] = [['limitsForm', { way: 'A', at: new Date(), from: 'before' }]]
    const { gateway, target, wayOf } = await start({ limitsDialect: 'B' }, { known })
    const change = async () =>
      gateway.changeLimits(target, await gateway.getLimits(target), { opsPerSecond: { get: 7 } })
    await expect(change()).rejects.toMatchObject({ problem: { type: '/problems/gateway-refused' } })
    expect(wayOf('limitsForm')).toBeNull()
    await change()
    expect(wayOf('limitsForm')).toBe('B')
  })

  test('what a gateway has not is asked again after a day, and not before', async () => {
    let at = new Date('2026-11-05T00:00:00Z')
    const dialect = createDialect({ now: () => at })
    dialect.learn('oneBucket', 'no', 'refused')
    at = new Date('2026-11-05T23:59:00Z')
    expect(dialect.mayHave('oneBucket')).toBe(false)
    at = new Date('2026-11-06T00:01:00Z')
    expect(dialect.mayHave('oneBucket')).toBe(true)
    dialect.learn('oneBucket', 'no', 'refused')
    expect(dialect.mayHave('oneBucket')).toBe(false)
  })
})

describe('what is set by hand', () => {
  test('wins over what was learned, and is said to be set', async () => {
    const known: [Topic, Learned][] = [['limitsForm', { way: 'B', at: new Date(), from: 'before' }]]
    const fixed = { version: '4.6', ways: { limitsForm: 'A', quotaUnit: 'bytes' } } as const
    const { gateway, simulator, target, bucket } = await start({ quotaUnit: 'bytes' }, { known, fixed })
    simulator.control.clearCalls()
    expect(await gateway.getBucket(bucket)).toBeNull()
    expect((await gateway.listUsers()).sized).toBe(false)
    expect(simulator.control.calls().map(({ url }) => url)).toEqual(['/?ostor-users'])

    await gateway.changeLimits(target, await gateway.getLimits(target), { opsPerSecond: { get: 7 } })
    expect(simulator.control.calls().at(-2)?.url).toContain('&ops&default=0&get=420')
    await gateway.setQuota(target, 5)
    expect(await gateway.getQuota(target)).toMatchObject({ size: 5, isUnitKnown: true })

    const { version, facts } = gateway.dialect()
    expect(version.set).toBe('4.6')
    expect(facts.find(({ topic }) => topic === 'limitsForm')).toMatchObject({ way: 'A', source: 'set' })
    expect(facts.find(({ topic }) => topic === 'oneBucket')).toMatchObject({
      way: 'no',
      source: 'set',
      from: 'The version is set to 4.6',
    })
  })

  test('leaves open what the documents of that version are silent about', () => {
    const { facts } = createDialect({ fixed: { version: '6.1' } }).facts()
    expect(facts.filter(({ source }) => source === 'set').map(({ topic, way }) => [topic, way])).toEqual([
      ['accounts', 'yes'],
      ['oneBucket', 'no'],
      ['quotas', 'yes'],
    ])
  })
})

describe('one bucket by its name', () => {
  test('is the one of the list', async () => {
    const { gateway, bucket } = await start({ now: '2026-11-23T10:00:00Z', skewMinutes: 0 })
    const listed = (await gateway.listBuckets()).find(({ name }) => name === bucket)
    expect(await gateway.getBucket(bucket)).toEqual(listed)
  })

  test('that the gateway says it has not is not found; an empty list leaves it to the list', async () => {
    const missing = await start()
    await expect(missing.gateway.getBucket('nowhere')).rejects.toMatchObject({
      problem: { type: '/problems/bucket-not-found' },
    })
    expect(await (await start({ missing: 'empty' })).gateway.getBucket('nowhere')).toBeNull()
  })

  test('is picked from the list of all that an older version answers, which is asked for only once', async () => {
    const { gateway, simulator, bucket } = await start({ version: '5.4' })
    expect(await gateway.getBucket(bucket)).toMatchObject({ name: bucket })
    expect(await gateway.getBucket(bucket)).toBeNull()
    expect(simulator.control.calls()).toHaveLength(1)
  })

  test.each([
    { status: 501 },
    { status: 405, code: 'MethodNotAllowed' },
    { status: 400, code: 'NotImplemented' },
    { status: 400, code: 'InvalidArgument', message: 'Unknown parameter bucket' },
  ])('is not asked for any more once the gateway said twice that it knows no such question: %j', async (refusal) => {
    const { gateway, simulator, bucket, wayOf } = await start()
    simulator.control.faults.add({ service: 'ostor-buckets', ...refusal })
    expect(await gateway.getBucket(bucket)).toBeNull()
    expect(wayOf('oneBucket')).toBeNull()
    expect(await gateway.getBucket(bucket)).toBeNull()
    expect(wayOf('oneBucket')).toBe('no')
    expect(await gateway.getBucket(bucket)).toBeNull()
    expect(simulator.control.calls()).toHaveLength(2)
  })

  test('that came in between takes back what one refusal let suspect', async () => {
    const { gateway, simulator, bucket, wayOf } = await start()
    simulator.control.faults.add({ service: 'ostor-buckets', status: 501, nth: 1 })
    simulator.control.faults.add({ service: 'ostor-buckets', status: 501, nth: 3 })
    await gateway.getBucket(bucket)
    await gateway.getBucket(bucket)
    await gateway.getBucket(bucket)
    expect(wayOf('oneBucket')).toBe('yes')
  })

  test.each([
    { status: 400, code: 'InvalidBucketName' },
    { status: 400, code: 'InvalidArgument', message: 'The specified argument was not valid.' },
    { status: 400, code: 'AuthorizationHeaderMalformed' },
    { status: 400 },
    { status: 409, code: 'NotImplemented' },
  ])('is asked for again where the gateway found fault with the request: %j', async (refusal) => {
    const { gateway, simulator, bucket, wayOf } = await start()
    simulator.control.faults.add({ service: 'ostor-buckets', ...refusal })
    for (let asked = 0; asked < 3; asked += 1) expect(await gateway.getBucket(bucket)).toBeNull()
    expect(simulator.control.calls()).toHaveLength(3)
    expect(wayOf('oneBucket')).toBeNull()
  })
})
