import { afterEach, expect, test } from 'vitest'
import { ask, read } from '../../test/client.ts'
import type { SimulatorOptions } from '../options.ts'
import { type Simulator, startSimulator } from '../simulator.ts'
import { HOUR } from '../world/sizes.ts'

let simulator: Simulator
const start = async (options: SimulatorOptions = {}) => {
  simulator = await startSimulator({ users: 4, buckets: 12, days: 0, ...options })
}
afterEach(() => simulator.close())

const names = (body: { Buckets: { name: string }[] }) => body.Buckets.map(({ name }) => name)

test('all buckets are listed with their owner and sizes', async () => {
  await start()
  simulator.control.clock.freeze()
  const body = await read(simulator, 'ostor-buckets')
  expect(names(body)).toEqual(simulator.control.oracle.buckets())
  expect(body.Buckets).toHaveLength(12)
  for (const { name, epoch, creation_date, owner_id, size } of body.Buckets) {
    const truth = simulator.control.oracle.size(name)
    expect([epoch, owner_id, size.current, size.hmax]).toEqual([0, truth?.ownerId, truth?.current, truth?.hmax])
    expect(Date.parse(creation_date)).toBe(truth?.createdAt)
    expect(size.last_ts).toBe(truth?.lastHour)
  }
})

test('buckets of one owner are found by id and by e-mail, and those of nobody are 404, or empty on request', async () => {
  await start()
  const owner = simulator.control.oracle.users().find(({ id }) => simulator.control.oracle.buckets(id).length > 0)
  const mine = simulator.control.oracle.buckets(owner?.id)
  expect(names(await read(simulator, `ostor-buckets&id=${owner?.id}`))).toEqual(mine)
  expect(names(await read(simulator, `ostor-buckets&emailAddress=${owner?.email}`))).toEqual(mine)
  expect((await ask(simulator, 'GET', 'ostor-buckets&id=0123456789abcdef')).status).toBe(404)
  await simulator.close()
  await start({ missing: 'empty' })
  expect(names(await read(simulator, 'ostor-buckets&id=0123456789abcdef'))).toEqual([])
  expect(names(await read(simulator, 'ostor-buckets&bucket=none'))).toEqual([])
})

test('a selector without a value lists everything, and so does one this version does not know', async () => {
  await start({ version: '5.4' })
  expect(names(await read(simulator, 'ostor-buckets&emailAddress'))).toHaveLength(12)
  expect(names(await read(simulator, 'ostor-buckets&storage_class=DEFAULT'))).toHaveLength(12)
  expect(names(await read(simulator, 'ostor-buckets&bucket=one'))).toHaveLength(12)
})

test('one bucket, or several named in the body of a GET, are answered', async () => {
  await start()
  const [first = '', , third = ''] = simulator.control.oracle.buckets()
  expect(names(await read(simulator, `ostor-buckets&bucket=${first}`))).toEqual([first])
  const headers = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }
  const multi = (body: string) => ask(simulator, 'GET', 'ostor-buckets&multi', { body, headers })
  expect(names(JSON.parse((await multi(JSON.stringify([third, 'none', first]))).text))).toEqual([third, first])
  expect((await multi('{')).status).toBe(400)
  expect((await multi('[1]')).status).toBe(400)
  expect((await ask(simulator, 'GET', `ostor-buckets&bucket=${first}&multi`)).status).toBe(400)
})

test('h_integral is the exact sum of the hourly sizes, an integer past 2^53', async () => {
  await start({ hugeBuckets: 12 })
  simulator.control.clock.freeze()
  const { oracle, clock } = simulator.control
  const { text } = await ask(simulator, 'GET', 'ostor-buckets')
  for (const name of oracle.buckets()) {
    const { createdAt = 0 } = oracle.size(name) ?? {}
    let sum = 0n
    for (let hour = Math.floor(createdAt / HOUR); hour < Math.floor(clock.now() / HOUR); hour++) {
      sum += BigInt(oracle.size(name, hour * HOUR)?.current ?? 0)
    }
    expect(sum).toBeGreaterThan(2n ** 53n)
    expect(text).toContain(`"name":"${name}"`)
    expect(new RegExp(`"name":"${name}".*?"h_integral":(\\d+)`).exec(text)?.[1]).toBe(String(sum))
  }
})

test('an hour later the integral has grown by the size of that hour', async () => {
  await start()
  simulator.control.clock.freeze()
  const [name = ''] = simulator.control.oracle.buckets()
  const before = simulator.control.oracle.size(name)
  simulator.control.clock.advance(HOUR)
  const after = simulator.control.oracle.size(name)
  expect((after?.integral ?? 0n) - (before?.integral ?? 0n)).toBe(BigInt(before?.current ?? -1))
})

test('a bucket made again starts anew', async () => {
  await start()
  const { oracle, buckets, clock } = simulator.control
  const [name = ''] = oracle.buckets()
  const owner = oracle.size(name)?.ownerId ?? ''
  buckets.remove(name)
  expect(oracle.size(name)).toBeUndefined()
  buckets.create({ name, owner, bytes: 8192 })
  clock.advance(3 * HOUR)
  const [bucket] = (await read(simulator, `ostor-buckets&bucket=${name}`)).Buckets
  expect(bucket).toMatchObject({ owner_id: owner, size: { current: 8192, h_integral: 3 * 8192 } })
  expect(oracle.buckets()).toHaveLength(12)
})
