import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SimulatorOptions } from '@ostor-console/gateway-sim/options'
import { startSimulator } from '@ostor-console/gateway-sim/simulator'
import type { Session } from '@ostor-console/shared/session'
import { onTestFinished } from 'vitest'
import { Secret } from '../src/adapters/gateway/secret.ts'
import { adminsOf } from '../src/adapters/store/admins.ts'
import { createSealer } from '../src/adapters/store/sealed.ts'
import { openStore } from '../src/adapters/store/store.ts'
import { type AppParts, buildApp } from '../src/app.ts'
import type { ClusterConfig } from '../src/config.ts'
import { hashPassword } from '../src/features/session/password.ts'
import { createSetup } from '../src/features/session/setup.ts'
import { openCluster } from '../src/open-cluster.ts'
import { putBlankStore } from './stores.ts'

const SILENT = { info: () => {}, warn: () => {} }

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
type Headers = Record<string, string>

type Options = {
  simulator?: SimulatorOptions
  /** False leaves nobody signed in; there is an admin all the same, unless `admin` is false too. */
  signedIn?: boolean
  admin?: boolean
  /** PostgreSQL in place of the embedded store. */
  databaseUrl?: string
  now?: () => Date
  /** What is set by hand of how the gateway speaks. */
  dialect?: ClusterConfig['dialect']
  /** False when it serves several tests and whoever asked for it closes it. */
  closes?: boolean
  config?: Partial<AppParts['config']>
  parts?: Partial<AppParts>
}

export const CLUSTER = '/api/v1/clusters/demo'
export const ADMIN = { email: 'admin@example.com', password: 'correct horse battery' }
/** What a page of the console sends with every write. */
export const FROM_CONSOLE = { 'sec-fetch-site': 'same-origin', 'x-requested-by': 'console' }

// Making a hash takes as long as a guess should; one is enough for all worlds of a file.
const hash = hashPassword(ADMIN.password)

/** The whole BFF over a seeded simulator and an embedded store of its own; it ends with the test that asked for it. */
export async function world(options: Options = {}) {
  const { signedIn = true, admin: withAdmin = true, databaseUrl, now } = options
  const folder = await mkdtemp(join(tmpdir(), 'ostor-console-'))
  const simulator = await startSimulator({ users: 5, buckets: 8, days: 2, ...options.simulator })
  if (databaseUrl === undefined) await putBlankStore(folder)
  const store = await openStore({ folder, databaseUrl })
  if (withAdmin) await adminsOf(store).create({ email: ADMIN.email, passwordHash: await hash })

  const { endpoint, accessKeyId, secretAccessKey: secret } = simulator
  const cluster = await openCluster(
    {
      id: 'demo',
      name: 'Demo',
      endpoint,
      accessKeyId,
      secretAccessKey: Secret.of(secret),
      signature: 'v2',
      region: 'us-east-1',
      dialect: options.dialect ?? {},
    },
    { store, log: SILENT, staleAfterMs: 300_000, demo: true, ...(now && { now }) },
  )
  const setup = createSetup(adminsOf(store))
  const secretKey = Secret.of(randomBytes(32).toString('hex'))
  const app = await buildApp({
    config: { publicUrl: null, trustProxy: [], metricsFrom: [], staleAfterMs: 300_000, ...options.config },
    secretKey,
    sealer: createSealer(secretKey),
    store,
    clusters: [cluster],
    logger: false,
    farewellMs: 0,
    setup,
    ...(now && { now }),
    ...options.parts,
  })

  const jar = new Map<string, string>()
  const cookie = (): Headers =>
    jar.size > 0 ? { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') } : {}
  let token: Headers = {}
  let closed = false

  /** As a page of the console asks, with the session that the browser has, and takes the one that it gets. */
  const admin = async (method: Method, url: string, body?: object, headers: Headers = {}, remoteAddress?: string) => {
    const write = method === 'GET' ? {} : { ...FROM_CONSOLE, ...token, 'content-type': 'application/json' }
    const reply = await app.inject({
      method,
      url,
      headers: { ...cookie(), ...write, ...headers },
      ...(method !== 'GET' && { payload: JSON.stringify(body ?? {}) }),
      ...(remoteAddress !== undefined && { remoteAddress }),
    })
    if (reply.statusCode === 200) for (const { name, value } of reply.cookies) jar.set(name, value)
    if (reply.statusCode === 200 && reply.cookies.some(({ name }) => name.endsWith('sid'))) {
      const answer = reply.json<Session | { session: Session }>()
      token = { 'x-csrf-token': ('session' in answer ? answer.session : answer).csrfToken ?? '' }
    }
    return reply
  }

  const signIn = (credentials: { email: string; password: string } = ADMIN, remoteAddress?: string) =>
    admin('POST', '/api/v1/session', credentials, {}, remoteAddress)

  /** What follows is asked by a browser that has no session; the one before keeps its own. */
  const inOtherBrowser = () => {
    jar.clear()
    token = {}
  }

  const close = async () => {
    if (closed) return
    closed = true
    await app.close()
    await cluster.collector.stop()
    await cluster.kept.settled()
    await cluster.gateway.close()
    await simulator.close()
    await store.close()
    await rm(folder, { recursive: true, force: true })
  }
  if (options.closes !== false) onTestFinished(close)

  if (signedIn) {
    const reply = await signIn()
    if (reply.statusCode !== 200) throw new Error(`world: the sign-in answered ${reply.statusCode} ${reply.body}`)
  }
  const { gateway, directory, connection, collector } = cluster
  const session = () => ({ ...cookie(), ...token })
  return {
    app,
    simulator,
    store,
    setup,
    folder,
    gateway,
    directory,
    connection,
    collector,
    cluster,
    admin,
    signIn,
    inOtherBrowser,
    session,
    close,
  }
}
