import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { UserDetail } from '@ostor-console/shared/users'
import type { ReactNode } from 'react'
import { useRefusal } from '../../api/role.ts'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/counts.ts'
import { AsOf } from '../../ui/as-of.tsx'
import { CopyText } from '../../ui/copy-text.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Figure, Figures } from '../../ui/figure.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { Panel } from '../../ui/panel.tsx'
import { QuotaFigure } from './quota-use.tsx'
import { UserFlags, UserStateDot } from './user-columns.tsx'
import { lockedBecause } from './user-lock.ts'

/** `more` are figures that the page adds. */
export function UserOverview({ user, more }: { user: UserDetail; more: ReactNode }) {
  const { t } = useLingui()
  const { storedBytes, bucketCount, bucketsFreshness, accounts } = user
  const locked = lockedBecause(user)
  const asOfBuckets = bucketsFreshness && <AsOf freshness={bucketsFreshness} source={t`listed`} />
  const seesQuota = useRefusal('user.see') === null
  return (
    <div className="user-overview">
      {locked && <p className="user-locked">{locked}</p>}
      <div className="user-summary">
        <Panel title={t`Summary`}>
          <Figures>
            <Figure
              label={t`Stored`}
              value={storedBytes === null ? null : formatBytes(storedBytes)}
              {...(storedBytes !== null && { exact: exactBytes(storedBytes) })}
              note={
                storedBytes === null ? (
                  bucketCount === null ? (
                    t`The bucket list could not be read`
                  ) : (
                    t`This gateway does not tell sizes by user`
                  )
                ) : (
                  <>
                    <Trans>over all buckets</Trans>
                    <br />
                    {asOfBuckets}
                  </>
                )
              }
            />
            <Figure
              label={t`Buckets`}
              value={bucketCount === null ? null : formatCount(bucketCount)}
              note={bucketCount === null ? t`The bucket list could not be read` : asOfBuckets}
            />
            {seesQuota && <QuotaFigure user={user} />}
            {more}
          </Figures>
        </Panel>
      </div>
      <Panel title={t`Details`}>
        <Facts
          items={{
            [t`E-mail`]: <CopyText text={user.email} label={t`e-mail`} cap={254} />,
            [t`User ID`]: <CopyText text={user.id} label={t`user id`} />,
            [t`State`]: <UserStateDot state={user.state} />,
            [t`Owner`]: user.ownerId ? (
              <CopyText text={user.ownerId} label={t`owner id`} />
            ) : (
              <None>{t`not told by the gateway`}</None>
            ),
            [t`Flags`]:
              user.flags.length > 0 || user.protected ? (
                <UserFlags user={user} />
              ) : (
                <None>{t({ message: 'none', context: 'flags of a user' })}</None>
              ),
          }}
        />
      </Panel>
      {accounts !== undefined && (
        <Panel title={t`Accounts`}>
          {accounts === null && <None>{t`This version of the gateway has no accounts.`}</None>}
          {accounts?.length === 0 && <None>{t`This user has no accounts.`}</None>}
          {accounts && accounts.length > 0 && (
            <ul className="accounts">
              {accounts.map(({ name, keyIds }) => (
                <li key={name}>
                  <strong>
                    <ForeignText text={name} cap={80} />
                  </strong>
                  <span className="dimmed">{plural(keyIds.length, { one: '# key', other: '# keys' })}</span>
                  <span className="account-keys">
                    {keyIds.map((id) => (
                      <CopyText key={id} text={id} label={t`key id`} />
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Panel>
      )}
    </div>
  )
}

const None = ({ children }: { children: string }) => <span className="dimmed">{children}</span>
