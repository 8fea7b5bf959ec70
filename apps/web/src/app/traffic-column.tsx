import type { Bucket } from '@ostor-console/shared/buckets'
import type { User } from '@ostor-console/shared/users'
import { useQuery } from '@tanstack/react-query'
import { TrafficCell } from '../features/usage/traffic-cell.tsx'
import { sparklinesQuery } from '../features/usage/usage.queries.ts'
import type { Column } from '../ui/data-table.tsx'

type Props = { cluster: string; by: 'user' | 'bucket'; id: string; ids: string[] }

/** One cell; all cells of a page share the one request for its rows. */
function Traffic({ cluster, by, id, ids }: Props) {
  const { data } = useQuery(sparklinesQuery(cluster, by, ids))
  return <TrafficCell values={data?.byId[id]} stale={Boolean(data?.source?.staleSince)} />
}

const COLUMN = { id: 'traffic', header: 'Traffic, 30 days', wide: true, width: '130px' } as const

export const userTraffic =
  (cluster: string) =>
  (rows: User[]): Column<User>[] => {
    const ids = rows.map(({ id }) => id)
    return [{ ...COLUMN, cell: ({ id }) => <Traffic cluster={cluster} by="user" id={id} ids={ids} /> }]
  }

export const bucketTraffic =
  (cluster: string) =>
  (rows: Bucket[]): Column<Bucket>[] => {
    const ids = rows.map(({ name }) => name)
    return [{ ...COLUMN, cell: ({ name }) => <Traffic cluster={cluster} by="bucket" id={name} ids={ids} /> }]
  }
