import type { Dialect } from '@ostor-console/shared/dialect'
import { describe, expect, test } from 'vitest'
import { testClock } from '../../../test/test-clock.ts'
import { CLUSTER, world } from '../../../test/world.ts'
import { Secret } from '../../adapters/gateway/secret.ts'
import { openCluster } from '../../open-cluster.ts'

describe('clusters', () => {
  test('are listed without the secret of their key', async () => {
    const { admin, simulator } = await world()
    const reply = await admin('GET', '/api/v1/clusters')
    const { endpoint, accessKeyId, secretAccessKey } = simulator
    expect(reply.json()).toEqual([{ id: 'demo', name: 'Demo', endpoint, accessKeyId, signature: 'v2', demo: true }])
    expect(reply.body).not.toContain(secretAccessKey)
  })

  test.each(['connection', 'audit', 'users', 'buckets'])('that do not exist have no %s', async (what) => {
    const { admin } = await world()
    expect((await admin('GET', `/api/v1/clusters/nowhere/${what}`)).json().type).toBe('/problems/cluster-not-found')
    const named = await admin('GET', `/api/v1/clusters/No_Where/${what}`)
    expect(named.json()).toMatchObject({ type: '/problems/request-invalid', errors: [{ pointer: '/params/cluster' }] })
  })
})

describe('the connection', () => {
  test('is asked for on demand, and says what is wrong', async () => {
    const { admin, simulator } = await world()
    expect((await admin('POST', `${CLUSTER}/connection/check`)).json()).toMatchObject({ state: 'ok', detail: null })
    await simulator.close()
    const broken = (await admin('POST', `${CLUSTER}/connection/check`)).json()
    expect(broken).toMatchObject({ state: 'unreachable', detail: expect.any(String), lastOkAt: expect.any(String) })
    expect((await admin('GET', `${CLUSTER}/connection`)).json().state).toBe('unreachable')
  })

  test('is asked again when its state is old, without the answer waiting for it', async () => {
    const { now, later } = testClock(Date.now())
    const { admin, simulator, connection } = await world({ now })
    await connection.check()
    simulator.control.clearCalls()
    await admin('GET', `${CLUSTER}/connection`)
    expect(simulator.control.calls()).toEqual([])
    later(16_000)
    simulator.control.faults.add({ hang: 'before' })
    expect((await admin('GET', `${CLUSTER}/connection`)).json().state).toBe('ok')
    await expect.poll(() => simulator.control.calls().length).toBeGreaterThan(0)
  })
})

const wayOf = ({ facts }: Dialect, topic: string) => facts.find((fact) => fact.topic === topic)

describe('how the gateway speaks', () => {
  test('is not known at first, then learned, and still known after a restart', async () => {
    const { admin, simulator, store, gateway } = await world({ simulator: { version: '5.4' } })
    const read = async () => (await admin('GET', `${CLUSTER}/dialect`)).json<Dialect>()
    expect(wayOf(await read(), 'userList')).toMatchObject({ way: null, source: null, learnedAt: null, from: null })
    await admin('GET', `${CLUSTER}/users`)
    const learned = await read()
    expect(wayOf(learned, 'userList')).toMatchObject({ way: 'bare', source: 'learned', learnedAt: expect.any(String) })
    await gateway.close()

    const { endpoint, accessKeyId, secretAccessKey } = simulator
    const again = async (address: string) => {
      const config = { id: 'demo', name: 'Demo', endpoint: address, accessKeyId, signature: 'v2' } as const
      const more = { secretAccessKey: Secret.of(secretAccessKey), region: 'us-east-1', dialect: {} }
      const log = { info: () => {}, warn: () => {} }
      return (await openCluster({ ...config, ...more }, { store, log, staleAfterMs: 1 })).gateway.dialect()
    }
    expect(await again(endpoint)).toEqual(learned)
    expect(wayOf(await again('http://127.0.0.1:1'), 'userList')).toMatchObject({ way: null })
  })

  test('is what is set by hand, where it is', async () => {
    const { admin } = await world({ dialect: { version: '6.3', ways: { limitsForm: 'B' } } })
    const dialect = (await admin('GET', `${CLUSTER}/dialect`)).json<Dialect>()
    expect(dialect.version.set).toBe('6.3')
    expect(wayOf(dialect, 'limitsForm')).toMatchObject({ way: 'B', source: 'set' })
    expect(wayOf(dialect, 'oneBucket')).toMatchObject({ way: 'yes', source: 'set' })
  })
})
