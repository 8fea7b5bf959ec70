import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Session } from '@ostor-console/shared/session'
import { createProvider } from './adapters/oidc/provider.ts'
import { adminsOf } from './adapters/store/admins.ts'
import { auditOf } from './adapters/store/audit.ts'
import { unseenWritesOf } from './adapters/store/audit-unseen.ts'
import { bulkItemsOf } from './adapters/store/bulk-items.ts'
import { bulkRunsOf } from './adapters/store/bulk-runs.ts'
import { comparisonsOf } from './adapters/store/comparisons.ts'
import { createLease } from './adapters/store/lease.ts'
import { rekeyAll } from './adapters/store/rekey.ts'
import { scheduledOf } from './adapters/store/scheduled.ts'
import { openStore } from './adapters/store/store.ts'
import { buildApp } from './app.ts'
import { clerkOf } from './billing-parts.ts'
import { createBulkRunner } from './bulk-runner.ts'
import { clustersOf } from './clusters.ts'
import { createComparison } from './comparison.ts'
import type { Config } from './config.ts'
import { ConfigError } from './config-values.ts'
import { createKeyShelf } from './features/bulk/key-shelf.ts'
import { isAnyReady } from './features/session/emergency.ts'
import { createSetup } from './features/session/setup.ts'
import type { SingleSignOn } from './features/session/sso.routes.ts'
import { createNightly } from './nightly.ts'
import { openCluster } from './open-cluster.ts'
import { createReconciler } from './reconciler.ts'
import { createScheduledWork } from './scheduled-work.ts'
import { sealerOf, secretKeyOf } from './secret-key.ts'
import { whmcsBackground } from './whmcs-background.ts'
import { openWhmcs, withoutWhmcs } from './whmcs-open.ts'
import { createTurns } from './writing/turns.ts'

export type Serving = {
  url: string
  /** Lets its holder make the first admin; `null` when there is one. */
  setupCode: string | null
  fatal(error: unknown): void
  /** Finishes what runs, within 10 seconds. */
  stop(): Promise<void>
}

/** This file in a data folder says that every figure in it was invented. */
export const DEMO_MARK = 'demo-world.json'

const WEB = new URL('../../web/dist/', import.meta.url).pathname

type Log = Record<'info' | 'warn' | 'error', (details: object, message: string) => void>
const now = () => new Date()

type Options = { demo?: Session['demo'] }

