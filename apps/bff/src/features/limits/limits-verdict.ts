import { said } from '@ostor-console/shared/said'
import { selectingEmail } from '../../writing/addressing.ts'
import { type At, type Judge, undecidedWhenGone, type Verdict } from '../../writing/verdict.ts'
import { fieldsOf, inWords } from './limits-view.ts'

/** Done when all that was wanted stands there, not done when all of it is as it was. */
export const limitsVerdict: Judge = (at, { userId, bucket, before, after }) =>
  limitsNow(at, userId, bucket).then((found): Verdict => {
    const stands = (as: Record<string, string> | null) =>
      Object.keys(after ?? {}).every((field) => found[field] === as?.[field])
    if (stands(after)) return { is: 'done' }
    if (stands(before)) return { is: 'not-done' }
    return { is: 'undecided', detail: said`The limits are neither as they were nor as they were wanted` }
  }, undecidedWhenGone(said`What had these limits is no longer there`))

const limitsNow = async (at: At, userId: string | null, bucket: string | null) => {
  if (bucket !== null) return inWords(fieldsOf(await at.gateway.getLimits({ bucket })))
  const user = await at.gateway.getUser(userId ?? '')
  const email = await selectingEmail(at, user)
  return inWords(fieldsOf(await at.gateway.getLimits({ userId: user.id, email })))
}
