import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import Fastify from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { adminsOf } from './adapters/store/admins.ts'
import { apiTokensOf } from './adapters/store/api-tokens.ts'
import { auditOf } from './adapters/store/audit.ts'
import { unseenWritesOf } from './adapters/store/audit-unseen.ts'
import { bulkItemsOf } from './adapters/store/bulk-items.ts'
import { bulkRunsOf } from './adapters/store/bulk-runs.ts'
import { gapsOf } from './adapters/store/gaps.ts'
import { groupsOf } from './adapters/store/groups.ts'
import { safekeepingOf } from './adapters/store/safekeeping.ts'
import { scheduledOf } from './adapters/store/scheduled.ts'
import { sessionStore } from './adapters/store/sessions.ts'
import { statisticsOf } from './adapters/store/statistics.ts'
import { statisticsDecisionsOf } from './adapters/store/statistics-decisions.ts'
import { statisticsPagesOf } from './adapters/store/statistics-pages.ts'
import { storageOf } from './adapters/store/storage.ts'
import { strangersOf } from './adapters/store/strangers.ts'
import { usageOf } from './adapters/store/usage.ts'
import { userHistoryOf } from './adapters/store/user-history.ts'
import { addonPorts } from './addon-ports.ts'
import { type AppParts, SERVER } from './app-parts.ts'
import { registerBilling } from './billing-parts.ts'
import { lookUp } from './bulk-users.ts'
import { clustersOf } from './clusters.ts'
import { accounts } from './features/accounts/accounts.routes.ts'
import { admins } from './features/admins/admins.routes.ts'
import { audit } from './features/audit/audit.routes.ts'
import { buckets } from './features/buckets/buckets.routes.ts'
import { bulk } from './features/bulk/bulk.routes.ts'
import { createKeyShelf } from './features/bulk/key-shelf.ts'
import { clusters } from './features/clusters/clusters.routes.ts'
import { gaps } from './features/gaps/gaps.routes.ts'
import { groups } from './features/groups/groups.routes.ts'
import { keys } from './features/keys/keys.routes.ts'
import { limits } from './features/limits/limits.routes.ts'
import { quotas } from './features/quotas/quotas.routes.ts'
import { reads } from './features/reads/reads.routes.ts'
import { replication } from './features/replication/replication.routes.ts'
import { scheduled } from './features/scheduled/scheduled.routes.ts'
import { createSetup } from './features/session/setup.ts'
import { statistics } from './features/statistics/statistics.routes.ts'
import { storage } from './features/storage/storage.routes.ts'
import { checkToken } from './features/tokens/check-token.ts'
import { revokeLeaked } from './features/tokens/leaked-token.ts'
import { tokens } from './features/tokens/tokens.routes.ts'
import { usage } from './features/usage/usage.routes.ts'
import { users } from './features/users/users.routes.ts'
import { whmcsAddon } from './features/whmcs-addon/whmcs-addon.routes.ts'
import { access, declaredVerbs } from './plugins/access.ts'
import { bearer } from './plugins/bearer.ts'
import { drain } from './plugins/drain.ts'
import { guesses } from './plugins/guesses.ts'
import { headers, headersOf } from './plugins/headers.ts'
import { health } from './plugins/health.ts'
import { hosts } from './plugins/hosts.ts'
import { metrics } from './plugins/metrics.ts'
import { apiDescription, openapi } from './plugins/openapi.ts'
import { ownAddress } from './plugins/own-address.ts'
import { answer, problems, refuseConnection } from './plugins/problems.ts'
import { LOGGED } from './plugins/request-log.ts'
import { sameOrigin } from './plugins/same-origin.ts'
import { scopes } from './plugins/scope.ts'
import { serializerCompiler } from './plugins/serializer.ts'
import { cookieNameOf, requireCaller, requireToken, sessions } from './plugins/session.ts'
import { webApp } from './plugins/static.ts'
import { strictJson } from './plugins/strict-json.ts'
import { strictQuery } from './plugins/strict-query.ts'
import { validatorCompiler } from './plugins/validator.ts'
import { writes } from './plugins/writes.ts'
import { signingInOf } from './signing-in.ts'
import { undo } from './undo.ts'
import { VERSION } from './version.ts'
import { whmcsFeaturesOf } from './whmcs-features.ts'
import { withoutWhmcs } from './whmcs-open.ts'
import { createTurns } from './writing/turns.ts'

export type { AppParts }

