import { afterEach, describe, expect, test } from 'vitest'
import { ask, read } from '../../test/client.ts'
import type { SimulatorOptions } from '../options.ts'
import { type Simulator, startSimulator } from '../simulator.ts'

let simulator: Simulator
let user = ''
let bucket = ''
const start = async (options: SimulatorOptions = {}) => {
  simulator = await startSimulator({ users: 2, buckets: 2, days: 0, ...options })
  user = `id=${simulator.control.oracle.users()[1]?.id}`
  bucket = `bucket=${simulator.control.oracle.buckets()[0]}`
}
afterEach(() => simulator.close())

const put = async (rest: string) => (await ask(simulator, 'PUT', `ostor-limits&${rest}`)).status

const quota = (subject: string) => read(simulator, `ostor-quotas&${subject}`)

const ZEROS = {
  'ops:default': '0.00',
  'ops:get': '0.00',
  'ops:put': '0.00',
  'ops:list': '0.00',
  'ops:delete': '0.00',
  'bandwidth:out': '0',
}

describe('limits', () => {
  test('never set are zeros in 7.3', async () => {
    await start()
    expect(await read(simulator, `ostor-limits&${user}`)).toEqual(ZEROS)
  })

  test.each(['400', '403', '404'] as const)('never set are the error %s on request', async (unsetLimitsStatus) => {
    await start({ unsetLimits: 'error', unsetLimitsStatus })
    expect((await ask(simulator, 'GET', `ostor-limits&${user}`)).status).toBe(Number(unsetLimitsStatus))
    await put(`${user}&ops&get=60`)
    expect((await ask(simulator, 'GET', `ostor-limits&${user}`)).status).toBe(200)
  })

  test('in form A are per minute, and what is not named becomes the default', async () => {
    await start()
    expect(await put(`${bucket}&ops&default=60&put=3600&list=30`)).toBe(200)
    const limits = {
      ...ZEROS,
      'ops:default': '1.00',
      'ops:get': '1.00',
      'ops:put': '60.00',
      'ops:list': '0.50',
      'ops:delete': '1.00',
    }
    expect(await read(simulator, `ostor-limits&${bucket}`)).toEqual(limits)
    await put(`${bucket}&ops&get=120`)
    expect(await read(simulator, `ostor-limits&${bucket}`)).toEqual({ ...ZEROS, 'ops:get': '2.00' })
  })

  test('of bandwidth leave those of operations alone, and are printed without decimals', async () => {
    await start()
    await put(`${user}&ops&get=60`)
    expect(await put(`${user}&bandwidth&out=100`)).toBe(200)
    expect(await read(simulator, `ostor-limits&${user}`)).toEqual({
      ...ZEROS,
      'ops:get': '1.00',
      'bandwidth:out': '100',
    })
  })

  test('in form B are per second, one at a time', async () => {
    await start()
    expect(await put(`${user}&limit-type=ops&limit-resource=get&limit-value=3600`)).toBe(200)
    expect(await put(`${user}&limit-type=bandwidth&limit-resource=out&limit-value=3.33`)).toBe(200)
    const limits = { ...ZEROS, 'ops:get': '3600.00', 'bandwidth:out': '3.33' }
    expect(await read(simulator, `ostor-limits&${user}`)).toEqual(limits)
  })

  test('in form B reset their group on request', async () => {
    await start({ formBResets: true })
    await put(`${user}&limit-type=ops&limit-resource=get&limit-value=5`)
    await put(`${user}&limit-type=ops&limit-resource=put&limit-value=7`)
    expect(await read(simulator, `ostor-limits&${user}`)).toEqual({ ...ZEROS, 'ops:put': '7.00' })
  })

  test.each([
    ['A', 'limit-type=ops&limit-resource=get&limit-value=1'],
    ['B', 'ops&get=1'],
  ] as const)('of a gateway that knows only form %s refuse the other', async (limitsDialect, other) => {
    await start({ limitsDialect })
    expect(await put(`${user}&${other}`)).toBe(400)
  })

  test('in an unknown form are accepted in silence on request, and nothing changes', async () => {
    await start({ limitsDialect: 'A', unknownDialect: 'ignore' })
    expect(await put(`${user}&limit-type=ops&limit-resource=get&limit-value=1`)).toBe(200)
    expect(await read(simulator, `ostor-limits&${user}`)).toEqual(ZEROS)
  })

  test.each([
    'ops&bandwidth&get=1',
    'get=1',
    'ops&out=1',
    'bandwidth&get=1',
    'ops&get=-1',
    'ops&get=much',
    'ops&get=',
    'limit-type=ops&limit-resource=out&limit-value=1',
    'limit-type=iops&limit-resource=get&limit-value=1',
    'limit-type=ops&limit-resource=get',
    'ops&limit-type=ops&limit-resource=get&limit-value=1',
  ])('with %s are 400', async (wrong) => {
    await start()
    expect(await put(`${user}&${wrong}`)).toBe(400)
    expect(await read(simulator, `ostor-limits&${user}`)).toEqual(ZEROS)
  })

  test('of none, of two, or of an unknown subject are refused', async () => {
    await start()
    expect(await put('ops&get=1')).toBe(400)
    expect(await put(`${user}&${bucket}&ops&get=1`)).toBe(400)
    expect(await put('id=0123456789abcdef&ops&get=1')).toBe(404)
    expect(await put('bucket=none&ops&get=1')).toBe(404)
  })

  test('are reset by group, or all together', async () => {
    await start()
    const set = async () => [await put(`${user}&ops&default=60`), await put(`${user}&bandwidth&out=9`)]
    await set()
    expect((await ask(simulator, 'DELETE', `ostor-limits&${user}&ops`)).status).toBe(204)
    expect(await read(simulator, `ostor-limits&${user}`)).toEqual({ ...ZEROS, 'bandwidth:out': '9' })
    await set()
    await ask(simulator, 'DELETE', `ostor-limits&${user}`)
    expect(await read(simulator, `ostor-limits&${user}`)).toEqual(ZEROS)
  })
})

