import { t } from '@lingui/core/macro'
import {
  type Limit,
  MAX_BANDWIDTH,
  MAX_OPS_PER_SECOND,
  NewBandwidthLimit,
  NewOpsLimit,
} from '@ostor-console/shared/limits'
import type { Field } from './limit-fields.ts'

/** Why the contract does not take a limit, in the language of the page; `null` when it does. */
export function refusedBecause({ group }: Pick<Field, 'group'>, limit: Limit): string | null {
  const isBandwidth = group === 'bandwidth'
  const issue = (isBandwidth ? NewBandwidthLimit : NewOpsLimit).safeParse(limit).error?.issues[0]
  if (!issue) return null
  switch (issue.code === 'custom' ? issue.params?.['code'] : undefined) {
    case 'zero_means_unlimited':
      return t`The gateway reads 0 as unlimited: choose "unlimited" instead`
    case 'whole_number_required':
      return isBandwidth ? t`must be a whole number of kb/s` : t`must be a whole number of operations per second`
    case 'negative':
      return t`must be above 0`
    case 'too_large':
      return isBandwidth
        ? t`must be at most ${MAX_BANDWIDTH} kb/s`
        : t`must be at most ${MAX_OPS_PER_SECOND} operations per second`
    default:
      return isBandwidth
        ? t`must be a whole number of kb/s, or "unlimited"`
        : t`must be a whole number of operations per second, or "unlimited"`
  }
}
