import { plural } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { may } from '@ostor-console/shared/roles'
import type { ApiToken } from '@ostor-console/shared/tokens'
import { useState } from 'react'
import { formatDay, formatInstant } from '../../format/dates.ts'
import { Age } from '../../ui/age.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { daysLeft, STATES } from './token-words.ts'
import { useRevokeToken, type Whose } from './tokens.queries.ts'
import './tokens.css'

const SHOWN_VERBS = 3

type Props = { label: string; whose: Whose; tokens: readonly ApiToken[]; readAt: number }

/** Those in use first. */
export function TokenRows({ label, whose, tokens, readAt }: Props) {
  const { t } = useLingui()
  const [asked, ask] = useState<ApiToken | null>(null)
  const inUse = tokens.filter(isInUse)
  const mayDo = t({ message: 'May', context: 'what it is allowed to do' })
  const from = t({ message: 'From', context: 'an address' })
  const columns = [t`Token`, mayDo, from, t`Expires`, t`Last used`, t`Actions`]
  return (
    <>
      <EntriesTable label={label} columns={whose === 'all' ? [t`Owner`, ...columns] : columns}>
        {[...inUse, ...tokens.filter((token) => !isInUse(token))].map((token) => (
          <TokenRow key={token.id} token={token} whose={whose} readAt={readAt} onRevoke={() => ask(token)} />
        ))}
      </EntriesTable>
      {asked && <RevokeDialog token={asked} whose={whose} onClose={() => ask(null)} />}
    </>
  )
}

const isInUse = ({ state }: ApiToken): boolean => state === 'active' || state === 'owner-disabled'

type RowProps = { token: ApiToken; whose: Whose; readAt: number; onRevoke: () => void }

function TokenRow({ token, whose, readAt, onRevoke }: RowProps) {
  const { t } = useLingui()
  const { name, owner, hint, addresses, state, lastUsedAt, lastUsedFrom } = token
  const { word, tone } = STATES[state]
  return (
    <tr className={isInUse(token) ? undefined : 'token-over'}>
      {whose === 'all' && (
        <td data-label={t`Owner`}>
          <ForeignText text={owner.email} cap={80} />
        </td>
      )}
      <td data-label={t`Token`}>
        <strong translate="no">{name}</strong>
        <span className="entries-under">
          <code>{hint}…</code>
        </span>
        <StateDot tone={tone}>{t(word)}</StateDot>
      </td>
      <td data-label={t({ message: 'May', context: 'what it is allowed to do' })}>
        <Verbs token={token} />
      </td>
      <td data-label={t({ message: 'From', context: 'an address' })}>
        {addresses.length === 0 ? t`Anywhere` : <span translate="no">{addresses.join(', ')}</span>}
      </td>
      <td data-label={t`Expires`}>
        <Expiry token={token} readAt={readAt} />
      </td>
      <td data-label={t`Last used`}>
        {lastUsedAt ? <Age at={lastUsedAt} /> : t`Never`}
        {lastUsedFrom && <span className="entries-under">{t`from ${lastUsedFrom}`}</span>}
      </td>
      <td aria-label={t`Actions`}>
        {isInUse(token) && (
          <Button size="xs" variant="default" onClick={onRevoke}>
            <Trans>Revoke</Trans>
          </Button>
        )}
      </td>
    </tr>
  )
}

function Verbs({ token: { verbs, owner } }: { token: ApiToken }) {
  const beyond = verbs.filter((verb) => !may(owner.role, verb)).length
  const more = verbs.length - SHOWN_VERBS
  const shown = (
    <span title={verbs.join('\n')} translate="no">
      {verbs.slice(0, SHOWN_VERBS).join(', ')}
    </span>
  )
  return (
    <>
      {more > 0 ? (
        <Trans>
          {shown} <Plural value={more} one="and # more" other="and # more" />
        </Trans>
      ) : (
        shown
      )}
      {beyond > 0 && (
        <span className="entries-under">
          {plural(beyond, {
            one: '# of these the owner’s role does not allow any more',
            other: '# of these the owner’s role does not allow any more',
          })}
        </span>
      )}
    </>
  )
}

function Expiry({ token, readAt }: { token: ApiToken; readAt: number }) {
  const { t } = useLingui()
  const days = daysLeft(token, readAt)
  return (
    <>
      <time dateTime={token.expiresAt} title={formatInstant(token.expiresAt)}>
        {formatDay(token.expiresAt)}
      </time>
      {days !== null && (
        <span className="token-soon">
          <StateDot tone="warn">
            {days < 1 ? t`within a day` : plural(days, { one: 'in # day', other: 'in # days' })}
          </StateDot>
        </span>
      )}
    </>
  )
}

type DialogProps = { token: ApiToken; whose: Whose; onClose: () => void }

function RevokeDialog({ token: { id, name, owner, lastUsedAt }, whose, onClose }: DialogProps) {
  const { t } = useLingui()
  const revoke = useRevokeToken(whose)
  return (
    <ConfirmDialog
      title={t`Revoke ${name}`}
      confirmLabel={t`Revoke`}
      danger
      pending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate(id, { onSuccess: onClose })}
      onClose={onClose}
    >
      {whose === 'all' ? (
        <Trans>
          Whatever asks with this token of <ForeignText text={owner.email} cap={80} /> is refused from now on.
        </Trans>
      ) : (
        <Trans>Whatever asks with this token is refused from now on.</Trans>
      )}{' '}
      <Trans>This cannot be taken back; a new token can be made.</Trans>{' '}
      {lastUsedAt ? <LastUse at={lastUsedAt} /> : <Trans>It was never used.</Trans>}
    </ConfirmDialog>
  )
}

const LastUse = ({ at }: { at: string }) => (
  <Trans>
    It was last used <Age at={at} />.
  </Trans>
)
