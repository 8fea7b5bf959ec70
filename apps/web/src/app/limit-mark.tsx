import { Trans, useLingui } from '@lingui/react/macro'
import { Tooltip } from '@mantine/core'
import { use } from 'react'
import { LimitContext } from '../api/role.ts'
import { shorten } from '../ui/foreign-text.tsx'

/** Says on every page that what is shown are not all users. */
export function LimitMark() {
  const { t } = useLingui()
  const limit = use(LimitContext)
  if (limit === null) return null
  return (
    <Tooltip label={t`You see and change only users of ${limit}.`} maw={320}>
      <span className="limit-mark">
        <Trans>Limited to: {shorten(limit, 40)}</Trans>
      </span>
    </Tooltip>
  )
}
