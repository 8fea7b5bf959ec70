import { t } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { VisuallyHidden } from '@mantine/core'
import { formatBytes } from '../../format/bytes.ts'
import { Sparkline } from '../../ui/sparkline.tsx'

type Props = { values: (string | null)[] | undefined; stale: boolean }

/** Traffic of the last thirty days of one row of a list. */
export function TrafficCell({ values, stale }: Props) {
  const { t } = useLingui()
  if (!values) return <span className="sparkline-room" aria-hidden="true" />
  const known = values.filter((value) => value !== null)
  const sum = formatBytes(known.reduce((all, value) => all + BigInt(value), 0n))
  const text = known.length === 0 ? t`nothing is known` : worthOf(sum, known.length === values.length, stale)
  return (
    <span title={t`Traffic of the last 30 days: ${text}`}>
      <Sparkline values={values} />
      <VisuallyHidden>{text}</VisuallyHidden>
    </span>
  )
}

const worthOf = (sum: string, isWhole: boolean, stale: boolean): string => {
  if (isWhole) return stale ? t`${sum}, stale` : sum
  return stale ? t`at least ${sum}, stale` : t`at least ${sum}`
}