/** The table of contents of the BFF: what is registered, in which order, behind which guard. */
export async function buildApp(parts: AppParts) {
  const {
    config,
    secretKey,
    oldSecretKey = null,
    sealer,
    store,
    logger,
    now = () => new Date(),
    wait = pause,
    inTurn = createTurns(store.alone),
    shelf = createKeyShelf({ now }),
    demo = null,
    sso = null,
    addon = null,
  } = parts
  const { publicUrl, trustProxy, metricsFrom, staleAfterMs } = config
  const https = publicUrl?.protocol === 'https:'
  const version = VERSION
  const people = adminsOf(store)
  const openSessions = sessionStore(store, { now })
  const auditLog = auditOf(store, { now })
  const userGroups = groupsOf(store)
  const bulkRuns = bulkRunsOf(store)
  const setup = parts.setup ?? createSetup(people)
  const apiTokens = apiTokensOf(store, { now })
  const later = scheduledOf(store, { now })
  const known = clustersOf(parts.clusters)
  const { whmcs = withoutWhmcs(now) } = parts
  const ofWhmcs = whmcsFeaturesOf({ whmcs, store, clusters: known, audit: auditLog, now })
  const signingIn = signingInOf({
    store,
    sealer,
    sessions: openSessions,
    people,
    tokens: apiTokens,
    groups: userGroups,
    clusters: known,
    audit: auditLog,
    setup,
    demo,
    sso,
    whmcs: addon,
    secretKey,
    publicUrl,
    version,
    secondStepRequired: config.secondStepRequired ?? false,
    now,
  })

  const app = Fastify({
    logger: typeof logger === 'object' ? { ...logger, serializers: LOGGED } : logger,
    ...SERVER,
    ...parts.server,
    trustProxy: trustProxy.length > 0 ? trustProxy : false,
    genReqId: () => randomUUID(),
    return503OnClosing: false,
    routerOptions: { maxParamLength: 4096 },
    frameworkErrors: (error, request, reply) => void answer(error, request, reply.headers(headersOf(https))),
    clientErrorHandler: refuseConnection,
  }).withTypeProvider<ZodTypeProvider>()
  if (parts.onRoute) app.addHook('onRoute', parts.onRoute)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)

  await app.register(declaredVerbs)
  await app.register(problems)
  await app.register(drain, { ...(parts.farewellMs !== undefined && { farewellMs: parts.farewellMs }) })
  await app.register(headers, { https })
  await app.register(hosts, { publicUrl })
  await app.register(strictJson)
  await app.register(strictQuery)
  await app.register(bearer, { onLeak: revokeLeaked({ tokens: apiTokens, audit: auditLog }) })
  await app.register(sameOrigin, { publicUrl })
  await app.register(sessions, { secretKey, oldSecretKey, store: openSessions, https })
  await app.register(ownAddress, { publicUrl, ...(parts.ask && { ask: parts.ask }) })
  await app.register(guesses)
  await app.register(openapi, { version, cookieName: cookieNameOf(https) })
  await app.register(metrics, { from: metricsFrom })
  await app.register(health, { store })
  if (parts.webFolder !== undefined) await app.register(webApp, { folder: parts.webFolder })

  await app.register(signingIn.ways)
  if (addon) await app.register(whmcsAddon, { ...addonPorts({ store, clusters: known, now }), keys: addon.keys, now })

  await app.register(async (signedIn) => {
    signedIn.addHook('onRequest', requireCaller(checkToken({ tokens: apiTokens, audit: auditLog, now })))
    signedIn.addHook('onRequest', requireToken)
    await signedIn.register(access, { audit: auditLog, owesSecondStep: signingIn.owesSecondStep, now })
    await signedIn.register(scopes, {
      groups: userGroups,
      clusters: known,
      audit: auditLog,
      scheduled: later,
      runs: bulkRuns,
      strangers: strangersOf(store),
    })
    await signedIn.register(signingIn.ownAccount)
    await signedIn.register(admins, {
      admins: people,
      groups: userGroups,
      sessions: openSessions,
      tokens: apiTokens,
      audit: auditLog,
      door: signingIn.door,
      now,
    })
    await signedIn.register(tokens, { tokens: apiTokens, audit: auditLog, now })
    await signedIn.register(groups, { groups: userGroups, admins: people, clusters: known, audit: auditLog, now })
    await signedIn.register(apiDescription)
    await signedIn.register(reads)
    await signedIn.register(clusters, { clusters: known, now })
    await signedIn.register(audit, { audit: auditLog, history: userHistoryOf(store), clusters: known, now })
    await signedIn.register(writes, { audit: auditLog, inTurn })
    await signedIn.register(users, {
      clusters: known,
      scheduled: later,
      clientFields: ofWhmcs.clientFields,
      now,
      wait,
    })
    await signedIn.register(ofWhmcs.routes)
    await signedIn.register(keys, { clusters: known, unseen: unseenWritesOf(store), scheduled: later, now, wait })
    await signedIn.register(scheduled, { scheduled: later, clusters: known, now })
    await signedIn.register(accounts, { clusters: known, unseen: unseenWritesOf(store), wait })
    await signedIn.register(limits, { clusters: known, now, wait })
    await signedIn.register(quotas, { clusters: known, now, wait })
    await signedIn.register(undo, { audit: auditLog, clusters: known, now, wait })
    await signedIn.register(bulk, {
      clusters: known,
      runs: bulkRuns,
      items: bulkItemsOf(store),
      shelf,
      look: lookUp,
      now,
    })
    await signedIn.register(buckets, { clusters: known, now })
    await signedIn.register(replication, { clusters: known, now })
    await signedIn.register(usage, { usage: usageOf(store), clusters: known, now, staleAfterMs })
    await signedIn.register(storage, { storage: storageOf(store), clusters: known, now })
    await registerBilling(signedIn, {
      store,
      clusters: known,
      audit: auditLog,
      inTurn,
      usagePush: config.whmcs?.usagePush ?? 'none',
      staleAfterMs,
      now,
    })
    await signedIn.register(gaps, { gaps: gapsOf(store), clusters: known, now })
    await signedIn.register(statistics, {
      statistics: statisticsOf(store),
      pages: statisticsPagesOf(store),
      decisions: statisticsDecisionsOf(store),
      safekeeping: safekeepingOf(store),
      backsUp: typeof config.backupDir === 'string',
      clusters: known,
      now,
      wait,
    })
  })
  return app
}