/** Opens the store, builds the console over the clusters of the settings, and listens. */
export const serve = async (config: Config, { demo = null }: Options = {}): Promise<Serving> => {
  if (!demo && existsSync(join(config.dataDir, DEMO_MARK))) {
    throw new ConfigError(`DATA_DIR is "${config.dataDir}", but that folder holds the invented data of the demo`)
  }
  const secretKey = secretKeyOf(config)
  // The log is made with the app, and the app needs what logs.
  let sink: Log | null = null
  const log: Log = {
    info: (details, message) => sink?.info(details, message),
    warn: (details, message) => sink?.warn(details, message),
    error: (details, message) => sink?.error(details, message),
  }
  const store = await openStore({ folder: config.dataDir, databaseUrl: config.databaseUrl?.reveal() }, { log })
  const giveUp = async (error: unknown): Promise<never> => {
    await store.close()
    throw error
  }
  const sealer = await sealerOf(store, config).catch(giveUp)
  const resealed = config.oldSecretKey ? await rekeyAll(store, sealer).catch(giveUp) : null
  const clusters = await Promise.all(
    config.clusters.map((cluster) =>
      openCluster(cluster, {
        store,
        log,
        staleAfterMs: config.staleAfterMs,
        quotaReadsPerSecond: config.quotaReadsPerSecond,
        retentionDays: config.retentionDays,
        demo: demo !== null,
      }),
    ),
  )
  const nights = createLease({ store, name: 'nightly', holder: randomUUID(), log })
  const nightly = createNightly({ store, clusters, settings: config, log, isOurs: nights.isHeld })
  const reconcilers = clusters.map((cluster) =>
    createReconciler({
      cluster,
      audit: auditOf(store),
      unseen: unseenWritesOf(store),
      log,
      isOurs: cluster.lease.isHeld,
    }),
  )
  const inTurn = createTurns(store.alone)
  const scheduled = clusters.map((cluster) =>
    createScheduledWork({
      cluster,
      scheduled: scheduledOf(store, { now }),
      unseen: unseenWritesOf(store),
      audit: auditOf(store),
      inTurn,
      log,
      isOurs: cluster.lease.isHeld,
    }),
  )
  const shelf = createKeyShelf()
  const bulkRunners = clusters.map((cluster) =>
    createBulkRunner({
      cluster,
      runs: bulkRunsOf(store),
      items: bulkItemsOf(store),
      audit: auditOf(store),
      shelf,
      inTurn,
      log,
      resultsDays: config.bulkResultsDays,
      isOurs: cluster.lease.isHeld,
    }),
  )
  const comparing = clusters.map((cluster) =>
    createComparison({
      cluster,
      audit: auditOf(store),
      comparisons: comparisonsOf(store),
      log,
      isOurs: cluster.lease.isHeld,
    }),
  )
  const whmcs = config.whmcs ? openWhmcs(config.whmcs, { log, now }) : withoutWhmcs(now)
  const telling = whmcsBackground({
    config: config.whmcs,
    whmcs,
    store,
    clusters: clustersOf(clusters),
    audit: auditOf(store),
    log,
  })
  const clerk = clerkOf({
    store,
    clusters,
    staleAfterMs: config.staleAfterMs,
    inTurn,
    log,
    isOurs: nights.isHeld,
    now,
  })
  const background = [...reconcilers, ...scheduled, ...comparing, ...bulkRunners, clerk]
  const release = async () => {
    await nightly.stop()
    await Promise.allSettled(background.map(({ stop }) => stop()))
    await nights.stop()
    await telling.stop()
    await Promise.allSettled(
      clusters.flatMap(({ collector, sampler, quotaReader, lease, kept }) => [
        collector.stop(),
        sampler.stop(),
        quotaReader.stop(),
        lease.stop(),
        kept.settled(),
      ]),
    )
    await Promise.allSettled(clusters.map(({ gateway }) => gateway.close()))
    await store.close()
  }

  try {
    await telling.begin()
    const admins = adminsOf(store)
    const setup = createSetup(admins)
    const logger = { level: config.logLevel }
    const app = await buildApp({
      config,
      secretKey,
      oldSecretKey: config.oldSecretKey,
      sealer,
      store,
      clusters,
      logger,
      inTurn,
      shelf,
      setup,
      demo,
      sso: ssoOf(config),
      addon: config.whmcs?.addon ?? null,
      whmcs,
      webFolder: WEB,
    })
    sink = app.log
    const emergency = config.singleSignOn?.emergencyAdmins ?? null
    if (emergency && !isAnyReady(emergency, await admins.list(new Date())))
      app.log.error('nobody in EMERGENCY_ADMINS is an admin who could sign in while the provider is down')
    if (resealed?.damaged === 0) app.log.info(resealed, 'sealed anew; SECRET_KEY_OLD is not needed any more')
    else if (resealed) app.log.warn(resealed, 'sealed anew, but for secrets that are damaged')
    try {
      const listening = await app.listen({ host: config.host, port: config.port })
      void app.checkOwnAddress()
      for (const { collector, sampler, quotaReader, lease, connection } of clusters) {
        await lease.start()
        collector.start()
        sampler.start()
        quotaReader.start()
        connection.check().catch((err: unknown) => app.log.error({ err }, 'the gateway could not be asked'))
      }
      await nights.start()
      nightly.start()
      for (const { start } of background) void start()
      await telling.start()
      return {
        url: config.publicUrl?.origin ?? listening,
        setupCode: (await admins.count()) === 0 ? setup.code : null,
        fatal: (err) => app.log.fatal({ err }, 'unexpected failure'),
        async stop() {
          await Promise.all([app.drain(), ...clusters.map(({ collector }) => collector.stop())])
          await release()
        },
      }
    } catch (error) {
      await app.close()
      throw error
    }
  } catch (error) {
    await release()
    throw error
  }
}

const ssoOf = ({ singleSignOn }: Config): SingleSignOn | null => {
  if (!singleSignOn) return null
  const { name, roles, emergencyAdmins, ...provider } = singleSignOn
  return { provider: createProvider(provider), name, roles, emergencyAdmins }
}
