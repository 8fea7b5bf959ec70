import type { PasswordLink } from '@ostor-console/shared/admins'
import type { Bill } from '@ostor-console/shared/bills'
import type { BucketPage } from '@ostor-console/shared/buckets'
import type { BulkRun } from '@ostor-console/shared/bulk'
import type { UserGroup } from '@ostor-console/shared/groups'
import type { Session } from '@ostor-console/shared/session'
import type { UserPage } from '@ostor-console/shared/users'
import type { Page } from '@playwright/test'
import { expect } from './console.ts'

/** Sees the users of one group only. */
export const LIMITED = { email: 'rita@reseller.example', password: 'a long enough password' }
export const LEAVING = 'leaving@customer.example'
const API = '/api/v1/clusters/default'

type Ask = <T>(method: 'GET' | 'POST', path: string, data?: object) => Promise<T>

/** Asks as the page does. */
const asker = async (page: Page, origin: string): Promise<Ask> => {
  const session: Session = await (await page.request.get('/api/v1/session')).json()
  const headers = { 'x-csrf-token': session.csrfToken ?? '', 'x-requested-by': 'console', origin }
  return async (method, path, data) => {
    const reply = await page.request.fetch(path, { method, headers, ...(data && { data }) })
    expect(reply.ok(), `${method} ${path}: ${await reply.text()}`).toBe(true)
    return reply.json()
  }
}

const free = { included: 0, tiers: [{ upTo: null, price: '0' }] }
const PLAN = {
  name: 'Standard',
  currency: 'EUR',
  unit: 'GB',
  prices: {
    storage: { included: 0, tiers: [{ upTo: null, price: '0.012' }] },
    egress: { included: 100, tiers: [{ upTo: null, price: '0.02' }] },
    put: free,
    get: { included: 0, tiers: [{ upTo: null, price: '0.0004' }] },
    list: free,
    other: free,
  },
}

/** Gives every page something to show, and answers what the addresses of pages need to know. */
export const furnish = async (
  page: Page,
  origin: string,
  at: { clientId: number; month: string; leavesAt: string },
) => {
  const ask = await asker(page, origin)
  const { items: users } = await ask<UserPage>('GET', `${API}/users`)
  const [user, other, ...more] = users.filter((each) => !each.protected && (each.bucketCount ?? 0) > 0)
  const leaving = users.find(({ email }) => email === LEAVING)
  if (!user || !other || !leaving) throw new Error('there are users')
  const { items: buckets } = await ask<BucketPage>('GET', `${API}/buckets?ownerId=${user.id}`)
  const bucket = buckets[0]?.name ?? ''
  // By such answers the console learns how the gateway speaks, which the settings tell whatever pages were open before.
  await ask('GET', `${API}/users/${user.id}/quota`)
  await ask('GET', `${API}/buckets/${bucket}`)

  await ask('POST', `/api/v1/clients/${at.clientId}/links`, { cluster: 'default', userId: user.id })
  await ask('POST', `${API}/users/${leaving.id}/deletion`, { dueAt: at.leavesAt, confirmEmail: LEAVING })
  const domains = [other.email.slice(other.email.indexOf('@') + 1)]
  const group = await ask<UserGroup>('POST', `${API}/groups`, { name: 'Reseller A', domains })
  await ask('POST', '/api/v1/account/tokens', { name: 'nightly report', verbs: ['usage.see', 'user.list'], days: 90 })
  const invite = (invited: object) => ask<PasswordLink>('POST', '/api/v1/admins', invited)
  const limited = await invite({ email: LIMITED.email, role: 'operator', limitedTo: [group.id] })
  const { code } = await invite({ email: 'vera@provider.example', role: 'viewer' })
  // Without the cookie of whoever invites: whoever joins is signed in.
  const joined = await fetch(`${origin}/api/v1/join`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-requested-by': 'console', origin },
    body: JSON.stringify({ code: limited.code, password: LIMITED.password }),
  })
  expect(joined.ok, await joined.text()).toBe(true)

  const ids = more.slice(0, 3).map(({ id }) => id)
  const plan = { change: { action: 'disable' }, choice: { by: 'ids', ids } }
  const { id: runId } = await ask<BulkRun>('POST', `${API}/bulk`, plan)
  await ask('POST', `${API}/bulk/${runId}/start`, { perSecond: 50 })
  await expect
    .poll(async () => (await ask<BulkRun>('GET', `${API}/bulk/${runId}`)).state, { timeout: 60_000 })
    .toBe('ended')

  await ask('POST', '/api/v1/billing/plans', PLAN)
  await ask('POST', `/api/v1/billing/months/${at.month}/count`, {})
  const { items: bills } = await ask<{ items: Bill[] }>('GET', `/api/v1/billing/months/${at.month}/bills`)
  return { userId: user.id, bucket, runId, billId: bills[0]?.id ?? '', joinCode: code }
}
