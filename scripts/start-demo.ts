import { on } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import * as z from 'zod'
import { adminsOf } from '../apps/bff/src/adapters/store/admins.ts'
import { openStore } from '../apps/bff/src/adapters/store/store.ts'
import { readConfig } from '../apps/bff/src/config.ts'
import { ConfigError } from '../apps/bff/src/config-values.ts'
import { hashPassword } from '../apps/bff/src/features/session/password.ts'
import { DEMO_MARK, type Serving, serve } from '../apps/bff/src/serve.ts'
import { buildWeb } from './build-web.ts'

/** Guards invented data only, so it is no secret. */
const SIGN_IN = { email: 'demo@ostor.example', password: 'ostor-console-demo' }
const WORLD = {
  seed: 7,
  users: 240,
  buckets: 600,
  services: 3,
  period: 3600,
  itemsPerObject: 40,
  disabledUsers: 9,
  twoKeyUsers: 60,
  quotaUsers: 150,
  quotaUnit: 'bytes',
  silentPeriods: 900,
}
const HISTORY_MS = 90 * 86_400_000
const HOUR_MS = 3_600_000

const World = z.looseObject({ since: z.string() })
const Gateway = z.object({ endpoint: z.string(), accessKeyId: z.string(), secretAccessKey: z.string() })

/** The console over a simulated gateway: nothing it shows is real. */
export const startDemo = async (): Promise<Serving> => {
  const folder = resolve(process.env['DATA_DIR'] || './data', 'demo')
  const [gateway] = await Promise.all([startSimulator(worldOf(folder)), buildWeb()])
  const settings = readConfig({
    LOG_LEVEL: 'warn',
    ...process.env,
    DATA_DIR: folder,
    OSTOR_ENDPOINT: gateway.endpoint,
    OSTOR_ACCESS_KEY_ID: gateway.accessKeyId,
    OSTOR_SECRET_ACCESS_KEY: gateway.secretAccessKey,
    OSTOR_QUOTA_UNIT: 'bytes',
  })
  // Invented figures belong in no database but this folder's.
  const clusters = settings.clusters.map((cluster) => ({ ...cluster, id: 'demo', name: 'Demo cluster' }))
  const config = { ...settings, clusters, databaseUrl: null }
  await createAdmin(folder)
  const serving = await serve(config, { demo: SIGN_IN })
  console.log(`
This is a demo: the gateway is simulated and every user, bucket and figure is invented.
For a real gateway set OSTOR_ENDPOINT, OSTOR_ACCESS_KEY_ID and OSTOR_SECRET_ACCESS_KEY (see README.md).

  Address   ${serving.url}
  E-mail    ${SIGN_IN.email}
  Password  ${SIGN_IN.password}
`)
  return serving
}

/**
 * The world that this folder's figures come from. It is written down on the first start, so that after a restart the
 * simulator tells the same history as before.
 */
const worldOf = (folder: string): object => {
  const path = join(folder, DEMO_MARK)
  if (existsSync(path)) {
    const { since, ...kept } = World.parse(JSON.parse(readFileSync(path, 'utf8')))
    if (JSON.stringify(kept) === JSON.stringify(WORLD)) return { since, ...WORLD }
    throw new ConfigError(`${folder} holds the data of another version of the demo; delete that folder to start afresh`)
  }
  if (existsSync(join(folder, 'console.duckdb'))) {
    throw new ConfigError(`${folder} holds data that is not the demo's; set DATA_DIR to another folder`)
  }
  const hour = Math.floor(Date.now() / HOUR_MS) * HOUR_MS
  const world = { since: new Date(hour - HISTORY_MS).toISOString(), ...WORLD }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(path, `${JSON.stringify(world, null, 2)}\n`)
  return world
}

const startSimulator = async (world: object): Promise<z.infer<typeof Gateway>> => {
  const worker = new Worker(new URL('demo-simulator.ts', import.meta.url), { workerData: world })
  worker.unref()
  // Under --watch Node itself sends messages on the same line.
  for await (const [message] of on(worker, 'message')) {
    const gateway = Gateway.safeParse(message)
    if (gateway.success) return gateway.data
  }
  throw new Error('The simulated gateway did not start')
}

const createAdmin = async (folder: string): Promise<void> => {
  const store = await openStore({ folder })
  try {
    const admins = adminsOf(store)
    if ((await admins.count()) > 0) return
    await admins.create({ email: SIGN_IN.email, passwordHash: await hashPassword(SIGN_IN.password) })
  } finally {
    await store.close()
  }
}
