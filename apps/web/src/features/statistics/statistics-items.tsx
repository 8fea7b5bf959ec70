import { Button, Table, TextInput } from '@mantine/core'
import type { StatisticsItem } from '@ostor-console/shared/statistics'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { formatCount, plural } from '../../format/counts.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'

const STEP = 200
const COUNTERS = ['putOps', 'getOps', 'listOps', 'otherOps'] as const
const HEADS = ['put', 'get', 'list', 'other', 'uploaded', 'downloaded']

/** The rows of one object, under the gateway's own names. */
export function StatisticsItems({ cluster, items }: { cluster: string; items: StatisticsItem[] }) {
  const [filter, setFilter] = useState('')
  const [most, setMost] = useState(STEP)
  const wanted = filter.trim().toLowerCase()
  const found = wanted
    ? items.filter(({ bucket, userId }) => [bucket, userId].some((text) => text.toLowerCase().includes(wanted)))
    : items
  if (items.length === 0) return <EmptyState title="No rows">Nothing happened in this period.</EmptyState>
  return (
    <>
      <div className="statistics-filter">
        <TextInput
          size="xs"
          w={240}
          aria-label="Filter rows by bucket or user"
          placeholder="Bucket or user"
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
        <span className="dimmed" role="status">
          {wanted ? `${formatCount(found.length)} of ${plural(items.length, 'row')}` : plural(items.length, 'row')}
        </span>
      </div>
      {found.length === 0 && <EmptyState title="No row matches" />}
      {found.length > 0 && (
        <section className="statistics-scroll" aria-label="Rows" tabIndex={0}>
          <Table highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                {['bucket', 'epoch', 'user_id', 'tag'].map((name) => (
                  <Table.Th key={name} scope="col">
                    {name}
                  </Table.Th>
                ))}
                {HEADS.map((name) => (
                  <Table.Th key={name} scope="col" ta="right">
                    {name}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {found.slice(0, most).map((item) => (
                <ItemRow
                  key={JSON.stringify([item.bucket, item.epoch, item.userId, item.tag])}
                  item={item}
                  cluster={cluster}
                />
              ))}
            </Table.Tbody>
          </Table>
        </section>
      )}
      {found.length > most && (
        <div className="statistics-more">
          <Button variant="default" size="xs" onClick={() => setMost(most + STEP)}>
            Show {formatCount(Math.min(STEP, found.length - most))} more
          </Button>
        </div>
      )}
    </>
  )
}

function ItemRow({ item, cluster }: { item: StatisticsItem; cluster: string }) {
  const { bucket, epoch, userId, tag } = item
  return (
    <Table.Tr>
      <Table.Td>
        {bucket === '' ? (
          <span className="dimmed">none</span>
        ) : (
          <Link className="link" to="/c/$cluster/buckets/$bucket" params={{ cluster, bucket }}>
            <ForeignText text={bucket} cap={64} />
          </Link>
        )}
      </Table.Td>
      <Table.Td className="num">{epoch}</Table.Td>
      <Table.Td>
        {userId === '' ? (
          <span className="dimmed">none</span>
        ) : (
          <Link className="link" to="/c/$cluster/users/$userId" params={{ cluster, userId }}>
            <ForeignText text={userId} cap={32} mono />
          </Link>
        )}
      </Table.Td>
      <Table.Td>{tag === '' ? <span className="dimmed">none</span> : <ForeignText text={tag} cap={48} />}</Table.Td>
      {COUNTERS.map((key) => (
        <Table.Td key={key} className="num" ta="right">
          {formatCount(item[key])}
        </Table.Td>
      ))}
      {[item.uploadedBytes, item.downloadedBytes].map((bytes, index) => (
        <Table.Td key={HEADS[index]} className="num" ta="right" title={exactBytes(bytes)}>
          {formatBytes(bytes)}
        </Table.Td>
      ))}
    </Table.Tr>
  )
}
