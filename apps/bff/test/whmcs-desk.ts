import type { ClientDetail } from '@ostor-console/shared/clients'
import type { Message } from '@ostor-console/shared/messages'
import type { WhmcsStatus } from '@ostor-console/shared/whmcs'
import { onTestFinished } from 'vitest'
import { auditOf } from '../src/adapters/store/audit.ts'
import { clustersOf } from '../src/clusters.ts'
import type { WhmcsConfig } from '../src/config-whmcs.ts'
import { whmcsBackground } from '../src/whmcs-background.ts'
import { openWhmcs } from '../src/whmcs-open.ts'
import { watched } from './watched.ts'
import { apiOf, type openFakeWhmcs } from './whmcs-world.ts'

type Fake = Awaited<ReturnType<typeof openFakeWhmcs>>

const SILENT = { info: () => {}, warn: () => {}, error: () => {} }

/** An admin at work beside a simulated WHMCS, which is told when a test says so. The first user belongs to client 1. */
export const whmcsDesk = async (fake: Fake, mode: WhmcsConfig['mode'], database: WhmcsConfig['database'] = null) => {
  const config: WhmcsConfig = {
    mode,
    api: apiOf(fake),
    database,
    addon: null,
    adminUrl: null,
    linkFieldId: null,
    syncIntervalMs: 3_600_000,
    usagePush: 'none',
  }
  const whmcs = openWhmcs(config, { log: SILENT, now: () => new Date() })
  const here = await watched({ users: 3, buckets: 0 }, { whmcs })
  const { store, cluster, now, admin } = here
  const [clusters, audit, log] = [clustersOf([cluster]), auditOf(store, { now }), SILENT]
  /** As a process that starts with these settings. */
  const begin = async (settings: WhmcsConfig, parts = openWhmcs(settings, { log, now })) => {
    const background = whmcsBackground({ config: settings, whmcs: parts, store, clusters, audit, log, now })
    onTestFinished(() => background.stop())
    await background.begin()
    return background
  }
  const telling = await begin(config, whmcs)
  const about = async <T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> => {
    const reply = await admin(method, `/api/v1${path}`, body)
    return reply.json<T>()
  }
  const user = here.user(1)
  await about<ClientDetail>('POST', '/clients/1/links', { cluster: 'demo', userId: user.id })
  return {
    ...here,
    linked: user,
    tell: () => telling.round(),
    beginAsAddon: () => begin({ ...config, mode: 'addon', api: null }),
    about,
    status: () => about<WhmcsStatus>('GET', '/whmcs'),
    queue: async (show = 'all') => (await about<{ items: Message[] }>('GET', `/whmcs/queue?show=${show}`)).items,
    /** What a person sees in the notes of the client. */
    notes: async (userid = 1) => (await fake.control.notes({ userid })).map(({ note }) => note),
  }
}
