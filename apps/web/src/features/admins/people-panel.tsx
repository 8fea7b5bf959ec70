import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Badge, Button, Menu } from '@mantine/core'
import type { Person } from '@ostor-console/shared/admins'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ROLE_WORDS } from '../../api/role-words.ts'
import { formatInstant } from '../../format/dates.ts'
import { Age } from '../../ui/age.tsx'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { MenuChoice } from '../../ui/menu-choice.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { RowMenu } from '../../ui/row-menu.tsx'
import { useShownOnce } from '../../ui/shown-once.ts'
import { StateDot } from '../../ui/state-dot.tsx'
import { peopleQuery, useInvite } from './admins.queries.ts'
import { InviteDialog } from './invite-dialog.tsx'
import { LinkDialog } from './link-dialog.tsx'
import { PERSON_DIALOGS, type PersonAction } from './person-dialogs.tsx'
import { hasSecondStep, waysOf } from './sign-in-words.ts'

const STATES: Record<Person['state'], MessageDescriptor | null> = {
  active: null,
  invited: msg`Invited`,
  disabled: msg`Disabled`,
}

/** Who may sign in, and as what. */
export function PeoplePanel({ selfId }: { selfId: string }) {
  const { t } = useLingui()
  const columns = [t`Person`, t`Role`, t`Signs in with`, t`Last seen`, t`Sessions`, t`Actions`]
  const people = useQuery(peopleQuery())
  const invite = useInvite()
  useShownOnce(invite.isPending || invite.data !== undefined)
  const [isInviting, setInviting] = useState(false)
  const [open, setOpen] = useState<{ person: Person; action: PersonAction } | null>(null)
  const OpenDialog = open && PERSON_DIALOGS[open.action]
  const closeInvite = () => {
    invite.reset()
    setInviting(false)
  }
  return (
    <QueryPanel
      title={t`People`}
      note={t`Everybody who may sign in to this console.`}
      query={people}
      flush
      isEmpty={(list) => list.length === 0}
      empty={null}
      actions={
        <Button data-shortcut="n" size="xs" onClick={() => setInviting(true)}>
          <Trans>Invite</Trans>
        </Button>
      }
    >
      {(list) => (
        <>
          <EntriesTable label={t`People`} columns={columns}>
            {list.map((person) => (
              <PersonRow
                key={person.id}
                person={person}
                isSelf={person.id === selfId}
                onAction={(action) => setOpen({ person, action })}
              />
            ))}
          </EntriesTable>
          {isInviting &&
            (invite.data ? (
              <LinkDialog made={invite.data} title={t`The invitation is made`} onClose={closeInvite} />
            ) : (
              <InviteDialog invite={invite} onClose={closeInvite} />
            ))}
          {open && OpenDialog && <OpenDialog person={open.person} onClose={() => setOpen(null)} />}
        </>
      )}
    </QueryPanel>
  )
}

const limitText = (groups: NonNullable<Person['limitedTo']>): string => {
  const names = groups.map(({ name }) => name).join(', ')
  return groups.length === 0 ? t`Limited to no user: the groups are gone` : t`Limited to: ${names}`
}

type RowProps = { person: Person; isSelf: boolean; onAction: (action: PersonAction) => void }

const whyKeepsStep = (person: Person, isSelf: boolean): string | null => {
  if (isSelf) return t`Your own is on the page of your account`
  return hasSecondStep(person) ? null : t`There is none`
}

function PersonRow({ person, isSelf, onAction }: RowProps) {
  const { t } = useLingui()
  const { email, role, state, lastSeenAt, sessions, linkExpiresAt, bySingleSignOn, limitedTo } = person
  const mark = STATES[state]
  return (
    <tr>
      <td data-label={t`Person`}>
        <ForeignText text={email} cap={80} /> {isSelf && t`(you)`}{' '}
        {mark && (
          <Badge variant="light" color={state === 'disabled' ? 'gray' : 'blue'}>
            {t(mark)}
          </Badge>
        )}
        {linkExpiresAt && (
          <div className="entries-under">{t`Link until ${formatInstant(new Date(linkExpiresAt))}`}</div>
        )}
      </td>
      <td data-label={t`Role`} title={t(ROLE_WORDS[role].about)}>
        {t(ROLE_WORDS[role].title)}
        {limitedTo && <div className="entries-under">{limitText(limitedTo)}</div>}
      </td>
      <td data-label={t`Signs in with`}>
        <Ways person={person} />
      </td>
      <td data-label={t`Last seen`}>
        {lastSeenAt ? <Age at={lastSeenAt} /> : <span className="entries-under">{t`Not lately`}</span>}
      </td>
      <td data-label={t`Sessions`}>{sessions}</td>
      <td aria-label={t`Actions`}>
        <RowMenu label={t`Actions for ${email}`}>
          <Menu.Item onClick={() => onAction('role')}>{t`Change role…`}</Menu.Item>
          <MenuChoice reason={role === 'admin' ? t`An admin is never limited` : null} onClick={() => onAction('limit')}>
            <Trans>Limit to groups of users…</Trans>
          </MenuChoice>
          <MenuChoice
            reason={bySingleSignOn ? t`Signs in with single sign-on, without a password` : null}
            onClick={() => onAction('reset')}
          >
            {state === 'invited' ? t`New link…` : t`Reset password…`}
          </MenuChoice>
          <MenuChoice reason={whyKeepsStep(person, isSelf)} onClick={() => onAction('secondStep')}>
            <Trans>Take second step away…</Trans>
          </MenuChoice>
          <MenuChoice reason={sessions === 0 ? t`There is none` : null} onClick={() => onAction('sessions')}>
            <Trans>End sessions…</Trans>
          </MenuChoice>
          <Menu.Item {...(state !== 'disabled' && { c: 'var(--bad)' })} onClick={() => onAction('state')}>
            {state === 'disabled' ? t`Enable…` : t`Disable…`}
          </Menu.Item>
        </RowMenu>
      </td>
    </tr>
  )
}

/** That a password is all there is stands out. */
function Ways({ person }: { person: Person }) {
  const { t } = useLingui()
  const ways = waysOf(person)
  if (ways.length === 0) return <span className="entries-under">{t`Nothing yet`}</span>
  if (!person.hasPassword || hasSecondStep(person)) return <span>{ways.join(', ')}</span>
  return <StateDot tone="warn">{t`password alone`}</StateDot>
}
