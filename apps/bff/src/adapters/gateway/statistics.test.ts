import { expect, test } from 'vitest'
import { simulated } from '../../../test/simulated-gateway.ts'

const NAME = 's3-usage-8000000000000065-2026-11-01T00:00:00.000Z-1800'

const item = (counters: unknown, key: object = {}) => ({
  key: { bucket: 'client', epoch: 98309, user_id: 'b81d6c5f895a8c86', tag: '', ...key },
  counters,
})
const counted = (put: unknown) => ({
  ops: { put, get: 3, list: 0, other: 0 },
  net_io: { uploaded: 41258, downloaded: 45511311 },
})
const object = (items: unknown[], rest: object = {}) =>
  JSON.stringify({
    fmt_version: 1,
    service_id: '8000000000000065',
    start_ts: 1485966714,
    period: 1390,
    nr_items: items.length,
    items,
    ...rest,
  })

const read = async (body: string) => {
  const { gateway, simulator } = await simulated()
  simulator.control.statistics.plant(NAME, body)
  return gateway.readStatistics(NAME)
}

test('an object is read to the last byte, and its period is the one it covers', async () => {
  const body = object([item(counted(1))])
  const found = await read(body)
  expect(Buffer.from(found?.raw ?? []).toString()).toBe(body)
  expect(found?.object).toEqual({
    formatVersion: 1,
    serviceId: '8000000000000065',
    startedAt: new Date('2017-02-01T16:31:54Z'),
    periodSeconds: 1390,
    items: [
      {
        bucket: 'client',
        epoch: 98309n,
        userId: 'b81d6c5f895a8c86',
        tag: '',
        putOps: 1n,
        getOps: 3n,
        listOps: 0n,
        otherOps: 0n,
        uploadedBytes: 41258n,
        downloadedBytes: 45511311n,
      },
    ],
  })
})

test('D13: B64: a service is known by the name of its object, however the body writes the id', async () => {
  for (const id of ['8000000000000065', '"800000000000006a"', 'null']) {
    const found = await read(object([item(counted(1))]).replace('"8000000000000065"', id))
    expect(found?.object.serviceId).toBe('8000000000000065')
  }
})

test('counters past 2^53 are exact, as numbers and as text', async () => {
  const body = object([item(counted('PUT')), item(counted('9007199254740995'), { tag: 'b' })]).replace(
    '"PUT"',
    '9007199254740993',
  )
  expect((await read(body))?.object.items.map(({ putOps }) => putOps)).toEqual([9007199254740993n, 9007199254740995n])
})

test('two items of one key are summed, and so are counters split by storage class', async () => {
  const split = {
    ops: { put: 1, get: 0, list: 0, other: 0 },
    net_io: { hot: { uploaded: 1, downloaded: 2 }, cold: { uploaded: 3, downloaded: 4 } },
  }
  const found = await read(object([item(counted(1)), item(counted(2)), item(split, { tag: 'x' })]))
  expect(found?.object.items.map(({ putOps, uploadedBytes }) => [putOps, uploadedBytes])).toEqual([
    [3n, 82516n],
    [1n, 4n],
  ])
})

test('D2: the user is found under the name that older programs read', async () => {
  const found = await read(object([item(counted(1), { user_id: undefined, user: 'x' })]))
  expect(found?.object.items[0]?.userId).toBe('x')
})

test.each([['2147483648'], ['9223372036854775808'], ['-1'], ['"new"']])(
  'a version of the format that no counter holds, %s, is not known',
  async (version) => {
    const found = await read(object([item(counted(1))]).replace('"fmt_version":1', `"fmt_version":${version}`))
    expect(found?.object.formatVersion).toBeNull()
  },
)

test.each([
  ['-1', object([item(counted(-1))])],
  ['a fraction', object([item(counted(1.5))])],
  ['2^63', object([item(counted('9223372036854775808'))])],
  ['text', object([item(counted('many'))])],
  ['null', object([item(counted(null))])],
  ['a sum past 2^63', object([item(counted('9223372036854775807')), item(counted(1))])],
  ['1e400', object([item(counted('PUT'))]).replace('"PUT"', '1e400')],
  ['a missing counter', object([item({ ops: {}, net_io: {} })])],
  ['a missing key', object([{ counters: counted(1) }])],
  ['fewer items than it says', object([item(counted(1))], { nr_items: 3 })],
  ['no count of items', object([item(counted(1))], { nr_items: undefined })],
  ['a start beyond all calendars', object([], { start_ts: 1e15 })],
  ['no period', object([], { period: undefined })],
  ['digits that are no JSON', object([]).replace('"8000000000000065"', '800000000000006a')],
  ['no list', object([], { items: {} })],
])('an object with %s cannot be true and is refused', async (_, body) => {
  await expect(read(body)).rejects.toMatchObject({
    problem: { type: '/problems/gateway-bad-reply', detail: expect.any(String) },
  })
})

