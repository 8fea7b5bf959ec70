import type { SimulatorOptions } from '@ostor-console/gateway-sim/options'
import { describe, expect, test } from 'vitest'
import { simulated } from '../../../test/simulated-gateway.ts'

const UNITS = ['gb', 'bytes', 'binary-bytes'] as const

/** A size in GB again says nothing of what a GB is. */
const BYTES = { gb: null, bytes: 1_000_000_000n, 'binary-bytes': 2n ** 30n } as const

const start = async (options: SimulatorOptions = {}) => {
  const parts = await simulated(options)
  const { id: userId, email } = parts.simulator.control.users.create({ email: 'ana@example.com' })
  return { ...parts, target: { userId, email } }
}

describe.each(UNITS)('a gateway that tells quotas in %s', (quotaUnit) => {
  test.each(['numeric', 'word'] as const)(
    'shows what was set, in the unit it was set in (type as %s)',
    async (quotaType) => {
      const { gateway, simulator, target } = await start({ quotaUnit, quotaType })
      const bytesPerGb = BYTES[quotaUnit]
      const [bucket = ''] = simulator.control.oracle.buckets()
      for (const each of [target, { bucket }, { every: 'user' as const }, { every: 'bucket' as const }]) {
        await gateway.setQuota(each, 1024)
        expect(await gateway.getQuota(each, 1024)).toEqual({ size: 1024, isUnitKnown: true, bytesPerGb })
        expect(await gateway.getQuota(each)).toEqual({ size: 1024, isUnitKnown: true, bytesPerGb })
        await gateway.setQuota(each, 0)
        expect(await gateway.getQuota(each)).toEqual({ size: 0, isUnitKnown: true, bytesPerGb })
      }
    },
  )

  test('is guessed before it is known, which is said', async () => {
    const { gateway, target } = await start({ quotaUnit })
    await gateway.setQuota(target, 300)
    expect(await gateway.getQuota(target)).toEqual({ size: 300, isUnitKnown: false, bytesPerGb: null })
  })
})

test('the calls are those of the reference, and the one selector is the e-mail', async () => {
  const { gateway, simulator, target } = await start()
  await gateway.setQuota(target, 5)
  await gateway.setQuota({ ...target, email: null }, 6)
  await gateway.setQuota({ bucket: 'a b' }, 0).catch(() => {})
  await gateway.setQuota({ every: 'bucket' }, 7)
  expect(simulator.control.calls().map(({ method, url }) => `${method} ${url}`)).toEqual([
    'PUT /?ostor-quotas&emailAddress=ana%40example.com&quota-size=5',
    `PUT /?ostor-quotas&id=${target.userId}&quota-size=6`,
    'DELETE /?ostor-quotas&bucket=a%20b',
    'PUT /?ostor-quotas&default=bucket&quota-size=7',
  ])
})

test.each(['{}', '[]', '{"size":"-1"}', '{"size":"many"}', '{"size":1.5}', '{"size":null}'])(
  'a quota of %s cannot be read, and is not shown as unlimited',
  async (body) => {
    const { gateway, simulator, target } = await start()
    simulator.control.faults.add({ method: 'GET', service: 'ostor-quotas', body })
    await expect(gateway.getQuota(target)).rejects.toMatchObject({ problem: { type: '/problems/gateway-bad-reply' } })
  },
)

test('without accounting there are no quotas, which is said and is not "unlimited"', async () => {
  const { gateway, target } = await start({ accounting: false })
  await expect(gateway.getQuota(target)).rejects.toMatchObject({
    problem: { type: '/problems/gateway-refused', detail: expect.stringContaining('Accounting') },
  })
})

test('an unknown user or bucket has none', async () => {
  const { gateway } = await start()
  await expect(gateway.getQuota({ userId: '0123456789abcdef', email: null })).rejects.toMatchObject({
    problem: { type: '/problems/user-not-found' },
  })
  await expect(gateway.getQuota({ bucket: 'nowhere' })).rejects.toMatchObject({
    problem: { type: '/problems/bucket-not-found' },
  })
})
