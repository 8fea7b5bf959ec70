import type { SimulatorOptions } from '@ostor-console/gateway-sim/options'
import { assert, asyncProperty, integer } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { simulated } from '../../../test/simulated-gateway.ts'
import { createDialect } from './dialect.ts'

const start = async (options: SimulatorOptions = {}) => {
  const parts = await simulated(options)
  const { id: userId, email } = parts.simulator.control.users.create({ email: 'ana@example.com' })
  const puts = () => parts.simulator.control.calls().filter(({ method }) => method === 'PUT')
  return { ...parts, target: { userId, email }, puts }
}

describe('the form a gateway knows', () => {
  test('is B, and then one call is made for each limit that changes', async () => {
    const { gateway, target, puts } = await start()
    await gateway.changeLimits(target, await gateway.getLimits(target), { opsPerSecond: { get: 7 } })
    expect(puts().map(({ url }) => url)).toEqual([
      '/?ostor-limits&emailAddress=ana%40example.com&limit-type=ops&limit-resource=get&limit-value=7',
    ])
  })

  test('is learned from a refusal, once', async () => {
    const { gateway, target, puts } = await start({ limitsDialect: 'A' })
    await gateway.changeLimits(target, await gateway.getLimits(target), { opsPerSecond: { get: 7 } })
    await gateway.changeLimits(target, await gateway.getLimits(target), { opsPerSecond: { put: 2 } })
    expect(puts().map(({ status }) => status)).toEqual([400, 200, 200])
    expect(puts()[2]?.url).toBe(
      '/?ostor-limits&emailAddress=ana%40example.com&ops&default=0&get=420&put=120&list=0&delete=0',
    )
  })

  test('is not concluded from a refusal of another kind', async () => {
    const { gateway, simulator, target, puts } = await start()
    simulator.control.faults.add({ method: 'PUT', status: 409, code: 'Busy' })
    const refused = gateway.changeLimits(target, await gateway.getLimits(target), { opsPerSecond: { get: 7 } })
    await expect(refused).rejects.toMatchObject({ problem: { type: '/problems/gateway-refused' } })
    expect(puts()).toHaveLength(1)
  })
})

test('D10: what was set in operations a minute stays what it was when another limit is changed', async () => {
  const { gateway, simulator, target } = await start({ limitsDialect: 'A' })
  await assert(
    asyncProperty(integer({ min: 0, max: 10_000 }), async (perMinute) => {
      simulator.control.faults.clear()
      simulator.control.clearCalls()
      const { read } = await setRaw(simulator, gateway, target, perMinute)
      await gateway.changeLimits(target, read, { opsPerSecond: { put: 5 } })
      const last = simulator.control.calls().findLast(({ method }) => method === 'PUT')
      expect(last?.parameters.find(({ name }) => name === 'get')?.value).toBe(String(perMinute))
    }),
    { numRuns: 150 },
  )
})

type Started = Awaited<ReturnType<typeof start>>

/** The reading of a limit that somebody else set in operations a minute. */
const setRaw = async (
  simulator: Started['simulator'],
  gateway: Started['gateway'],
  target: Started['target'],
  perMinute: number,
) => {
  const body = {
    'ops:default': '0.00',
    'ops:get': (perMinute / 60).toFixed(2),
    'ops:put': '0.00',
    'ops:list': '0.00',
    'ops:delete': '0.00',
    'bandwidth:out': '0',
  }
  simulator.control.faults.add({ method: 'GET', service: 'ostor-limits', body: JSON.stringify(body), nth: 1 })
  return { read: await gateway.getLimits(target) }
}

describe('a fraction of an operation a second, which an undo sets back', () => {
  const perMinute = { opsPerSecond: { get: 10 / 60 } }
  const read = { opsPerSecond: { get: 0.17 } }

  test.each(['A', 'both'] as const)('is written by the minute (%s)', async (limitsDialect) => {
    const { gateway, simulator, target, puts } = await start({ limitsDialect })
    await gateway.changeLimits(target, await gateway.getLimits(target), { opsPerSecond: { put: 7 } })
    await gateway.changeLimits(target, await gateway.getLimits(target), read)
    expect(puts().at(-1)?.url).toContain('&ops&default=0&get=10&put=420')
    expect(simulator.control.oracle.limits(target.userId)).toMatchObject({
      'ops:get': perMinute.opsPerSecond.get,
      'ops:put': 7,
    })
  })

  test('is refused by a gateway that knows form B only, and lifts no limit', async () => {
    const { gateway, simulator, target } = await start({ limitsDialect: 'B' })
    await gateway.changeLimits(target, await gateway.getLimits(target), { opsPerSecond: { get: 7 } })
    const change = gateway.changeLimits(target, await gateway.getLimits(target), read)
    await expect(change).rejects.toMatchObject({ problem: { type: '/problems/gateway-refused' } })
    expect(simulator.control.oracle.limits(target.userId)).toMatchObject({ 'ops:get': 7 })
  })

  test('that would come out as 0 is not sent: the gateway would read it as unlimited', async () => {
    const dialect = createDialect({ fixed: { ways: { limitsForm: 'A', formACounts: 'per-second' } } })
    const { gateway, simulator } = await simulated({}, {}, { dialect })
    const [bucket = ''] = simulator.control.oracle.buckets()
    const before = { ...(await gateway.getLimits({ bucket })), opsPerSecond: { ...NONE, list: 0.17 } }
    simulator.control.clearCalls()
    const change = gateway.changeLimits({ bucket }, before, { opsPerSecond: { get: 7 } })
    await expect(change).rejects.toMatchObject({ problem: { type: '/problems/request-invalid' } })
    expect(simulator.control.calls()).toEqual([])
  })
})