test.each([
  [3, 'nr_items is 3, but the number of items is 1'],
  [undefined, 'nr_items is missing, but the number of items is 1'],
])('a wrong count of items, %s, is told so that it reads right of a single one', async (said, detail) => {
  const reading = read(object([item(counted(1))], { nr_items: said }))
  await expect(reading).rejects.toMatchObject({ problem: { detail: expect.stringContaining(detail) } })
})

test('an object that is not there is null, and deleting it is done', async () => {
  const { gateway } = await simulated()
  expect(await gateway.readStatistics(NAME)).toBeNull()
  await gateway.deleteStatistics(NAME)
})

test('D7: every name is seen once over all pages, also those dated 1970, whatever the gateway breaks above', async () => {
  const { gateway, simulator } = await simulated({
    days: 20,
    services: 3,
    names1970: 2,
    brokenJsonAbove: 60,
    pageSize: 50,
  })
  const names: string[] = []
  for (;;) {
    const after = names.at(-1)
    const page = await gateway.listStatistics(after === undefined ? {} : { after })
    names.push(...page.names)
    if (!page.truncated || page.names.length === 0) break
  }
  expect(limitsIn(simulator).slice(0, 5)).toEqual(['500', '250', '125', '62', '31'])
  expect(new Set(names).size).toBe(names.length)
  expect(names.filter((name) => name.includes('1970'))).toHaveLength(2)
  expect(names.length).toBeGreaterThan(1000)
})

const limitsIn = ({ control }: Awaited<ReturnType<typeof simulated>>['simulator']) =>
  control.calls().map(({ parameters }) => parameters.find(({ name }) => name === 'limit')?.value)

test('one answer that breaks makes the pages shorter for a while, and not for good', async () => {
  const { gateway, simulator } = await simulated()
  const fault = simulator.control.faults.add({ service: 'ostor-usage', body: '{"nr_items":' })
  await expect(gateway.listStatistics()).rejects.toMatchObject({ problem: { type: '/problems/gateway-bad-reply' } })
  expect(limitsIn(simulator).at(-1)).toBe('1')
  simulator.control.faults.clear(fault)
  for (let page = 0; page < 100; page += 1) await gateway.listStatistics()
  expect(limitsIn(simulator).at(-1)).toBe('500')
})

test('a page for people in place of a list says nothing of how many names there may be', async () => {
  const { gateway, simulator } = await simulated()
  const fault = simulator.control.faults.add({
    service: 'ostor-usage',
    body: '<!doctype html><title>Back soon</title>',
  })
  await expect(gateway.listStatistics()).rejects.toMatchObject({ problem: { type: '/problems/gateway-not-ostor' } })
  simulator.control.faults.clear(fault)
  await gateway.listStatistics()
  expect(limitsIn(simulator)).toEqual(['500', '500'])
})

const names = (items: unknown[], rest: object = {}) =>
  JSON.stringify({ nr_items: items.length, truncated: false, items, ...rest })

test.each([
  ['fewer names than it says', names(['b'], { nr_items: 2 })],
  ['nothing, and more to follow', names([], { truncated: true })],
  ['only names that were listed before', names(['a', 'Z'])],
  ['a number among the names', names(['b', 5])],
  ['no list', '{"nr_items":0}'],
])('a page with %s is an error', async (_, body) => {
  const { gateway, simulator } = await simulated()
  simulator.control.faults.add({ service: 'ostor-usage', body })
  await expect(gateway.listStatistics({ after: 'a' })).rejects.toMatchObject({
    problem: { type: '/problems/gateway-bad-reply' },
  })
  expect(simulator.control.calls()).toHaveLength(1)
})

test('a page that repeats names, also those before, or mixes their order is the set of what lies after', async () => {
  const { gateway, simulator } = await simulated()
  simulator.control.faults.add({ service: 'ostor-usage', body: names(['c', 'a', 'b', 'c']) })
  expect(await gateway.listStatistics({ after: 'a' })).toEqual({ names: ['b', 'c'], truncated: false })
})

test('a gateway that refuses a limit is asked without one from then on', async () => {
  const { gateway, simulator } = await simulated()
  simulator.control.faults.add({ parameters: { limit: null }, status: 400, code: 'InvalidArgument' })
  expect((await gateway.listStatistics()).names.length).toBeGreaterThan(20)
  await gateway.listStatistics()
  expect(simulator.control.calls()).toHaveLength(3)
})
