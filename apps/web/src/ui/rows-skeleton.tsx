import { useLingui } from '@lingui/react/macro'
import { Skeleton } from '@mantine/core'

/** The first load of a list. */
export function RowsSkeleton({ rows = 10 }: { rows?: number }) {
  const { t } = useLingui()
  return (
    <output className="list-rows" aria-label={t`Loading`}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} h={15} radius="sm" />
      ))}
    </output>
  )
}
