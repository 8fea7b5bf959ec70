import { describe, expect, test } from 'vitest'
import { simulated } from '../../../test/simulated-gateway.ts'
import type { GatewayConfig } from './gateway.ts'
import { readReplication } from './replication-reader.ts'

const rule = (inside: string) => `<ReplicationConfiguration><Rule>${inside}</Rule></ReplicationConfiguration>`

const start = async (config: Partial<GatewayConfig> = {}) => {
  const parts = await simulated({ replicationReaders: 'system' }, config)
  const { control } = parts.simulator
  const [owner] = control.oracle.users()
  const create = (name: string) => control.buckets.create({ name, owner: owner?.id ?? '' })
  const set = (bucket: string, endpoint = 'https://vienna.example.com:8443/s3') =>
    control.replicate(bucket, { xml: rule('<Status>Enabled</Status>'), endpoint, accessKey: 'k', secret: 's' })
  return { ...parts, control, create, set }
}

describe.each(['v2', 'v4'] as const)('the replication of a bucket, signed by %s', (signature) => {
  test.each(['films', 'films & more', "o'b(1)"])('of the name %s', async (name) => {
    const { gateway, create, set } = await start({ signature })
    create(name)
    expect(await gateway.getReplication(name)).toMatchObject({ state: 'none' })
    set(name)
    const found = await gateway.getReplication(name)
    expect(found).toMatchObject({ state: 'configured', remote: 'https://vienna.example.com:8443' })
  })
})

test.each(['', 'vienna', 'javascript:alert(1)', 'file:///etc'])(
  'an address %j of the other cluster that is none is not shown',
  async (endpoint) => {
    const { gateway, create, set } = await start()
    create('films')
    set('films', endpoint)
    expect(await gateway.getReplication('films')).toMatchObject({ state: 'configured', remote: null })
  },
)

test.each([
  [400, 'NotImplemented', 'not-supported'],
  [501, 'NotImplemented', 'not-supported'],
  [405, 'MethodNotAllowed', 'not-supported'],
  [403, 'AccessDenied', 'not-allowed'],
  [403, 'SignatureDoesNotMatch', 'not-allowed'],
  [404, 'ReplicationConfigurationNotFoundError', 'none'],
])('%i %s means %s', async (status, code, state) => {
  const { gateway, control } = await start()
  control.faults.add({ status, code })
  expect(await gateway.getReplication('films')).toMatchObject({ state })
})

test('that it knows no such question is believed the second time, and any answer in between takes it back', async () => {
  const { gateway, control, create } = await start()
  create('films')
  const asked = async () => {
    const { state } = await gateway.getReplication('films')
    const fact = gateway.dialect().facts.find(({ topic }) => topic === 'replication')
    return [state, fact?.way]
  }
  control.faults.add({ status: 501 })
  expect(await asked()).toEqual(['not-supported', null])
  control.faults.clear()
  expect(await asked()).toEqual(['none', 'yes'])
  control.faults.add({ status: 501 })
  expect(await asked()).toEqual(['not-supported', 'yes'])
  expect(await asked()).toEqual(['not-supported', 'no'])
  control.clearCalls()
  expect(await asked()).toEqual(['not-supported', 'no'])
  expect(control.calls()).toEqual([])
})

test.each(['InvalidBucketName', 'InvalidRequest', 'InvalidArgument', 'RequestTimeout'])(
  'that the gateway found fault with the request (%s) teaches nothing',
  async (code) => {
    const { gateway, control } = await start()
    control.faults.add({ status: 400, code })
    for (let asked = 0; asked < 3; asked += 1)
      await expect(gateway.getReplication('films')).rejects.toMatchObject({
        problem: { type: '/problems/gateway-refused', detail: expect.stringContaining(code) },
      })
    expect(gateway.dialect().facts.find(({ topic }) => topic === 'replication')?.way).toBeNull()
  },
)

