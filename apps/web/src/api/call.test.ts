import type { billingRoutes } from '@ostor-console/shared/billing'
import type { groupsRoutes } from '@ostor-console/shared/groups'
import { afterEach, expect, test, vi } from 'vitest'
import { call } from './call.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

test('an answer is waited for as long as the call says, and 45 seconds when it says nothing', async () => {
  vi.stubGlobal('fetch', async () => new Response('{}', { headers: { 'content-type': 'application/json' } }))
  const timeout = vi.spyOn(AbortSignal, 'timeout')
  const input = { params: { month: '2026-10' }, body: {}, timeoutMs: 3_600_000 }
  await call<typeof billingRoutes.count>('POST', '/api/v1/billing/months/:month/count', input)
  const body = { name: 'Reseller A', domains: [] }
  await call<typeof groupsRoutes.create>('POST', '/api/v1/clusters/:cluster/groups', {
    params: { cluster: 'default' },
    body,
  })
  expect(timeout.mock.calls).toEqual([[3_600_000], [45_000]])
})
