import type { BulkChange } from '@ostor-console/shared/bulk'
import { said } from '@ostor-console/shared/said'
import { holds, outOfScope, type Scope, takes } from '../../lists/scope.ts'
import type { Wanted } from './choice.ts'
import type { Chosen } from './plan.ts'

type Asked = { change: BulkChange; wanted: Wanted; meant: Chosen[] }

/**
 * Of a filter those in the scope. Who is named has to be in it, or nothing is planned: whether somebody else has an
 * e-mail, or nobody has it, is not said.
 */
export const chosenWithin = (scope: Scope, { change, wanted, meant }: Asked): Chosen[] => {
  const isIn = ({ email, users }: Chosen): boolean =>
    change.action === 'create' ? takes(scope, email) : users.length > 0 && users.every((user) => holds(scope, user))
  const inScope = meant.filter(isIn)
  if (!Array.isArray(wanted) || inScope.length === meant.length) return inScope
  const outside = meant.length - inScope.length
  throw outOfScope(scope, (named) =>
    outside === 1
      ? said`1 of the ${meant.length} that were named is not among ${named}, to whom you are limited. Nothing was planned.`
      : said`${outside} of the ${meant.length} that were named are not among ${named}, to whom you are limited. Nothing was planned.`,
  )
}
