import type { StatisticsItem } from '@ostor-console/shared/statistics'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useAddress } from '../../address/use-address.ts'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { formatCount, plural } from '../../format/counts.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { AT_ONCE_MS, SearchBox } from '../../ui/search-box.tsx'

/** The rows of one object, under the gateway's own names. */
export function StatisticsItems({ cluster, items }: { cluster: string; items: StatisticsItem[] }) {
  const [{ rows: filter = '' }, setAddress] = useAddress()
  const columns = useMemo(() => columnsOf(cluster), [cluster])
  const wanted = filter.trim().toLowerCase()
  const found = useMemo(
    () => items.filter(({ bucket, userId }) => [bucket, userId].some((text) => text.toLowerCase().includes(wanted))),
    [items, wanted],
  )
  if (items.length === 0) return <EmptyState title="No rows">Nothing happened in this period.</EmptyState>
  return (
    <>
      <div className="toolbar">
        <SearchBox
          label="Filter rows by bucket or user"
          value={filter}
          onSearch={(text) => setAddress({ rows: text || undefined })}
          afterMs={AT_ONCE_MS}
        />
        <output className="dimmed">
          {wanted ? `${formatCount(found.length)} of ${plural(items.length, 'row')}` : plural(items.length, 'row')}
        </output>
      </div>
      {found.length === 0 ? (
        <EmptyState title="No row matches" />
      ) : (
        <div className="statistics-scroll">
          <DataTable label="Rows of the object" rows={found} columns={columns} rowKey={keyOf} sideways />
        </div>
      )}
    </>
  )
}

const keyOf = ({ bucket, epoch, userId, tag }: StatisticsItem): string => JSON.stringify([bucket, epoch, userId, tag])

const none = <span className="dimmed">none</span>

const count = (id: string, key: 'putOps' | 'getOps' | 'listOps' | 'otherOps'): Column<StatisticsItem> => ({
  id,
  header: id,
  numeric: true,
  cell: (item) => formatCount(item[key]),
})

const bytes = (id: string, key: 'uploadedBytes' | 'downloadedBytes'): Column<StatisticsItem> => ({
  id,
  header: id,
  numeric: true,
  cell: (item) => <span title={exactBytes(item[key])}>{formatBytes(item[key])}</span>,
})

const columnsOf = (cluster: string): Column<StatisticsItem>[] => [
  {
    id: 'bucket',
    header: 'bucket',
    cell: ({ bucket }) =>
      bucket === '' ? (
        none
      ) : (
        <Link to="/c/$cluster/buckets/$bucket" params={{ cluster, bucket }}>
          <ForeignText text={bucket} cap={64} />
        </Link>
      ),
  },
  { id: 'epoch', header: 'epoch', numeric: true, cell: ({ epoch }) => epoch },
  {
    id: 'user_id',
    header: 'user_id',
    cell: ({ userId }) =>
      userId === '' ? (
        none
      ) : (
        <Link to="/c/$cluster/users/$userId" params={{ cluster, userId }}>
          <ForeignText text={userId} cap={32} mono />
        </Link>
      ),
  },
  { id: 'tag', header: 'tag', cell: ({ tag }) => (tag === '' ? none : <ForeignText text={tag} cap={48} />) },
  count('put', 'putOps'),
  count('get', 'getOps'),
  count('list', 'listOps'),
  count('other', 'otherOps'),
  bytes('uploaded', 'uploadedBytes'),
  bytes('downloaded', 'downloadedBytes'),
]
