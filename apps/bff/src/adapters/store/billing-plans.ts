import { randomUUID } from 'node:crypto'
import { PlanDraft, type PlanHolder } from '@ostor-console/shared/plans'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import { type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'

export type PlanRecord = { id: string; draft: PlanDraft; changedAt: Date }
export type PlanStore = ReturnType<typeof plansOf>

const DEFAULT = 'default'
const MOST_PLANS = 200

const holderText = (to: PlanHolder): string => {
  if (to.kind === 'default') return DEFAULT
  return to.kind === 'client' ? `client.${to.clientId}` : `user.${to.cluster}.${to.userId}`
}

const holderOf = (text: string): PlanHolder => {
  const [kind, ...rest] = text.split('.')
  if (kind === 'client') return { kind, clientId: Number(rest[0]) }
  return kind === 'user' ? { kind, cluster: rest[0] ?? '', userId: rest.slice(1).join('.') } : { kind: DEFAULT }
}

/** Plans of prices, and who has which. */
export const plansOf = ({ db, transaction }: Pick<Store, 'db' | 'transaction'>, { now }: { now: () => Date }) => ({
  /** In the order of their names. */
  list: () => plansIn(db),

  async given(): Promise<{ to: PlanHolder; planId: string }[]> {
    const rows = await db.selectFrom('billing_plans_given').selectAll().orderBy('holder').limit(10_000).execute()
    return rows.map(({ holder, plan_id }) => ({ to: holderOf(holder), planId: plan_id }))
  },

  /** The first one is for everybody. Throws `plan-exists` and `too-many-plans`. */
  create: (draft: PlanDraft): Promise<string> =>
    transaction(async (tx) => {
      const there = await plansIn(tx)
      refuseTaken(there, draft.name)
      if (there.length >= MOST_PLANS) throw problem('too-many-plans')
      const id = randomUUID()
      await tx
        .insertInto('billing_plans')
        .values({ id, draft: JSON.stringify(draft), changed_at: now() })
        .execute()
      if (there.length === 0) await giveTo(tx, DEFAULT, id)
      return id
    }),

  /** Answers how it was. Throws `plan-not-found` and `plan-exists`. */
  change: (id: string, draft: PlanDraft): Promise<PlanDraft> =>
    transaction(async (tx) => {
      const there = await plansIn(tx)
      const before = planIn(there, id)
      refuseTaken(
        there.filter((plan) => plan.id !== id),
        draft.name,
      )
      const changed = { draft: JSON.stringify(draft), changed_at: now() }
      await tx.updateTable('billing_plans').set(changed).where('id', '=', id).execute()
      return before.draft
    }),

  /** Throws `plan-not-found`, `confirmation-wrong` and `plan-in-use`. */
  remove: (id: string, confirmName: string): Promise<PlanDraft> =>
    transaction(async (tx) => {
      const { draft } = planIn(await plansIn(tx), id)
      if (draft.name !== confirmName) throw problem('confirmation-wrong')
      const has = await tx
        .selectFrom('billing_plans_given')
        .select('holder')
        .where('plan_id', '=', id)
        .executeTakeFirst()
      if (has) throw problem('plan-in-use', { detail: said`Give another plan to those who have it first.` })
      await tx.deleteFrom('billing_plans').where('id', '=', id).execute()
      return draft
    }),

  /** `null` takes it away. Answers the plan that was given before. Throws `plan-not-found`. */
  give: (to: PlanHolder, planId: string | null): Promise<string | null> =>
    transaction(async (tx) => {
      if (planId !== null) planIn(await plansIn(tx), planId)
      const holder = holderText(to)
      const before = await tx.selectFrom('billing_plans_given').selectAll().where('holder', '=', holder).execute()
      if (planId === null) await tx.deleteFrom('billing_plans_given').where('holder', '=', holder).execute()
      else await giveTo(tx, holder, planId)
      return before[0]?.plan_id ?? null
    }),
})

const plansIn = async (db: Kysely<Schema>): Promise<PlanRecord[]> => {
  const rows = await db.selectFrom('billing_plans').selectAll().execute()
  return rows
    .map(({ id, draft, changed_at }) => ({ id, draft: PlanDraft.parse(JSON.parse(draft)), changedAt: changed_at }))
    .toSorted((a, b) => a.draft.name.localeCompare(b.draft.name, 'en') || a.id.localeCompare(b.id))
}

/** The plans as they were when a count was made, by id. */
export const plansOfCount = async (db: Kysely<Schema>, countId: string): Promise<Map<string, PlanDraft>> => {
  const rows = await db.selectFrom('billing_count_plans').selectAll().where('count_id', '=', countId).execute()
  return new Map(rows.map(({ plan_id, draft }) => [plan_id, PlanDraft.parse(JSON.parse(draft))]))
}

export const keepPlans = async (tx: Kysely<Schema>, countId: string): Promise<void> => {
  await sql`insert into billing_count_plans (count_id, plan_id, draft)
    select cast(${countId} as text), id, draft from billing_plans`.execute(tx)
}

const planIn = (plans: readonly PlanRecord[], id: string): PlanRecord => {
  const plan = plans.find((each) => each.id === id)
  if (!plan) throw problem('plan-not-found')
  return plan
}

const refuseTaken = (plans: readonly PlanRecord[], name: string): void => {
  if (plans.some(({ draft }) => draft.name.toLowerCase() === name.toLowerCase())) throw problem('plan-exists')
}

const giveTo = async (tx: Kysely<Schema>, holder: string, planId: string): Promise<void> => {
  await tx
    .insertInto('billing_plans_given')
    .values({ holder, plan_id: planId })
    .onConflict((of) => of.column('holder').doUpdateSet({ plan_id: planId }))
    .execute()
}
