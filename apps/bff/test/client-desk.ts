import type { ClientDetail, ClientPage } from '@ostor-console/shared/clients'
import type { DriftReport } from '@ostor-console/shared/whmcs'
import { clientLinksOf } from '../src/adapters/store/client-links.ts'
import { clientStandingsOf } from '../src/adapters/store/client-standings.ts'
import type { WhmcsNotes } from '../src/adapters/whmcs/whmcs.ts'
import { withoutWhmcs } from '../src/whmcs-open.ts'
import { createWhmcsSync } from '../src/whmcs-sync.ts'
import { aClient, clientsOfWhmcs } from './clients-of-whmcs.ts'
import { desk } from './desk.ts'

type Reply<T> = { status: number; body: T }

/** An admin at work with clients of WHMCS, who has the first three users too. */
export const clientDesk = async (notes?: WhmcsNotes) => {
  const stub = clientsOfWhmcs([
    aClient(7, { name: 'Ada Lovelace', company: 'Engines Ltd', email: 'ada@example.com' }),
    aClient(8, { name: 'Alan Turing', email: 'alan@example.com', status: 'inactive' }),
    aClient(9, { name: 'Grace Hopper', company: '24 Compilers', email: 'grace@example.com' }),
  ])
  let ahead = 0
  const now = () => new Date(Date.now() + ahead)
  const whmcs = {
    ...withoutWhmcs(now),
    mode: 'database' as const,
    api: stub.whmcs,
    notes: notes ?? stub.notes,
    adminUrl: 'https://billing.example.com/admin',
  }
  const here = await desk({ users: 5 }, { now, parts: { whmcs } })
  const links = clientLinksOf(here.store)
  const sync = createWhmcsSync({
    whmcs: stub.whmcs,
    links,
    standings: clientStandingsOf(here.store),
    intervalMs: 3_600_000,
    log: { info: () => {}, warn: () => {} },
    now,
  })
  const ask = async <T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<Reply<T>> => {
    const reply = await here.admin(method, `/api/v1${path}`, body)
    return { status: reply.statusCode, body: reply.json() }
  }
  const one = (id: number) => ask<ClientDetail>('GET', `/clients/${id}`)
  return {
    ...here,
    stub,
    links,
    now,
    sync: sync.round,
    later: (ms: number) => {
      ahead += ms
    },
    askWhmcs: ask,
    one,
    list: (query = '') => ask<ClientPage>('GET', `/clients${query}`),
    link: (id: number, userId: string) =>
      ask<ClientDetail>('POST', `/clients/${id}/links`, { cluster: 'demo', userId }),
    unlink: (id: number, userId: string) => ask<ClientDetail>('DELETE', `/clients/${id}/links/demo/${userId}`, {}),
    drift: async () => (await ask<DriftReport>('GET', '/whmcs/drift')).body,
  }
}
