import type { MessageDescriptor } from '@lingui/core'
import { msg, plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { ListedUser, User, UserState } from '@ostor-console/shared/users'
import { Link } from '@tanstack/react-router'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/counts.ts'
import type { Column } from '../../ui/data-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { Unknown } from '../../ui/unknown.tsx'
import { type Lacking, QuotaNote, QuotaUse } from './quota-use.tsx'
import { type Acting, UserMenu } from './user-menu.tsx'

const TONES = { enabled: 'good', disabled: 'off', unknown: 'warn' } as const

export const UserStateDot = ({ state }: { state: UserState }) => (
  <StateDot tone={TONES[state]}>
    {state === 'unknown' ? (
      <Trans>Unknown</Trans>
    ) : state === 'enabled' ? (
      <Trans>Enabled</Trans>
    ) : (
      <Trans>Disabled</Trans>
    )}
  </StateDot>
)

export function UserFlags({ user }: { user: Pick<User, 'flags' | 'protected'> }) {
  const { t } = useLingui()
  if (!user.protected && user.flags.length === 0) return null
  return (
    <span className="flags">
      {user.protected && (
        <span className="flag flag-system" title={t`System user or owner of the console's own key: not changed here`}>
          <Trans>protected</Trans>
        </span>
      )}
      {user.flags.map((flag) => (
        <span key={flag} className="flag">
          <ForeignText text={flag} cap={24} />
        </span>
      ))}
    </span>
  )
}

function StoredBytes({ bytes }: { bytes: string | null }) {
  const { t } = useLingui()
  return bytes === null ? (
    <Unknown why={t`This gateway does not tell sizes by user`} />
  ) : (
    <span title={exactBytes(bytes)}>{formatBytes(bytes)}</span>
  )
}

function BucketCount({ count }: { count: number | null }) {
  const { t } = useLingui()
  return count === null ? <Unknown why={t`The bucket list could not be read`} /> : formatCount(count)
}

/** What a narrow window has no columns for. */
function More({ user, lacking }: { user: ListedUser; lacking: Lacking }) {
  const { t } = useLingui()
  const { state, bucketCount, storedBytes } = user
  const parts = [
    state === 'unknown' && t`state unknown`,
    state === 'disabled' && t({ message: 'disabled', context: 'a user' }),
    storedBytes === null ? t`size unknown` : formatBytes(storedBytes),
    bucketCount === null ? t`buckets unknown` : plural(bucketCount, { one: '# bucket', other: '# buckets' }),
  ]
  const quota = user.quota?.size === 'unlimited' || lacking === 'role' ? null : <QuotaNote user={user} />
  return (
    <span className="user-more">
      {parts.filter(Boolean).join(' · ')}
      {quota && <> · {quota}</>}
    </span>
  )
}

export const userColumns = (
  t: (text: MessageDescriptor) => string,
  cluster: string,
  lacking: Lacking,
  onAct: (acting: Acting) => void,
  more: Column<ListedUser>[] = [],
): Column<ListedUser>[] => [
  {
    id: 'email',
    header: t(msg`E-mail`),
    sortable: true,
    cell: (user) => (
      <>
        <span className="user-name">
          <Link to="/c/$cluster/users/$userId" params={{ cluster, userId: user.id }}>
            <ForeignText text={user.email} cap={120} />
          </Link>
          <UserFlags user={user} />
        </span>
        <More user={user} lacking={lacking} />
      </>
    ),
  },
  {
    id: 'id',
    header: t(msg`ID`),
    sortable: true,
    wide: true,
    from: 'desk',
    width: '160px',
    cell: ({ id }) => <ForeignText text={id} cap={40} mono />,
  },
  {
    id: 'state',
    header: t(msg`State`),
    sortable: true,
    wide: true,
    from: 'laptop',
    width: '110px',
    cell: ({ state }) => <UserStateDot state={state} />,
  },
  {
    id: 'buckets',
    header: t(msg`Buckets`),
    sortable: true,
    numeric: true,
    wide: true,
    from: 'laptop',
    width: '100px',
    cell: ({ bucketCount }) => <BucketCount count={bucketCount} />,
  },
  {
    id: 'storedBytes',
    header: t(msg`Stored`),
    sortable: true,
    numeric: true,
    wide: true,
    width: '120px',
    cell: ({ storedBytes }) => <StoredBytes bytes={storedBytes} />,
  },
  ...(lacking === 'role' ? [] : [quotaColumn(t, lacking)]),
  ...more,
  { id: 'menu', header: '', width: '56px', cell: (user) => <UserMenu user={user} onAct={onAct} /> },
]

const quotaColumn = (t: (text: MessageDescriptor) => string, lacking: Lacking): Column<ListedUser> => ({
  id: 'quotaUse',
  header: t(msg`Quota used`),
  sortable: true,
  numeric: true,
  wide: true,
  width: '150px',
  cell: (user) => <QuotaUse user={user} lacking={lacking} />,
})
