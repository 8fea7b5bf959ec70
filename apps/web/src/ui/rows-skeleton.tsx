import { Skeleton } from '@mantine/core'

/** The first load of a list. */
export const RowsSkeleton = ({ rows = 10 }: { rows?: number }) => (
  <output className="list-rows" aria-label="Loading">
    {Array.from({ length: rows }, (_, row) => (
      <Skeleton key={row} h={15} radius="sm" />
    ))}
  </output>
)
