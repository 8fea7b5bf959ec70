import type { AuditEntry } from '@ostor-console/shared/audit'
import { describe, expect, test } from 'vitest'
import { desk } from '../../../test/desk.ts'

const ID = '0123456789abcdef0123456789abcdef'
const CHOSEN = { 'operation-id': ID }

describe('an operation whose id the browser chose', () => {
  test('is asked for by it, and the answer holds no secret', async () => {
    const { ask, user, handOver, oracle } = await desk()
    const { id } = user(1)
    handOver(await ask('POST', `/users/${id}/keys`, {}, CHOSEN))
    const { status, body } = await ask<AuditEntry>('GET', `/audit/${ID}`)
    expect([status, body.action, body.outcome]).toEqual([200, 'key.create', 'done'])
    expect(body.after).toEqual({ keyId: oracle.user(id)?.keys[1]?.id })
  })

  test('is done once, however often its request arrives', async () => {
    const { ask, user, handOver, writes, audit, oracle } = await desk()
    const { id } = user(1)
    const replies = await Promise.all(Array.from({ length: 5 }, () => ask('POST', `/users/${id}/keys`, {}, CHOSEN)))
    for (const reply of replies) if (reply.status === 201) handOver(reply)
    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409, 409])
    expect(writes()).toHaveLength(1)
    expect(oracle.user(id)?.keys).toHaveLength(2)
    expect(await audit()).toHaveLength(1)
    const again = await ask('PUT', `/users/${id}/state`, { state: 'disabled' }, CHOSEN)
    expect(again.body.type).toBe('/problems/asked-already')
    expect(oracle.user(id)?.state).toBe('enabled')
  })

  test('of a rotation is that of its new key', async () => {
    const { ask, user, handOver } = await desk()
    const { id, keys } = user(1)
    const dueAt = new Date(Date.now() + 86_400_000).toISOString()
    handOver(await ask('POST', `/users/${id}/keys/${keys[0]?.id}/rotation`, { dueAt }, CHOSEN))
    expect((await ask<AuditEntry>('GET', `/audit/${ID}`)).body).toMatchObject({ action: 'key.create', outcome: 'done' })
  })

  test('says that it is not known how it ended as long as that is so', async () => {
    const { ask, user, control } = await desk()
    control.faults.add({ method: 'POST', reset: 'before' })
    const { body } = await ask('POST', `/users/${user(1).id}/keys`, {}, CHOSEN)
    expect(body).toMatchObject({ type: '/problems/outcome-unknown', operationId: ID })
    expect((await ask<AuditEntry>('GET', `/audit/${ID}`)).body.outcome).toBe('unknown')
  })

  test('is not heard of before it began, nor by an id that could be met by chance', async () => {
    const { ask, user } = await desk()
    expect((await ask('GET', `/audit/${ID}`)).body.type).toBe('/problems/operation-not-found')
    for (const id of ['1', "0' or '1'='1", 'x'.repeat(64)]) {
      await ask('PUT', `/users/${user(1).id}/state`, { state: 'disabled' }, { 'operation-id': id })
      await ask('PUT', `/users/${user(1).id}/state`, { state: 'enabled' }, { 'operation-id': id })
      expect((await ask('GET', `/audit/${encodeURIComponent(id)}`)).body.type).toBe('/problems/operation-not-found')
    }
    expect(user(1).state).toBe('enabled')
  })
})
