import { describe, expect, test } from 'vitest'
import { CLUSTER, world } from '../../../test/world.ts'

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
    let at = Date.now()
    const { admin, simulator, connection } = await world({ now: () => new Date(at) })
    await connection.check()
    simulator.control.clearCalls()
    await admin('GET', `${CLUSTER}/connection`)
    expect(simulator.control.calls()).toEqual([])
    at += 16_000
    simulator.control.faults.add({ hang: 'before' })
    expect((await admin('GET', `${CLUSTER}/connection`)).json().state).toBe('ok')
    await expect.poll(() => simulator.control.calls().length).toBeGreaterThan(0)
  })
})
