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

const COLUMNS = ['Token', 'May', 'From', 'Expires', 'Last used', 'Actions']
const SHOWN_VERBS = 3

type Props = { label: string; whose: Whose; tokens: readonly ApiToken[]; readAt: number }

/** Those in use first. */
export function TokenRows({ label, whose, tokens, readAt }: Props) {
  const [asked, ask] = useState<ApiToken | null>(null)
  const inUse = tokens.filter(isInUse)
  const columns = whose === 'all' ? ['Owner', ...COLUMNS] : COLUMNS
  return (
    <>
      <EntriesTable label={label} columns={columns}>
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
  const { name, owner, hint, addresses, state, lastUsedAt, lastUsedFrom } = token
  const { word, tone } = STATES[state]
  return (
    <tr className={isInUse(token) ? undefined : 'token-over'}>
      {whose === 'all' && (
        <td data-label="Owner">
          <ForeignText text={owner.email} cap={80} />
        </td>
      )}
      <td data-label="Token">
        <strong>{name}</strong>
        <span className="entries-under">
          <code>{hint}…</code>
        </span>
        <StateDot tone={tone}>{word}</StateDot>
      </td>
      <td data-label="May">
        <Verbs token={token} />
      </td>
      <td data-label="From">{addresses.length === 0 ? 'Anywhere' : addresses.join(', ')}</td>
      <td data-label="Expires">
        <Expiry token={token} readAt={readAt} />
      </td>
      <td data-label="Last used">
        {lastUsedAt ? <Age at={lastUsedAt} /> : 'Never'}
        {lastUsedFrom && <span className="entries-under">from {lastUsedFrom}</span>}
      </td>
      <td aria-label="Actions">
        {isInUse(token) && (
          <Button size="xs" variant="default" onClick={onRevoke}>
            Revoke
          </Button>
        )}
      </td>
    </tr>
  )
}

function Verbs({ token: { verbs, owner } }: { token: ApiToken }) {
  const beyond = verbs.filter((verb) => !may(owner.role, verb)).length
  const more = verbs.length - SHOWN_VERBS
  return (
    <>
      <span title={verbs.join('\n')}>
        {verbs.slice(0, SHOWN_VERBS).join(', ')}
        {more > 0 && ` and ${more} more`}
      </span>
      {beyond > 0 && <span className="entries-under">{beyond} of these the owner’s role does not allow any more</span>}
    </>
  )
}

function Expiry({ token, readAt }: { token: ApiToken; readAt: number }) {
  const days = daysLeft(token, readAt)
  return (
    <>
      <time dateTime={token.expiresAt} title={formatInstant(token.expiresAt)}>
        {formatDay(token.expiresAt)}
      </time>
      {days !== null && (
        <span className="token-soon">
          <StateDot tone="warn">{days < 1 ? 'within a day' : `in ${days} ${days === 1 ? 'day' : 'days'}`}</StateDot>
        </span>
      )}
    </>
  )
}

type DialogProps = { token: ApiToken; whose: Whose; onClose: () => void }

function RevokeDialog({ token: { id, name, owner, lastUsedAt }, whose, onClose }: DialogProps) {
  const revoke = useRevokeToken(whose)
  return (
    <ConfirmDialog
      title={`Revoke ${name}`}
      confirmLabel="Revoke"
      danger
      pending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate(id, { onSuccess: onClose })}
      onClose={onClose}
    >
      Whatever asks with this token{whose === 'all' && ` of ${owner.email}`} is refused from now on. This cannot be
      taken back; a new token can be made. {lastUsedAt ? <LastUse at={lastUsedAt} /> : 'It was never used.'}
    </ConfirmDialog>
  )
}

const LastUse = ({ at }: { at: string }) => (
  <>
    It was last used <Age at={at} />.
  </>
)
