import type { ClientDetail, ClientPage } from '@ostor-console/shared/clients'
import type { DriftReport } from '@ostor-console/shared/whmcs'
import { onTestFinished } from 'vitest'
import { clientLinksOf } from '../src/adapters/store/client-links.ts'
import { clientStandingsOf } from '../src/adapters/store/client-standings.ts'
import { whmcsNotesOf } from '../src/adapters/whmcs/notes.ts'
import { whmcsOf } from '../src/adapters/whmcs/open-whmcs.ts'
import { withoutWhmcs } from '../src/whmcs-open.ts'
import { createWhmcsSync } from '../src/whmcs-sync.ts'
import { desk } from './desk.ts'
import { installProcedures } from './whmcs-procedures.ts'
import { apiOf, mariadbUrl, startFakeWhmcs } from './whmcs-world.ts'

type Reply<T> = { status: number; body: T }

/** A simulated WHMCS with the clients 7, 8 and 9. */
const clientsAtWhmcs = async () => {
  const fake = await startFakeWhmcs({ clients: 6 })
  const { control } = fake
  for (let id = 1; id <= 6; id += 1) await control.removeClient({ id })
  const [ada, alan, grace] = [
    { firstname: 'Ada', lastname: 'Lovelace', companyname: 'Engines Ltd', email: 'ada@example.com' },
    { firstname: 'Alan', lastname: 'Turing', email: 'alan@example.com', status: 'Inactive' },
    { firstname: 'Grace', lastname: 'Hopper', companyname: '24 Compilers', email: 'grace@example.com' },
  ]
  for (const client of [ada, alan, grace]) await control.addClient(client)
  return fake
}

type DeskOptions = {
  withOldSecrets?: boolean
  /** So many clients in place of the three. */
  clients?: number
}

/** An admin at work with clients of WHMCS, who has the first three users too. */
export const clientDesk = async ({ withOldSecrets = false, clients }: DeskOptions = {}) => {
  const opened = await (clients === undefined ? clientsAtWhmcs() : startFakeWhmcs({ clients }))
  const fake = { ...opened, actions: () => opened.control.calls().map(({ action }) => action) }
  let ahead = 0
  const now = () => new Date(Date.now() + ahead)
  // It is asked again at once, however often it did not answer.
  const api = whmcsOf(apiOf(fake), { openMs: 1 })
  const notes = withOldSecrets
    ? whmcsNotesOf(await installProcedures(mariadbUrl(), fake.database, { withOldSecrets }))
    : null
  onTestFinished(async () => void (await Promise.all([api.close(), notes?.close()])))
  const mode = notes ? ('database' as const) : ('append' as const)
  const adminUrl = 'https://billing.example.com/admin'
  const here = await desk({ users: 5 }, { now, parts: { whmcs: { ...withoutWhmcs(now), mode, api, notes, adminUrl } } })
  const links = clientLinksOf(here.store)
  const sync = createWhmcsSync({
    whmcs: api,
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
    fake,
    /** As the console speaks to it. */
    whmcs: api,
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
