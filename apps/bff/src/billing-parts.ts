import type { PlanHolder } from '@ostor-console/shared/plans'
import type { FastifyInstance } from 'fastify'
import type { Audit } from './adapters/store/audit.ts'
import type { Billed } from './adapters/store/billing-billed.ts'
import { evidenceOf } from './adapters/store/billing-evidence.ts'
import { billingFiles, csvLines } from './adapters/store/billing-files.ts'
import { handoversOf } from './adapters/store/billing-handovers.ts'
import { linesOf } from './adapters/store/billing-lines.ts'
import { fileName } from './adapters/store/billing-manifest.ts'
import { monthsOf } from './adapters/store/billing-months.ts'
import { plansOf } from './adapters/store/billing-plans.ts'
import { pushesOf } from './adapters/store/billing-pushes.ts'
import { clientLinksOf, type SeenClient } from './adapters/store/client-links.ts'
import type { Store } from './adapters/store/store.ts'
import { whmcsFacts } from './adapters/store/whmcs-facts.ts'
import { createBillingClerk } from './billing-clerk.ts'
import type { ClusterParts, Clusters } from './clusters.ts'
import { billing } from './features/billing/billing.routes.ts'
import { bills } from './features/billing/bills.routes.ts'
import type { CountParts } from './features/billing/count.ts'
import { plans } from './features/billing/plans.routes.ts'
import { sourceOf } from './features/usage/coverage.ts'
import { soon } from './lists/soon.ts'
import type { InTurn } from './writing/turns.ts'

export type UsagePush = 'none' | 'product' | 'metrics'
type Known = {
  cluster: Pick<ClusterParts['cluster'], 'id' | 'name'>
  directory: Pick<ClusterParts['directory'], 'users'>
}
type Counting = { store: Store; clusters: readonly Known[]; staleAfterMs: number; now: () => Date }
type Parts = Omit<Counting, 'clusters'> & { clusters: Clusters; audit: Audit; inTurn: InTurn; usagePush: UsagePush }

type User = { cluster: string; userId: string }

const PATIENCE_MS = 1000

/** The e-mail of a user, as the gateway's list has it; `null` without one, or without a list. */
const emailIn = (clusters: readonly Known[]) => async (user: User) => {
  const parts = clusters.find(({ cluster }) => cluster.id === user.cluster)
  const list = parts ? await soon(parts.directory.users(), PATIENCE_MS) : null
  return list?.byId.get(user.userId)?.email ?? null
}

const nameIn = (clusters: readonly Known[]) => (id: string) =>
  clusters.find(({ cluster }) => cluster.id === id)?.cluster.name ?? id

const nameOfClient = (client: SeenClient | undefined): string | null =>
  client?.company || client?.name || client?.email || null

/** What counting a month takes. */
const countingOf = ({ store, clusters, staleAfterMs, now }: Counting): CountParts => {
  const clients = clientLinksOf(store)
  const emailOf = emailIn(clusters)
  const nameOf = async ({ clientId, cluster, userId }: Billed, seen: Awaited<ReturnType<typeof clients.seen>>) => {
    if (clientId === null) return (await emailOf({ cluster, userId })) ?? userId
    return nameOfClient(seen.get(clientId)) ?? `Client ${clientId}`
  }
  return {
    months: monthsOf(store),
    clusters: clusters.map(({ cluster }) => cluster.id),
    sourceOf: (standing, range) => sourceOf(standing, range, { now: now(), staleAfterMs }),
    async namesOf(billed) {
      const seen = await clients.seen(billed.flatMap(({ clientId }) => clientId ?? []))
      const names = new Map<string, string>()
      for (const each of billed) names.set(each.bill, await nameOf(each, seen))
      return names
    },
    now,
  }
}

type Clerk = Counting & Pick<Parameters<typeof createBillingClerk>[0], 'inTurn' | 'log' | 'isOurs'>

export const clerkOf = (parts: Clerk) =>
  createBillingClerk({
    ...parts,
    count: countingOf(parts),
    months: monthsOf(parts.store),
    plans: plansOf(parts.store, parts),
  })

/** Plans, months and bills, over one store. */
export const registerBilling = async (app: FastifyInstance, parts: Parts): Promise<void> => {
  const { store, clusters, audit, inTurn, usagePush, now } = parts
  const months = monthsOf(store)
  const lines = linesOf(store)
  const pushes = pushesOf(store)
  const clients = clientLinksOf(store)
  const [nameOfCluster, emailOf] = [nameIn(clusters.all), emailIn(clusters.all)]
  const namesOf = async (holders: readonly PlanHolder[]) => {
    const seen = await clients.seen(holders.flatMap((to) => (to.kind === 'client' ? to.clientId : [])))
    const nameOf = async (to: PlanHolder) => {
      if (to.kind === 'user') return emailOf(to)
      return to.kind === 'client' ? nameOfClient(seen.get(to.clientId)) : null
    }
    return Promise.all(holders.map(nameOf))
  }
  await app.register(plans, { plans: plansOf(store, { now }), clusters, audit, namesOf })
  await app.register(bills, { months, lines, pushes, evidence: evidenceOf(store), nameOfCluster, emailOf, now })
  await app.register(billing, {
    months,
    lines,
    pushes,
    files: billingFiles,
    count: countingOf({ ...parts, clusters: clusters.all }),
    handovers: handoversOf(store),
    nameOfCluster,
    emailOf,
    csvLines,
    fileName,
    async currencies(clientIds) {
      return new Map([...(await clients.seen(clientIds))].map(([id, { currency }]) => [id, currency]))
    },
    async mayPush() {
      const { mode } = await whmcsFacts(store.db)
      return { usage: mode !== 'off' && usagePush === 'product', invoices: mode !== 'off' }
    },
    audit,
    inTurn,
    now,
  })
}