const NONE = { default: 0, get: 0, put: 0, list: 0, delete: 0 }

test('D9: a gateway that resets the other limits in form B is found out, and what it shows is said', async () => {
  const { gateway, target } = await start({ formBResets: true })
  await gateway.changeLimits(target, await gateway.getLimits(target), { opsPerSecond: { get: 7 } })
  const change = gateway.changeLimits(target, await gateway.getLimits(target), { opsPerSecond: { put: 2 } })
  await expect(change).rejects.toMatchObject({
    problem: { type: '/problems/not-applied', detail: expect.stringContaining('get, ops/s: unlimited in place of 7') },
  })
})

const shows = (get: string) =>
  JSON.stringify({
    'ops:default': '0',
    'ops:get': get,
    'ops:put': '0',
    'ops:list': '0',
    'ops:delete': '0',
    'bandwidth:out': '0',
  })

test('a gateway that reads form B by the minute is found out, and allowed for the next time', async () => {
  const { gateway, simulator, target, puts } = await start()
  const before = await gateway.getLimits(target)
  simulator.control.faults.add({ method: 'GET', body: shows('0.17') })
  const change = gateway.changeLimits(target, before, { opsPerSecond: { get: 10 } })
  await expect(change).rejects.toMatchObject({
    problem: { type: '/problems/not-applied', detail: expect.stringContaining('another unit') },
  })

  simulator.control.faults.clear()
  simulator.control.faults.add({ method: 'GET', body: shows('10.00') })
  await gateway.changeLimits(target, before, { opsPerSecond: { get: 10 } })
  expect(puts().at(-1)?.url).toContain('limit-value=600')
})

test('a change of which only a part was taken says which part', async () => {
  const { gateway, simulator, target } = await start()
  simulator.control.faults.add({ method: 'PUT', nth: 2, status: 400, code: 'InvalidArgument', message: 'too much' })
  const change = gateway.changeLimits(target, await gateway.getLimits(target), { opsPerSecond: { get: 7, put: 2 } })
  await expect(change).rejects.toMatchObject({
    problem: { type: '/problems/not-applied', detail: expect.stringMatching(/get, ops\/s was set.*too much/) },
  })
})

test('limits that were taken but cannot be read back are not known', async () => {
  const { gateway, simulator, target } = await start()
  const before = await gateway.getLimits(target)
  simulator.control.faults.add({ method: 'GET', status: 500 })
  const change = gateway.changeLimits(target, before, { opsPerSecond: { get: 7 } })
  await expect(change).rejects.toMatchObject({ problem: { type: '/problems/outcome-unknown' } })
})

test.each(['400', '403', '404'] as const)(
  'limits that were never set are answered with %s and are unset, not unknown',
  async (unsetLimitsStatus) => {
    const { gateway, target } = await start({ unsetLimits: 'error', unsetLimitsStatus })
    expect(await gateway.getLimits(target)).toMatchObject({ unset: true, bandwidth: { out: 0 } })
  },
)

test('a denial that is about our key is not taken for limits that are not set', async () => {
  const { gateway, simulator, target } = await start()
  simulator.control.faults.add({ status: 403, code: 'AccessDenied' })
  await expect(gateway.getLimits(target)).rejects.toMatchObject({
    problem: { type: '/problems/gateway-key-not-system' },
  })
})

test('limits of an unknown user or bucket are not limits that are not set', async () => {
  const { gateway } = await start()
  await expect(gateway.getLimits({ userId: '0123456789abcdef', email: null })).rejects.toMatchObject({
    problem: { type: '/problems/user-not-found' },
  })
  await expect(gateway.getLimits({ bucket: 'nowhere' })).rejects.toMatchObject({
    problem: { type: '/problems/bucket-not-found' },
  })
})

test.each([405, 409, 410, 451])(
  'a refusal with %i says nothing of limits, least of all that there are none',
  async (status) => {
    const { gateway, simulator, target } = await start()
    simulator.control.faults.add({ method: 'GET', service: 'ostor-limits', status, code: 'Whatever' })
    await expect(gateway.getLimits(target)).rejects.toMatchObject({ problem: { type: '/problems/gateway-refused' } })
  },
)

test.each([
  '{}',
  '{"ops:default":"-1"}',
  '[]',
  '{"ops:default":"0","ops:get":"x","ops:put":"0","ops:list":"0","ops:delete":"0","bandwidth:out":"0"}',
])('limits of %s cannot be read and are not shown as unlimited', async (body) => {
  const { gateway, simulator, target } = await start()
  simulator.control.faults.add({ method: 'GET', body })
  await expect(gateway.getLimits(target)).rejects.toMatchObject({ problem: { type: '/problems/gateway-bad-reply' } })
})
