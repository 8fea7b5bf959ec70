import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import type { Bucket } from '@ostor-console/shared/buckets'
import { Link } from '@tanstack/react-router'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { formatDay, formatInstant } from '../../format/dates.ts'
import { Age } from '../../ui/age.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { Unknown } from '../../ui/unknown.tsx'

/** A size, or that the gateway does not tell it. */
export function Size({ bytes }: { bytes: string | null }) {
  useLingui()
  return bytes === null ? <Unknown /> : <span title={exactBytes(bytes)}>{formatBytes(bytes)}</span>
}

/** The owner by e-mail, or by id when no user has it any more. */
export function Owner({ cluster, bucket: { ownerId, ownerEmail } }: { cluster: string; bucket: Bucket }) {
  return (
    <Link className="link" to="/c/$cluster/users/$userId" params={{ cluster, userId: ownerId }}>
      <ForeignText text={ownerEmail ?? ownerId} cap={64} mono={ownerEmail === null} />
    </Link>
  )
}

/** The columns of the list; the owner is left out on the page of one. */
export function bucketColumns(
  t: (text: MessageDescriptor) => string,
  cluster: string,
  withOwner: boolean,
): Column<Bucket>[] {
  const owner: Column<Bucket> = {
    id: 'owner',
    header: t(msg`Owner`),
    sortable: true,
    wide: true,
    width: '26%',
    cell: (bucket) => <Owner cluster={cluster} bucket={bucket} />,
  }
  return [
    {
      id: 'name',
      header: t(msg`Bucket`),
      sortable: true,
      cell: ({ name }) => (
        <Link to="/c/$cluster/buckets/$bucket" params={{ cluster, bucket: name }}>
          <ForeignText text={name} cap={96} />
        </Link>
      ),
    },
    ...(withOwner ? [owner] : []),
    {
      id: 'storedBytes',
      header: t(msg`Size`),
      sortable: true,
      numeric: true,
      width: '110px',
      cell: ({ storedBytes }) => <Size bytes={storedBytes} />,
    },
    {
      id: 'peakBytes',
      header: t(msg`Peak, last hour`),
      numeric: true,
      wide: true,
      from: 'desk',
      width: '145px',
      cell: ({ peakBytes }) => <Size bytes={peakBytes} />,
    },
    {
      id: 'createdAt',
      header: t(msg`Created`),
      sortable: true,
      numeric: true,
      wide: true,
      width: '130px',
      cell: ({ createdAt }) =>
        createdAt === null ? <Unknown /> : <span title={formatInstant(createdAt)}>{formatDay(createdAt)}</span>,
    },
    {
      id: 'lastChangedAt',
      header: t(msg`Size changed`),
      numeric: true,
      wide: true,
      from: 'laptop',
      width: '140px',
      cell: ({ lastChangedAt }) => (lastChangedAt === null ? <Unknown /> : <Age at={lastChangedAt} />),
    },
  ]
}
