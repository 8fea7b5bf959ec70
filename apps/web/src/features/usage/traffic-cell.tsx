import { VisuallyHidden } from '@mantine/core'
import { formatBytes } from '../../format/bytes.ts'
import { Sparkline } from '../../ui/sparkline.tsx'

type Props = { values: (string | null)[] | undefined; stale: boolean }

/** Traffic of the last thirty days of one row of a list. */
export function TrafficCell({ values, stale }: Props) {
  if (!values) return <span className="sparkline-room" aria-hidden="true" />
  const known = values.filter((value) => value !== null)
  const sum = known.reduce((all, value) => all + BigInt(value), 0n)
  const isWhole = known.length === values.length
  const text =
    known.length === 0
      ? 'nothing is known'
      : `${isWhole ? '' : 'at least '}${formatBytes(sum)}${stale ? ', stale' : ''}`
  return (
    <span title={`Traffic of the last 30 days: ${text}`}>
      <Sparkline values={values} />
      <VisuallyHidden>{text}</VisuallyHidden>
    </span>
  )
}
