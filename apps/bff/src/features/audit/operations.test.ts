import type { AuditEntry } from '@ostor-console/shared/audit'
import { expect, test } from 'vitest'
import { desk } from '../../../test/desk.ts'
import { auditOf } from '../../adapters/store/audit.ts'
import { UNDECIDED } from '../../adapters/store/audit-unseen.ts'
import { eventsOf } from './events.ts'

type Operations = Record<'open' | 'undecided' | 'failed', AuditEntry[]>

const shown = (entries: AuditEntry[]) => entries.map(({ action, outcome }) => `${action} ${outcome}`)

test('operations are those that are under way, being checked or failed, and none that was done', async () => {
  const { ask, user, control, store } = await desk()
  const { id } = user(1)
  const setState = (state: string) => ask('PUT', `/users/${id}/state`, { state })
  await setState('disabled')
  control.faults.add({ method: 'POST', status: 403, code: 'AccessDenied', times: 1 })
  await setState('enabled')
  control.faults.add({ method: 'POST', reset: 'before', times: 1 })
  await setState('enabled')
  const actor = 'eve@example.com'
  await auditOf(store).begin({ actor, cluster: 'demo', action: 'user.delete', target: 'x', userId: id })
  await auditOf(store).begin({ actor, cluster: 'other', action: 'user.delete', target: 'x', userId: id })
  const old = { now: () => new Date(Date.now() - 8 * 86_400_000) }
  await auditOf(store, old).record({ actor, cluster: 'demo', action: 'gap.decide', target: 'x', outcome: 'refused' })

  const lost = await auditOf(store).record({
    actor,
    cluster: 'demo',
    action: 'user.enable',
    target: 'x',
    outcome: 'done',
  })
  await auditOf(store).end(lost, { outcome: 'unknown', detail: `${UNDECIDED} Somebody else changed it.` })
  await auditOf(store).begin({ actor, cluster: 'demo', action: 'retention.delete', target: 'x' })
  const lastMonth = { now: () => new Date(Date.now() - 30 * 86_400_000) }
  await auditOf(store, lastMonth).begin({ actor, cluster: 'demo', action: 'key.create', target: 'x', userId: id })

  const { body } = await ask<Operations>('GET', '/operations')
  expect(shown(body.open)).toEqual(['user.enable unknown', 'user.delete started', 'key.create started'])
  expect(shown(body.undecided)).toEqual(['retention.delete started', 'user.enable unknown'])
  expect(shown(body.failed)).toEqual(['user.enable refused'])
})

test('a page hears of what is written into the audit, and has to connect again after a while', async () => {
  const versions = [1n, 1n, 2n, 2n, 3n]
  const parts = { version: async () => versions.shift() ?? 3n, isOver: () => false, lookEveryMs: 0, looks: 11 }
  const heard: string[] = []
  for await (const event of eventsOf(parts)) heard.push(event.trim())
  expect(heard).toEqual(['retry: 1000', 'event: changed\ndata: 2', 'event: changed\ndata: 3', ': alive'])
})

test('a console that is about to end lets nobody listen on', async () => {
  const heard: string[] = []
  for await (const event of eventsOf({ version: async () => 1n, isOver: () => true })) heard.push(event)
  expect(heard).toHaveLength(1)
})

test('the events come as such', async () => {
  const { app, session } = await desk()
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const stop = new AbortController()
  const reply = await fetch(`${url}/api/v1/clusters/demo/operations/events`, {
    headers: session(),
    signal: stop.signal,
  })
  expect(reply.headers.get('content-type')).toMatch(/^text\/event-stream/)
  const first = await reply.body?.getReader().read()
  expect(new TextDecoder().decode(first?.value)).toBe('retry: 1000\n\n')
  stop.abort()
})
