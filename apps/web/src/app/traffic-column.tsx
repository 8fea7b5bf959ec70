import { t } from '@lingui/core/macro'
import type { Bucket } from '@ostor-console/shared/buckets'
import type { ListedUser } from '@ostor-console/shared/users'
import { useQuery } from '@tanstack/react-query'
import { TrafficCell } from '../features/usage/traffic-cell.tsx'
import { sparklinesQuery } from '../features/usage/usage.queries.ts'
import type { Column } from '../ui/data-table.tsx'

type Props = { query: ReturnType<typeof sparklinesQuery>; id: string }

/** One cell; all cells of a page share the one request for its rows. */
function Traffic({ query, id }: Props) {
  const { data, error } = useQuery(query)
  return <TrafficCell values={data?.byId[id]} source={data?.source ?? null} failed={error !== null} />
}

const column = () =>
  ({ id: 'traffic', header: t`Traffic, 30 days`, wide: true, from: 'laptop', width: '130px' }) as const

export const userTraffic = (cluster: string, rows: readonly ListedUser[]): Column<ListedUser> => {
  const query = sparklinesQuery(
    cluster,
    'user',
    rows.map(({ id }) => id),
  )
  return { ...column(), cell: ({ id }) => <Traffic query={query} id={id} /> }
}

export const bucketTraffic =
  (cluster: string) =>
  (rows: readonly Bucket[]): Column<Bucket>[] => {
    const query = sparklinesQuery(
      cluster,
      'bucket',
      rows.map(({ name }) => name),
    )
    return [{ ...column(), cell: ({ name }) => <Traffic query={query} id={name} /> }]
  }
