import { t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { VisuallyHidden } from '@mantine/core'
import type { Source } from '@ostor-console/shared/coverage'
import { formatBytes } from '../../format/bytes.ts'
import { Sparkline } from '../../ui/sparkline.tsx'

type Values = (string | null)[]
type Worth = Pick<Source, 'staleSince'> | null
type Props = { values: Values | undefined; source: Worth; failed: boolean }

/** Traffic of the last thirty days of one row of a list. */
export function TrafficCell({ values, source, failed }: Props) {
  const { t } = useLingui()
  if (!values && failed)
    return (
      <span className="dimmed">
        <Trans>could not be read</Trans>
      </span>
    )
  if (!values) return <span className="sparkline-room" aria-hidden="true" />
  const text = trafficText(values, source)
  return (
    <span title={t`Traffic of the last 30 days: ${text}`}>
      <Sparkline values={values} />
      <VisuallyHidden>{text}</VisuallyHidden>
    </span>
  )
}

/** At least, since today is never over. */
export function trafficText(values: Values, source: Worth): string {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return t`nothing is known`
  const sum = formatBytes(known.reduce((all, value) => all + BigInt(value), 0n))
  return source?.staleSince ? t`at least ${sum}, stale` : t`at least ${sum}`
}
