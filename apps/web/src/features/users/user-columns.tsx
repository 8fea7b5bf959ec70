import type { User, UserState } from '@ostor-console/shared/users'
import { Link } from '@tanstack/react-router'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { formatCount, plural } from '../../format/counts.ts'
import type { Column } from '../../ui/data-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { UserMenu } from './user-menu.tsx'

const TONES = { enabled: 'good', disabled: 'off', unknown: 'warn' } as const

export const UserStateDot = ({ state }: { state: UserState }) => (
  <StateDot tone={TONES[state]}>
    {state === 'unknown' ? 'Unknown' : state === 'enabled' ? 'Enabled' : 'Disabled'}
  </StateDot>
)

export const UserFlags = ({ user }: { user: Pick<User, 'flags' | 'protected'> }) => (
  <span className="flags">
    {user.protected && (
      <span className="flag flag-system" title="System user or owner of the console's own key: not changed here">
        protected
      </span>
    )}
    {user.flags.map((flag) => (
      <span key={flag} className="flag">
        <ForeignText text={flag} cap={24} />
      </span>
    ))}
  </span>
)

const Unknown = ({ why }: { why: string }) => (
  <span className="dimmed" title={why}>
    unknown
  </span>
)

const StoredBytes = ({ bytes }: { bytes: string | null }) =>
  bytes === null ? (
    <Unknown why="This gateway does not tell sizes by user" />
  ) : (
    <span title={exactBytes(bytes)}>{formatBytes(bytes)}</span>
  )

export const userColumns = (cluster: string, more: Column<User>[] = []): Column<User>[] => [
  {
    id: 'email',
    header: 'E-mail',
    sortable: true,
    cell: ({ id, email, state, bucketCount, storedBytes }) => (
      <>
        <Link to="/c/$cluster/users/$userId" params={{ cluster, userId: id }}>
          <ForeignText text={email} cap={120} />
        </Link>
        <span className="user-more">
          {state !== 'enabled' && `${state === 'unknown' ? 'state unknown' : state} · `}
          {storedBytes === null ? 'size unknown' : formatBytes(storedBytes)} ·{' '}
          {bucketCount === null ? 'buckets unknown' : plural(bucketCount, 'bucket')}
        </span>
      </>
    ),
  },
  {
    id: 'id',
    header: 'ID',
    sortable: true,
    wide: true,
    width: '190px',
    cell: ({ id }) => <ForeignText text={id} cap={40} mono />,
  },
  {
    id: 'state',
    header: 'State',
    sortable: true,
    wide: true,
    width: '110px',
    cell: ({ state }) => <UserStateDot state={state} />,
  },
  { id: 'flags', header: 'Flags', wide: true, width: '170px', cell: (user) => <UserFlags user={user} /> },
  {
    id: 'buckets',
    header: 'Buckets',
    sortable: true,
    numeric: true,
    wide: true,
    width: '100px',
    cell: ({ bucketCount }) =>
      bucketCount === null ? <Unknown why="The bucket list could not be read" /> : formatCount(bucketCount),
  },
  {
    id: 'storedBytes',
    header: 'Stored',
    sortable: true,
    numeric: true,
    wide: true,
    width: '120px',
    cell: ({ storedBytes }) => <StoredBytes bytes={storedBytes} />,
  },
  ...more,
  { id: 'menu', header: '', width: '56px', cell: (user) => <UserMenu cluster={cluster} user={user} /> },
]
