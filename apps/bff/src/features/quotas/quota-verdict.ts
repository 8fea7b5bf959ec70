import { said } from '@ostor-console/shared/said'
import type { QuotaTarget } from '../../adapters/gateway/gateway.ts'
import { selectingEmail } from '../../writing/addressing.ts'
import { type At, type Judge, undecidedWhenGone, type Verdict } from '../../writing/verdict.ts'
import { inWords } from './quota-write.ts'

/** Done when what was wanted stands there, not done when it is as it was. */
export const quotaVerdict: Judge = (at, { userId, bucket, target, before, after }) =>
  targetNow(at, { userId, bucket, target })
    .then((selected) => at.gateway.getQuota(selected, Number(after?.['size']) || undefined))
    .then((found): Verdict => {
      const { size } = inWords(found)
      if (size === after?.['size']) return { is: 'done' }
      if (size === before?.['size']) return { is: 'not-done' }
      return { is: 'undecided', detail: said`The quota is neither as it was nor as it was wanted` }
    }, undecidedWhenGone(said`What had this quota is no longer there`))

type Named = { userId: string | null; bucket: string | null; target: string }

const targetNow = async (at: At, { userId, bucket, target }: Named): Promise<QuotaTarget> => {
  if (bucket !== null) return { bucket }
  if (userId === null) return { every: target === 'every bucket' ? 'bucket' : 'user' }
  const user = await at.gateway.getUser(userId)
  return { userId: user.id, email: await selectingEmail(at, user) }
}
