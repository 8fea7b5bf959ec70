import type { Client } from '@ostor-console/shared/clients'
import { describe, expect, onTestFinished, test } from 'vitest'
import { clientDesk } from '../../../test/client-desk.ts'
import { twoResellers } from '../../../test/limited.ts'
import { loseAnswer, watched } from '../../../test/watched.ts'
import { apiOf, startFakeWhmcs } from '../../../test/whmcs-world.ts'
import { CLUSTER } from '../../../test/world.ts'
import { clientLinksOf } from '../../adapters/store/client-links.ts'
import { whmcsOf } from '../../adapters/whmcs/open-whmcs.ts'
import { withoutWhmcs } from '../../whmcs-open.ts'
import { listClients } from './client-list.ts'

const REFUSES = expect.stringContaining('refuses the connection')
const idsOf = ({ items }: { items: Pick<Client, 'id'>[] }) => items.map(({ id }) => id)

describe('finding clients', () => {
  test('goes by number, e-mail, and how a name or company begins', async () => {
    const { list } = await clientDesk()
    const found: [query: string, ids: number[]][] = [
      ['?search=7', [7]],
      ['?search=%238', [8]],
      ['?search=ada@example.com', [7]],
      ['?search=gra', [9]],
      ['?search=engines', [7]],
      ['?search=24', [9]],
      ['?search=nobody', []],
      ['?status=inactive', [8]],
      ['?search=8&status=active', []],
      ['', [7, 8, 9]],
    ]
    for (const [query, ids] of found) {
      const { status, body } = await list(query)
      expect([query, status, idsOf(body), body.matching]).toEqual([query, 200, ids, ids.length])
    }
  })

  test('while WHMCS is down finds those that were seen, and says since when and why', async () => {
    const { list, one, link, user, fake, now, later } = await clientDesk()
    const before = now()
    await list('?search=a')
    await link(7, user(1).id)
    later(1_200_000)
    await fake.down()
    const { body } = await list()
    expect([idsOf(body), body.matching, body.isFromCache]).toEqual([[7, 8], 2, true])
    expect(body.freshness.staleReason).toContain('refuses the connection')
    expect(new Date(body.freshness.asOf).getTime()).toBeGreaterThanOrEqual(before.getTime())
    expect(new Date(body.freshness.asOf).getTime()).toBeLessThan(now().getTime() - 600_000)
    expect(body.items[0]).toMatchObject({ id: 7, links: [{ userId: user(1).id }] })
    expect(idsOf((await list('?search=8')).body)).toEqual([8])
    expect(idsOf((await list('?search=love')).body)).toEqual([7])
    expect(idsOf((await list('?search=%25')).body)).toEqual([])
    expect(idsOf((await list('?status=inactive')).body)).toEqual([8])

    const { body: detail } = await one(7)
    expect(detail).toMatchObject({ id: 7, services: null, freshness: { staleReason: REFUSES } })
    expect((await one(9)).body).toMatchObject({ type: '/problems/whmcs-unavailable', status: 503 })
    await fake.up()
    expect((await list()).body).toMatchObject({ isFromCache: false, matching: 3, freshness: { staleReason: null } })
  })

  test('asks as much for a page of ten thousand as for one client', async () => {
    const { fake, whmcs, links, cluster, now } = await clientDesk({ clients: 10_000 })
    const asked: string[] = []
    const ports = {
      whmcs,
      links: {
        ...links,
        ofClients: (ids: readonly number[]) => {
          asked.push(`links of ${ids.length}`)
          return links.ofClients(ids)
        },
      },
      messages: {
        undelivered: async (ids: readonly number[]) => {
          asked.push(`messages of ${ids.length}`)
          return new Map([[1, 2]])
        },
        notesOf: async () => [],
      },
      clusters: { all: [cluster], get: () => cluster },
      adminUrl: null,
      now,
    }
    const { items, matching } = await listClients(ports, { page: 1 })
    expect([items.length, matching, items[0]?.undelivered]).toEqual([50, 10_000, 2])
    expect([fake.actions(), asked]).toEqual([['GetClients'], ['links of 50', 'messages of 50']])
    expect(idsOf(await listClients(ports, { page: 200 }))[49]).toBe(10_000)
  })
})

describe('a client', () => {
  test('W18: is shown with its page at WHMCS, its services and its users', async () => {
    const { one, link, user, fake } = await clientDesk()
    await fake.control.addService({ userid: 7, name: 'S3' })
    expect((await link(7, user(1).id)).status).toBe(201)
    const { body } = await one(7)
    expect(body).toMatchObject({
      name: 'Ada Lovelace',
      whmcsUrl: 'https://billing.example.com/admin/clientssummary.php?userid=7',
      services: [{ product: 'S3', status: 'Active' }],
      links: [{ cluster: 'demo', userId: user(1).id, email: user(1).email, linkedBy: 'admin@example.com' }],
      freshness: { staleReason: null },
    })
  })

  test('that nobody knows is no client, and one that WHMCS lost is shown as it was', async () => {
    const { one, fake } = await clientDesk()
    expect((await one(4711)).body).toMatchObject({ type: '/problems/client-not-found' })
    await one(7)
    await fake.control.removeClient({ id: 7 })
    expect((await one(7)).body).toMatchObject({
      id: 7,
      freshness: { staleReason: 'WHMCS has no client of this number any more' },
    })
  })
})

