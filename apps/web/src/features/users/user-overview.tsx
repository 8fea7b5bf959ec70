import type { UserDetail } from '@ostor-console/shared/users'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { formatCount, plural } from '../../format/counts.ts'
import { CopyText } from '../../ui/copy-text.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Figure, Figures } from '../../ui/figure.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { Panel } from '../../ui/panel.tsx'
import { UserFlags, UserStateDot } from './user-columns.tsx'
import { lockedBecause } from './user-lock.ts'

export function UserOverview({ user }: { user: UserDetail }) {
  const { storedBytes, bucketCount, accounts } = user
  const locked = lockedBecause(user)
  return (
    <div className="user-overview">
      {locked && <p className="user-locked">{locked}</p>}
      <Panel title="Details">
        <Facts
          items={{
            'E-mail': <CopyText text={user.email} label="e-mail" cap={254} />,
            'User ID': <CopyText text={user.id} label="user id" />,
            State: <UserStateDot state={user.state} />,
            Owner: user.ownerId ? (
              <CopyText text={user.ownerId} label="owner id" />
            ) : (
              <None>not told by the gateway</None>
            ),
            Flags: user.flags.length > 0 || user.protected ? <UserFlags user={user} /> : <None>none</None>,
          }}
        />
      </Panel>
      <div>
        <Panel title="Summary">
          <Figures>
            <Figure
              label="Stored"
              value={storedBytes === null ? null : formatBytes(storedBytes)}
              {...(storedBytes !== null && { exact: exactBytes(storedBytes) })}
              note={storedBytes === null ? 'This gateway does not tell sizes by user' : 'over all buckets'}
            />
            <Figure
              label="Buckets"
              value={bucketCount === null ? null : formatCount(bucketCount)}
              {...(bucketCount === null && { note: 'The bucket list could not be read' })}
            />
          </Figures>
        </Panel>
        <Panel title="Accounts">
          {accounts === null && <None>This version of the gateway has no accounts.</None>}
          {accounts?.length === 0 && <None>This user has no accounts.</None>}
          {accounts && accounts.length > 0 && (
            <ul className="accounts">
              {accounts.map(({ name, keyIds }) => (
                <li key={name}>
                  <strong>
                    <ForeignText text={name} cap={80} />
                  </strong>
                  <span className="dimmed">{plural(keyIds.length, 'key')}</span>
                  <span className="account-keys">
                    {keyIds.map((id) => (
                      <CopyText key={id} text={id} label="key id" />
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Panel>
      </div>
    </div>
  )
}

const None = ({ children }: { children: string }) => <span className="dimmed">{children}</span>
