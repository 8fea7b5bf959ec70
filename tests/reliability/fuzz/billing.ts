import * as z from 'zod'
import { PLAN } from '../../../apps/bff/test/billed-months.ts'
import type { world } from '../../../apps/bff/test/world.ts'

type World = Pick<Awaited<ReturnType<typeof world>>, 'admin'> & { now: () => Date }
type Find = (pick: number, context: Record<string, string>) => string

const Plans = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) })

/** As it is called: this one, or one before it. */
const monthBefore = (now: Date, months: number): string =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1)).toISOString().slice(0, 7)

/** What requests about prices and months name, and something of it in the world. */
export const billed = ({ admin, now }: World, userId: (pick: number) => string) => {
  let plans: string[] = []
  const finders: Record<string, Find> = {
    month: (pick) => monthBefore(now(), pick % 2),
    confirmMonth: (_, context) => context['month'] ?? 'none',
    planId: (pick) => plans[pick % Math.max(1, plans.length)] ?? 'none',
    bill: (pick) => `user.demo.${userId(pick)}`,
  }
  /** Keeps a plan, and this month counted by it. */
  const between = async (): Promise<void> => {
    await admin('POST', '/api/v1/billing/plans', PLAN)
    plans = Plans.parse((await admin('GET', '/api/v1/billing/plans')).json()).items.map(({ id }) => id)
    await admin('POST', `/api/v1/billing/months/${monthBefore(now(), 0)}/count`)
  }
  return { finders, between }
}
