import { useLingui } from '@lingui/react'
import { useInterval } from '@mantine/hooks'
import { useState } from 'react'
import { formatAge } from '../format/ages.ts'
import { formatSecond } from '../format/dates.ts'

/** How long ago, kept right while the page stays open; the instant itself on hover. */
export function Age({ at }: { at: string | number }) {
  const [, setTick] = useState(0)
  useLingui()
  useInterval(() => setTick((tick) => tick + 1), 15_000, { autoInvoke: true })
  const instant = new Date(at)
  return (
    <time dateTime={instant.toISOString()} title={formatSecond(instant)}>
      {formatAge(instant)}
    </time>
  )
}