describe('a link', () => {
  test('is made, entered in the audit, found from the user, and taken away, and neither of the two is changed', async () => {
    const { link, unlink, askWhmcs, user, audit, writes, store } = await clientDesk()
    const { id, email } = user(1)
    const ofUser = async () => (await askWhmcs('GET', `/clusters/demo/users/${id}/client`)).body
    expect(await ofUser()).toEqual({ client: null })
    await link(7, id)
    expect(await ofUser()).toEqual({ client: { id: 7, name: 'Ada Lovelace', company: 'Engines Ltd' } })
    expect((await unlink(8, id)).body).toMatchObject({ type: '/problems/link-not-found' })
    expect((await unlink(7, id)).body.links).toEqual([])
    expect((await unlink(7, id)).body).toMatchObject({ type: '/problems/link-not-found' })
    expect(await ofUser()).toEqual({ client: null })
    expect(await audit()).toMatchObject([
      { action: 'client.unlink', target: email, userId: id, outcome: 'done', before: { clientId: '7' } },
      { action: 'client.link', target: email, outcome: 'done', after: { clientId: '7', client: 'Ada Lovelace' } },
    ])
    expect(writes()).toEqual([])
    // Each is one entry, which is there when the link is.
    const rows = await store.db.selectFrom('audit').select('action').where('action', 'like', 'client.%').execute()
    expect(rows).toHaveLength(2)
  })

  test('is refused for a user who has one, for nobody, and for no client', async () => {
    const { link, user } = await clientDesk()
    const { id, email } = user(1)
    await link(7, id)
    expect((await link(8, id)).body).toMatchObject({
      type: '/problems/user-linked',
      detail: `${email} belongs to the client 7`,
    })
    expect((await link(7, '00000000000000ff')).body).toMatchObject({ type: '/problems/user-not-found' })
    expect((await link(4711, user(2).id)).body).toMatchObject({ type: '/problems/client-not-found' })
  })

  test('can be made while WHMCS is down, to a client that was seen', async () => {
    const { one, link, user, fake } = await clientDesk()
    await one(7)
    await fake.down()
    expect((await link(7, user(1).id)).body.links).toMatchObject([{ userId: user(1).id }])
    expect((await link(8, user(2).id)).body).toMatchObject({ type: '/problems/whmcs-unavailable' })
  })
})

describe('a user made for a client', () => {
  test('is named so in the audit and linked, and not made for a client that there is not', async () => {
    const { ask, audit, handOver, oracle, one } = await clientDesk()
    const before = oracle.users().length
    expect((await ask('POST', '/users', { email: 'new@example.com', clientId: 4711 })).body).toMatchObject({
      type: '/problems/client-not-found',
    })
    expect(oracle.users()).toHaveLength(before)
    const made = await ask<{ user: { id: string } }>('POST', '/users', { email: 'new@example.com', clientId: 7 })
    handOver(made)
    expect(made.status).toBe(201)
    const [entry] = await audit()
    expect(entry).toMatchObject({
      action: 'user.create',
      outcome: 'done',
      userId: made.body.user.id,
      after: { email: 'new@example.com', clientId: '7', client: 'Ada Lovelace' },
    })
    expect((await one(7)).body.links).toMatchObject([{ userId: made.body.user.id, linkedBy: 'admin@example.com' }])
  })

  test('is linked also when the answer of the gateway was lost and is found out later', async () => {
    const api = whmcsOf(apiOf(await startFakeWhmcs({ clients: 7 })))
    onTestFinished(() => api.close())
    const here = await watched({}, { whmcs: { ...withoutWhmcs(() => new Date()), api } })
    const body = { email: 'late@example.com', clientId: 7 }
    await loseAnswer(here, { name: 'a user for a client', send: ({ ask }) => ask('POST', '/users', body) })
    expect((await here.last())?.outcome).toBe('unknown')
    expect(await clientLinksOf(here.store).all()).toEqual([])
    here.control.faults.release()
    await here.found('done')
    expect(await here.last()).toMatchObject({ action: 'user.create', after: { clientId: '7' } })
    expect(await clientLinksOf(here.store).all()).toMatchObject([{ clientId: 7, linkedEmail: 'late@example.com' }])
  })

  test('is refused to whoever is limited to groups, and to a token without the verb', async () => {
    const { admin, as, app } = await twoResellers()
    const body = { email: 'new@reseller.example', clientId: 7 }
    const made = await admin('POST', '/api/v1/account/tokens', { name: 'script', verbs: ['user.create'], days: 1 })
    const headers = { authorization: `Bearer ${made.json().secret}`, 'content-type': 'application/json' }
    const byToken = await app.inject({ method: 'POST', url: `${CLUSTER}/users`, headers, payload: body })
    expect(byToken.json()).toMatchObject({ type: '/problems/token-not-allowed' })
    await as('operator')
    expect((await admin('POST', `${CLUSTER}/users`, body)).json()).toMatchObject({
      type: '/problems/out-of-scope',
      detail: expect.stringContaining('clients are everybody’s'),
    })
  })
})

test('D14: an e-mail that is changed at WHMCS leaves the client its user, and is reported', async () => {
  const { one, list, link, user, fake, sync, drift } = await clientDesk()
  await link(7, user(1).id)
  await sync()
  await fake.control.editClient({ id: 7, email: 'countess@example.com' })
  await sync()
  const links = [{ userId: user(1).id, linkedEmail: user(1).email }]
  expect((await one(7)).body).toMatchObject({ email: 'countess@example.com', links })
  expect((await list('?search=countess@example.com')).body.items).toMatchObject([{ id: 7, links }])
  expect((await drift()).items.filter(({ kind }) => kind === 'email-changed')).toMatchObject([
    { clientId: 7, userId: user(1).id, atWhmcs: 'countess@example.com', suggestion: 'none' },
  ])
})
