import { describe, expect, test } from 'vitest'
import { aClient } from '../../../test/a-client.ts'
import { userSnapshot } from '../../adapters/gateway/directory.ts'
import type { GatewayUser } from '../../adapters/gateway/gateway.ts'
import { findDrift } from './drift-findings.ts'

const user = (id: string, more: Partial<GatewayUser> = {}): GatewayUser => ({
  id,
  email: `${id}@example.com`,
  state: 'enabled',
  flags: [],
  ownerId: null,
  storedBytes: null,
  ...more,
})
const link = (clientId: number, userId: string, cluster = 'demo') => ({
  cluster,
  userId,
  clientId,
  linkedEmail: `${userId}@example.com`,
})
const clusterOf = (users: GatewayUser[] | null, id = 'demo') => ({
  id,
  ownUserId: 'own',
  users: users && userSnapshot(users, false, { asOf: new Date(), staleReason: null }),
})
const here = (id: number, more: Parameters<typeof aClient>[1] & { goneAt?: Date | null } = {}) => ({
  ...aClient(id, more),
  goneAt: null,
  ...more,
})
const standing = (email: string, services: string | null = null) => ({ email, services })

type Compared = Parameters<typeof findDrift>[0]
const drift = (compared: Partial<Compared>) =>
  findDrift({ links: [], clients: [], standings: new Map(), clusters: [], ...compared })

describe('drift', () => {
  test('there is none between a client and its enabled users', () => {
    const users = [user('u1', { email: 'client-7@example.com' }), user('u2')]
    const standings = new Map([[7, standing('client-7@example.com')]])
    expect(
      drift({ links: [link(7, 'u1'), link(7, 'u2')], clients: [here(7)], standings, clusters: [clusterOf(users)] }),
    ).toEqual([])
  })

  test('names an e-mail that WHMCS changed since the link, and keeps the link', () => {
    const compared = {
      links: [link(7, 'u1')],
      clients: [here(7, { email: 'new@example.com' })],
      standings: new Map([[7, standing('u1@example.com')]]),
      clusters: [clusterOf([user('u1')])],
    }
    expect(drift(compared)).toEqual([
      {
        kind: 'email-changed',
        clientId: 7,
        clientName: 'Client 00007',
        cluster: 'demo',
        userId: 'u1',
        atWhmcs: 'new@example.com',
        atGateway: 'u1@example.com, enabled',
        suggestion: 'none',
      },
    ])
    const changedToo = [clusterOf([user('u1', { email: 'New@example.com' })])]
    expect(drift({ ...compared, clusters: changedToo })).toEqual([])
  })

  test.each(['closed', 'inactive'] as const)(
    'suggests to disable the enabled user of a client that is %s',
    (status) => {
      const compared = { links: [link(7, 'u1')], clients: [here(7, { status })] }
      expect(drift({ ...compared, clusters: [clusterOf([user('u1')])] })).toMatchObject([
        { kind: 'client-closed', atWhmcs: status, suggestion: 'disable-user' },
      ])
      expect(drift({ ...compared, clusters: [clusterOf([user('u1', { state: 'disabled' })])] })).toEqual([])
    },
  )

  test('names a client that WHMCS does not know any more', () => {
    const compared = { links: [link(7, 'u1')], clients: [here(7, { goneAt: new Date() })] }
    const [found] = drift({ ...compared, clusters: [clusterOf([user('u1')])] })
    expect(found).toMatchObject({ kind: 'client-gone', atWhmcs: null, suggestion: 'disable-user' })
    const [disabled] = drift({ ...compared, clusters: [clusterOf([user('u1', { state: 'disabled' })])] })
    expect(disabled).toMatchObject({ kind: 'client-gone', suggestion: 'unlink' })
  })

  test('names a user that the gateway does not have any more, but not while its list cannot be read', () => {
    const compared = { links: [link(7, 'u1')], clients: [here(7)] }
    expect(drift({ ...compared, clusters: [clusterOf([])] })).toMatchObject([
      { kind: 'user-gone', userId: 'u1', atGateway: null, suggestion: 'unlink' },
    ])
    expect(drift({ ...compared, clusters: [clusterOf(null)] })).toEqual([])
  })

  test('W18: names the enabled user of a suspended service', () => {
    const compared = {
      links: [link(7, 'u1')],
      clients: [here(7)],
      standings: new Map([[7, standing('client-7@example.com', 'S3 storage: suspended')]]),
    }
    expect(drift({ ...compared, clusters: [clusterOf([user('u1')])] })).toMatchObject([
      { kind: 'service-suspended', atWhmcs: 'S3 storage: suspended', suggestion: 'disable-user' },
    ])
  })

  test('names users without a client, but for those of the system, and the one client of the same e-mail', () => {
    const users = [
      user('own'),
      user('system', { flags: ['system'] }),
      user('alone'),
      user('known', { email: 'Client-7@example.com' }),
      user('twice', { email: 'twin@example.com' }),
      user('of-gone', { email: 'gone@example.com' }),
    ]
    const clients = [
      here(7),
      here(8, { email: 'twin@example.com' }),
      here(9, { email: 'twin@example.com' }),
      here(10, { email: 'gone@example.com', goneAt: new Date() }),
    ]
    const found = drift({ clients, clusters: [clusterOf(users)] })
    expect(found.map(({ kind, userId, clientId }) => [kind, userId, clientId])).toEqual([
      ['user-unlinked', 'alone', null],
      ['user-unlinked', 'known', 7],
      ['user-unlinked', 'twice', null],
      ['user-unlinked', 'of-gone', null],
    ])
  })

  test('tells users of the same id in two clusters apart', () => {
    const clusters = [clusterOf([user('u1')]), clusterOf([user('u1')], 'other')]
    expect(drift({ links: [link(7, 'u1', 'other')], clients: [here(7)], clusters })).toMatchObject([
      { kind: 'user-unlinked', cluster: 'demo' },
    ])
  })
})
