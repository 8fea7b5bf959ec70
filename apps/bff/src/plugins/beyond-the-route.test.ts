import { expect, test } from 'vitest'
import { LATER, twoResellers } from '../../test/limited.ts'
import { kindOf, tokenDesk, tokensAt } from '../../test/token-desk.ts'
import { CLUSTER } from '../../test/world.ts'
import { strangersOf } from '../adapters/store/strangers.ts'

// What a route's own verb does not tell.

const SOON = new Date(Date.now() + 60_000).toISOString()
const MUCH_LATER = new Date(Date.now() + 60 * 86_400_000).toISOString()
const MINUTES = 60_000

test('a deletion that waits is made to happen sooner by whoever may delete, and put off by whoever may move it', async () => {
  const { admin, as, simulator, directory } = await twoResellers()
  const confirmEmail = 'leaves@reseller.example'
  const { id } = simulator.control.users.create({ email: confirmEmail, keys: 1 })
  await directory.refreshUsers()
  const due = await admin('POST', `${CLUSTER}/users/${id}/deletion`, { dueAt: LATER, confirmEmail })
  expect(due.statusCode).toBe(201)
  await as('operator')
  const move = (dueAt: string) => admin('PUT', `${CLUSTER}/scheduled/${due.json().id}`, { dueAt })
  expect(kindOf(await move(SOON))).toBe('not-allowed')
  expect((await move(MUCH_LATER)).statusCode).toBe(200)
  expect(kindOf(await move(LATER))).toBe('not-allowed')
})

test('a revocation that waits is made to happen sooner only with a proof', async () => {
  const { admin, pass, now, simulator, directory } = await tokenDesk()
  const user = simulator.control.users.create({ email: 'two@example.com', keys: 2 })
  const key = user.keys[0]?.id
  await directory.refreshUsers()
  const at = (minutes: number) => new Date(now().getTime() + minutes * MINUTES).toISOString()
  const due = await admin('POST', `${CLUSTER}/users/${user.id}/keys/${key}/revocation`, { dueAt: at(600) })
  expect(due.statusCode).toBe(201)
  pass(11 * MINUTES)
  const move = (minutes: number) => admin('PUT', `${CLUSTER}/scheduled/${due.json().id}`, { dueAt: at(minutes) })
  expect(kindOf(await move(60))).toBe('proof-required')
  expect((await move(900)).statusCode).toBe(200)
})

test('an account comes with a key, and so takes what a key takes', async () => {
  const { admin, make, ask, pass, simulator } = await tokenDesk({ simulator: { users: 3, accountUsers: 3 } })
  const path = `${CLUSTER}/users/${simulator.control.oracle.users().at(-1)?.id}/accounts`
  const { secret } = await make(['account.change', 'user.see'])
  expect(kindOf(await ask(secret, 'POST', path, { body: { name: 'backup' } }))).toBe('token-not-allowed')
  pass(11 * MINUTES)
  expect(kindOf(await admin('POST', path, { name: 'backup' }))).toBe('proof-required')
})

test('a token undoes only what it could do', async () => {
  const here = await twoResellers()
  const { admin, inside, simulator } = here
  const { make, ask } = tokensAt(here)
  const { secret } = await make(['operation.undo', 'operation.see', 'audit.see'])
  await admin('GET', `${CLUSTER}/audit`)
  simulator.control.clearCalls()
  const undone = await ask(secret, 'POST', `${CLUSTER}/audit/${inside.operationId}/undo`)
  expect(kindOf(undone)).toBe('token-not-allowed')
  expect(simulator.control.calls().filter(({ method }) => method !== 'GET')).toEqual([])
})

test('a bucket that is called as one of somebody else was tells whoever is limited nothing of before', async () => {
  const { admin, as, inside, outside, store } = await twoResellers()
  const user = outside.userId
  await store.db
    .insertInto('storage_samples')
    .values({
      cluster_id: 'demo',
      kind: 'bucket',
      id: inside.bucket,
      created_at: null,
      epoch: 1n,
      owner_id: user,
      sampled_at: new Date('2026-10-01T00:00:00Z'),
      bytes: 7n,
      byte_hours: 7n,
      is_end: false,
    } as never)
    .execute()
  const among = (ids: string[]) => strangersOf(store).among('demo', new Set([inside.bucket, 'x']), new Set(ids))
  expect([await among([inside.userId]), await among([inside.userId, user])]).toEqual([
    new Set([inside.bucket]),
    new Set(),
  ])
  const changed = await admin('PUT', `${CLUSTER}/buckets/${inside.bucket}/limits`, { opsPerSecond: { get: 5 } })
  expect(changed.statusCode).toBeLessThan(300)
  await as('operator')
  const range = 'from=2026-11-01T00:00:00Z&to=2026-11-03T00:00:00Z'
  for (const path of [
    `usage/series?${range}&bucket=${inside.bucket}`,
    `storage/series?${range}&bucket=${inside.bucket}`,
  ])
    expect((await admin('GET', `${CLUSTER}/${path}`)).json()).toMatchObject({
      type: '/problems/out-of-scope',
      detail: expect.stringContaining('A bucket of somebody else was called'),
    })
})

test('a bulk change that is refused is in the audit', async () => {
  const { admin, as, outside, store } = await twoResellers()
  await as('operator')
  const plan = (change: object, ids: string[]) =>
    admin('POST', `${CLUSTER}/bulk`, { change, choice: { by: 'ids', ids } })
  expect(kindOf(await plan({ action: 'delete' }, [outside.userId]))).toBe('not-allowed')
  expect(kindOf(await plan({ action: 'disable' }, [outside.userId]))).toBe('out-of-scope')
  const rows = await store.db
    .selectFrom('audit')
    .selectAll()
    .where('action', '=', 'access.refused')
    .orderBy('seq')
    .execute()
  expect(rows.map(({ detail }) => detail)).toEqual(['as operator', 'limited to Reseller'])
})

test('whoever is limited to groups that are gone is told so in whole sentences, with no name put in', async () => {
  const { admin, as, outside, store } = await twoResellers()
  await as('operator', { isGone: true })
  const refused = [
    await admin('GET', `${CLUSTER}/usage/series?from=2026-11-01T00:00:00Z&to=2026-11-03T00:00:00Z`),
    await admin('POST', `${CLUSTER}/users`, { email: 'new@reseller.example' }),
    await admin('POST', `${CLUSTER}/bulk`, {
      change: { action: 'disable' },
      choice: { by: 'ids', ids: [outside.userId] },
    }),
  ]
  const detail =
    'The groups that you are limited to are gone, so there is no user that you may see. Ask an admin of the console.'
  for (const reply of refused) expect(reply.json()).toMatchObject({ type: '/problems/out-of-scope', detail })
  const rows = await store.db.selectFrom('audit').selectAll().where('action', '=', 'access.refused').execute()
  expect(new Set(rows.map(({ detail: noted }) => noted))).toEqual(new Set(['limited to groups that are gone']))
})