test('another 404, a failure and a busy gateway say nothing of replication', async () => {
  const { gateway, control } = await start()
  for (const [fault, kind] of [
    [{ status: 404, code: 'NoSuchKey' }, 'gateway-refused'],
    [{ status: 404, code: 'NoSuchBucket' }, 'bucket-not-found'],
    [{ status: 503 }, 'gateway-unreachable'],
  ] as const) {
    control.faults.clear()
    control.faults.add(fault)
    const asked = gateway.getReplication('films')
    await expect(asked).rejects.toMatchObject({ problem: { type: `/problems/${kind}` } })
  }
})

test('a list of objects, which a gateway without replication may answer, is no replication', async () => {
  const { gateway, control } = await start()
  control.faults.add({ status: 200, body: '<ListBucketResult><Name>films</Name></ListBucketResult>' })
  expect(await gateway.getReplication('films')).toMatchObject({ state: 'not-supported' })
})

test('no more than 256 KiB are taken of it', async () => {
  const { gateway, control } = await start()
  control.faults.add({ status: 200, body: rule(`<Prefix>${'x'.repeat(300_000)}</Prefix>`) })
  await expect(gateway.getReplication('films')).rejects.toMatchObject({ problem: { status: 502 } })
})

const read = (inside: string) => readReplication(rule(inside))?.[0]

describe('a document', () => {
  test('tells its rules, wherever versions put the prefix', () => {
    expect(read('<Filter><Prefix>a</Prefix></Filter>')).toMatchObject({ prefix: 'a', byTag: false })
    expect(read('<Prefix>a</Prefix>')).toMatchObject({ prefix: 'a' })
    expect(read('<Filter><And><Prefix>a</Prefix><Tag><Key>k</Key></Tag></And></Filter>')).toMatchObject({
      prefix: 'a',
      byTag: true,
    })
    expect(read('<Filter><Prefix/></Filter><Priority>01</Priority>')).toMatchObject({ prefix: '', priority: '01' })
    expect(readReplication('<ReplicationConfiguration/>')).toEqual([])
    expect(readReplication('<r:ReplicationConfiguration xmlns:r="x"/>')).toEqual([])
    expect(readReplication('<Other/>')).toBeNull()
  })

  test('keeps spaces, digits and the five entities as they are meant, and knows no other entity', () => {
    expect(read('<Filter><Prefix> a&amp;b &lt;1&gt; &bomb; </Prefix></Filter>')?.prefix).toBe(' a&b <1> &bomb; ')
  })

  test.each([
    '<!DOCTYPE x [<!ENTITY bomb "b">]><ReplicationConfiguration/>',
    '<ReplicationConfiguration><Rule>',
    '<ReplicationConfiguration></Rule>',
    'MARKER',
    '',
  ])('of %j is refused without being repeated', (text) => {
    expect(() => readReplication(text)).toThrow(SyntaxError)
    expect(() => readReplication(text)).toThrow(/^(?!.*(MARKER|bomb))/)
  })

  test('that names a prototype is refused', () => {
    expect(() => read('<__proto__><Status>x</Status></__proto__>')).toThrow(SyntaxError)
  })
})

test('a name that would be a step in the path is no bucket, and nothing is asked', async () => {
  const { gateway, control } = await start()
  control.clearCalls()
  for (const name of ['', '.', '..'])
    await expect(gateway.getReplication(name)).rejects.toMatchObject({
      problem: { type: '/problems/bucket-not-found' },
    })
  expect(control.calls()).toEqual([])
})

test('the answer is logged without its headers', async () => {
  const lines: string[] = []
  const write = (fields: object) => void lines.push(JSON.stringify(fields))
  const parts = await simulated({ replicationReaders: 'system' }, {}, { log: { debug: write, warn: write } })
  const { control } = parts.simulator
  const [bucket = ''] = control.oracle.buckets()
  control.replicate(bucket, { xml: rule(''), endpoint: 'MARKER', accessKey: 'MARKER', secret: 'MARKER' })
  await parts.gateway.getReplication(bucket)
  expect(lines.some((line) => line.includes('"service":"replication"'))).toBe(true)
  expect(lines.join('')).not.toContain('MARKER')
})
