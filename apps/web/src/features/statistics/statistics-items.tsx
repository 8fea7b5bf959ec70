import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { StatisticsItem } from '@ostor-console/shared/statistics'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useAddress } from '../../address/use-address.ts'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/counts.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { AT_ONCE_MS, SearchBox } from '../../ui/search-box.tsx'

type Props = {
  cluster: string
  items: StatisticsItem[]
  /** Without it nobody here knows what the object holds. */
  isStored: boolean
}

/** The rows of one object, under the gateway's own names. */
export function StatisticsItems({ cluster, items, isStored }: Props) {
  const { t } = useLingui()
  const [{ rows: filter = '' }, setAddress] = useAddress()
  const columns = useMemo(() => columnsOf(cluster), [cluster])
  const wanted = filter.trim().toLowerCase()
  const found = useMemo(
    () => items.filter(({ bucket, userId }) => [bucket, userId].some((text) => text.toLowerCase().includes(wanted))),
    [items, wanted],
  )
  const matching = formatCount(found.length)
  if (items.length === 0) {
    return (
      <EmptyState title={isStored ? t`No rows` : t`Not known`}>
        {isStored ? (
          <Trans>Nothing happened in this period.</Trans>
        ) : (
          <Trans>Nothing of this object is stored, so the console cannot say what it holds.</Trans>
        )}
      </EmptyState>
    )
  }
  return (
    <>
      <div className="toolbar">
        <SearchBox
          label={t`Filter rows by bucket or user`}
          value={filter}
          onSearch={(text) => setAddress({ rows: text || undefined })}
          afterMs={AT_ONCE_MS}
        />
        <output className="dimmed">
          {wanted
            ? plural(items.length, { one: `${matching} of # row`, other: `${matching} of # rows` })
            : plural(items.length, { one: '# row', other: '# rows' })}
        </output>
      </div>
      {found.length === 0 ? (
        <EmptyState title={t`No row matches`} />
      ) : (
        <div className="statistics-scroll">
          <DataTable label={t`Rows of the object`} rows={found} columns={columns} rowKey={keyOf} sideways />
        </div>
      )}
    </>
  )
}

const keyOf = ({ bucket, epoch, userId, tag }: StatisticsItem): string => JSON.stringify([bucket, epoch, userId, tag])

const none = (
  <span className="dimmed">
    <Trans>none</Trans>
  </span>
)

/** The gateway's own names are the same in every language. */
const named = (id: string) => ({ id, header: id, head: <span translate="no">{id}</span> })

const count = (id: string, key: 'putOps' | 'getOps' | 'listOps' | 'otherOps'): Column<StatisticsItem> => ({
  ...named(id),
  numeric: true,
  cell: (item) => formatCount(item[key]),
})

const bytes = (id: string, key: 'uploadedBytes' | 'downloadedBytes'): Column<StatisticsItem> => ({
  ...named(id),
  numeric: true,
  cell: (item) => <span title={exactBytes(item[key])}>{formatBytes(item[key])}</span>,
})

const columnsOf = (cluster: string): Column<StatisticsItem>[] => [
  {
    ...named('bucket'),
    cell: ({ bucket }) =>
      bucket === '' ? (
        none
      ) : (
        <Link to="/c/$cluster/buckets/$bucket" params={{ cluster, bucket }}>
          <ForeignText text={bucket} cap={64} />
        </Link>
      ),
  },
  { ...named('epoch'), numeric: true, cell: ({ epoch }) => epoch },
  {
    ...named('user_id'),
    cell: ({ userId }) =>
      userId === '' ? (
        none
      ) : (
        <Link to="/c/$cluster/users/$userId" params={{ cluster, userId }}>
          <ForeignText text={userId} cap={32} mono />
        </Link>
      ),
  },
  { ...named('tag'), cell: ({ tag }) => (tag === '' ? none : <ForeignText text={tag} cap={48} />) },
  count('put', 'putOps'),
  count('get', 'getOps'),
  count('list', 'listOps'),
  count('other', 'otherOps'),
  bytes('uploaded', 'uploadedBytes'),
  bytes('downloaded', 'downloadedBytes'),
]
