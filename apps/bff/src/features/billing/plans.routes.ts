import type { AuditFields } from '@ostor-console/shared/audit-fields'
import { type Plan, type PlanDraft, type PlanHolder, plansRoutes } from '@ostor-console/shared/plans'
import { problem } from '@ostor-console/shared/problem'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Audit } from '../../adapters/store/audit.ts'
import type { PlanStore } from '../../adapters/store/billing-plans.ts'
import type { Clusters } from '../../clusters.ts'

type Ports = {
  plans: PlanStore
  clusters: Clusters
  audit: Pick<Audit, 'record'>
  /** What clients and users are called now, in the order in which they are asked for. */
  namesOf: (holders: readonly PlanHolder[]) => Promise<(string | null)[]>
}

/** Plans of prices, and who has which. */
export const plans: FastifyPluginAsyncZod<Ports> = async (app, { plans: store, clusters, audit, namesOf }) => {
  const view = async () => {
    const [all, given] = await Promise.all([store.list(), store.given()])
    const has = (planId: string, kind: PlanHolder['kind']) =>
      given.filter((each) => each.planId === planId && each.to.kind === kind).length
    const items = all.map(
      ({ id, draft, changedAt }): Plan => ({
        id,
        ...draft,
        isDefault: has(id, 'default') > 0,
        clients: has(id, 'client'),
        users: has(id, 'user'),
        changedAt: changedAt.toISOString(),
      }),
    )
    const byName = given.filter(({ to }) => to.kind !== 'default')
    const names = await namesOf(byName.map(({ to }) => to))
    return { items, given: byName.map((each, index) => ({ ...each, name: names[index] ?? null })) }
  }
  const one = async (id: string): Promise<Plan> => {
    const plan = (await view()).items.find((each) => each.id === id)
    if (!plan) throw problem('plan-not-found')
    return plan
  }

  app.route({ ...plansRoutes.list, handler: view })

  app.route({
    ...plansRoutes.create,
    handler: async (request, reply) => {
      const { actor, ip: address, body } = request
      const id = await store.create(body)
      const entry = { action: 'billing.plan', target: body.name, after: fieldsOf(body), outcome: 'done' } as const
      await audit.record({ ...entry, actor, address })
      return reply.code(201).send(await one(id))
    },
  })

  app.route({
    ...plansRoutes.change,
    handler: async ({ actor, ip: address, body, params }) => {
      const before = await store.change(params.planId, body)
      const entry = { action: 'billing.plan', target: before.name, outcome: 'done' } as const
      await audit.record({ ...entry, before: fieldsOf(before), after: fieldsOf(body), actor, address })
      return one(params.planId)
    },
  })

  app.route({
    ...plansRoutes.remove,
    handler: async ({ actor, ip: address, body, params }, reply) => {
      const before = await store.remove(params.planId, body.confirmName)
      const entry = { action: 'billing.plan', target: before.name, outcome: 'done' } as const
      await audit.record({ ...entry, before: fieldsOf(before), actor, address })
      return reply.code(204).send()
    },
  })

  app.route({
    ...plansRoutes.give,
    handler: async ({ actor, ip: address, body: { to, planId } }) => {
      if (to.kind === 'user') await refuseStranger(clusters, to)
      const before = await store.give(to, planId)
      const names = new Map((await store.list()).map(({ id, draft }) => [id, draft.name]))
      const nameOf = (id: string | null) => ({ plan: id === null ? 'none' : (names.get(id) ?? id) })
      await audit.record({
        action: 'billing.give',
        target: to.kind === 'client' ? `client ${to.clientId}` : to.kind === 'user' ? to.userId : 'everybody',
        cluster: to.kind === 'user' ? to.cluster : null,
        userId: to.kind === 'user' ? to.userId : null,
        before: nameOf(before),
        after: nameOf(planId),
        outcome: 'done',
        actor,
        address,
      })
      return view()
    },
  })
}

const refuseStranger = async (clusters: Clusters, { cluster, userId }: { cluster: string; userId: string }) => {
  const { byId } = await clusters.get(cluster).directory.users()
  if (!byId.has(userId)) throw problem('user-not-found')
}

/** As the audit shows it: each price in one line. */
const fieldsOf = ({ name, currency, unit, prices }: PlanDraft): AuditFields => {
  const texts = Object.entries(prices).map(([metric, { included, tiers }]) => {
    const parts = tiers.map(({ upTo, price }) => (upTo === null ? price : `${price} up to ${upTo}`))
    return [metric, `${included > 0 ? `${included} included, then ` : ''}${parts.join(', then ')}`]
  })
  return { name, currency, unit, ...Object.fromEntries(texts) }
}