describe('quotas', () => {
  test('are read as written, numbered by kind, and 0 after they were deleted', async () => {
    await start()
    expect((await ask(simulator, 'PUT', `ostor-quotas&${user}&quota-size=1024`)).text).toBe('')
    expect(await quota(user)).toEqual({ version: '1', type: '0', size: '1024' })
    await ask(simulator, 'PUT', `ostor-quotas&${bucket}&quota-size=256`)
    expect(await quota(bucket)).toEqual({ version: '1', type: '1', size: '256' })
    expect((await ask(simulator, 'DELETE', `ostor-quotas&${user}`)).status).toBe(204)
    expect(await quota(user)).toEqual({ version: '1', type: '0', size: '0' })
  })

  test('by default hold for who has none', async () => {
    await start()
    await ask(simulator, 'PUT', 'ostor-quotas&default=user&quota-size=5')
    expect(await quota('default=user')).toMatchObject({ size: '5' })
    expect(await quota(user)).toMatchObject({ size: '5' })
    expect(await quota(bucket)).toMatchObject({ size: '0' })
  })

  test.each([
    ['bytes', '2000000000'],
    ['binary-bytes', '2147483648'],
  ] as const)('come in %s and with a word for the kind on request', async (quotaUnit, size) => {
    await start({ quotaUnit, quotaType: 'word' })
    await ask(simulator, 'PUT', `ostor-quotas&${user}&quota-size=2`)
    expect(await quota(user)).toEqual({ version: '1', type: 'user', size })
  })

  test('fail without accounting, before 4.7, and with wrong parameters', async () => {
    await start({ accounting: false })
    expect((await ask(simulator, 'GET', `ostor-quotas&${user}`)).status).toBe(400)
    await simulator.close()
    await start({ version: '4.6' })
    expect((await ask(simulator, 'GET', `ostor-quotas&${user}`)).status).toBe(400)
    await simulator.close()
    await start()
    for (const wrong of ['default=all', `default=user&${user}`, '', `${user}&quota-size=x`, `${user}&quota-size=-1`]) {
      expect((await ask(simulator, 'PUT', `ostor-quotas&${wrong}`)).status).toBe(400)
    }
  })
})
