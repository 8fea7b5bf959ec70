import type { Role } from '@ostor-console/shared/roles'
import type { RouteOptions } from 'fastify'
import { adminsOf } from '../src/adapters/store/admins.ts'
import { groupsOf } from '../src/adapters/store/groups.ts'
import { hashPassword } from '../src/features/session/password.ts'
import { ADMIN, CLUSTER, world } from './world.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
export type Asked = { method: Method; url: string; verb: string; scope: string }
/** What belongs to one user, by the names that the addresses of the routes have for it. */
export type Ids = Record<'userId' | 'email' | 'bucket' | 'keyId' | 'operationId' | 'id' | 'runId', string>

const METHODS: Method[] = ['GET', 'POST', 'PUT', 'DELETE']
export const LATER = new Date(Date.now() + 30 * 86_400_000).toISOString()

/** A cluster with a user of the reseller and one who is none of theirs, who own and did the same. */
export const twoResellers = async () => {
  const registered: RouteOptions[] = []
  const here = await world({
    simulator: { users: 3, buckets: 3, days: 1 },
    parts: { onRoute: (route) => registered.push(route), wait: async () => undefined },
  })
  const { admin, store, simulator, directory } = here
  const { users, buckets } = simulator.control
  const made = ['inside@reseller.example', 'canary-outside@other.example'].map((email, index) => {
    const user = users.create({ email, keys: 2 })
    const bucket = index === 0 ? 'bucket-inside' : 'bucket-canary-outside'
    buckets.create({ name: bucket, owner: user.id })
    return { userId: user.id, email, bucket, keyId: user.keys[0]?.id ?? '' }
  })
  await directory.refreshUsers()
  await directory.refreshBuckets()
  const [inside, outside] = await Promise.all(
    made.map(async (each): Promise<Ids> => {
      const user = `${CLUSTER}/users/${each.userId}`
      await admin('PUT', `${user}/state`, { state: 'disabled' })
      const { items } = (await admin('GET', `${CLUSTER}/audit?userId=${each.userId}`)).json()
      const due = await admin('POST', `${user}/keys/${each.keyId}/revocation`, { dueAt: LATER })
      const choice = { by: 'ids', ids: [each.userId] }
      const run = await admin('POST', `${CLUSTER}/bulk`, { change: { action: 'enable' }, choice })
      return { ...each, operationId: items[0].id, id: due.json().id, runId: run.json().id }
    }),
  )
  if (!inside || !outside) throw new Error('there are two')

  const groups = groupsOf(store)
  const group = await groups.create('demo', { name: 'Reseller', domains: ['reseller.example'] })
  const passwordHash = await hashPassword(ADMIN.password)
  const routes = registered.flatMap(({ method, url, config }): Asked[] => {
    const [known] = METHODS.filter((each) => each === method)
    if (!known || !config?.verb || config.verb === 'anyone' || config.verb === 'signed-in') return []
    return [{ method: known, url, verb: config.verb, scope: config.scope ?? '' }]
  })
  /** Signs in as somebody of a role who is limited to the group, which may be gone by then. */
  const as = async (role: Role, { isGone = false } = {}) => {
    const email = `the-${role}@example.com`
    const { id } = await adminsOf(store).create({ email, role, passwordHash })
    await groups.setLimit(id, [group])
    if (isGone) await groups.remove(group)
    await here.signIn({ ...ADMIN, email })
    return id
  }
  return { ...here, inside, outside, group, groups, routes, as }
}
