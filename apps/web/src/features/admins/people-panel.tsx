import { ActionIcon, Badge, Button, Menu } from '@mantine/core'
import type { Person } from '@ostor-console/shared/admins'
import { ROLES } from '@ostor-console/shared/roles'
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatInstant } from '../../format/dates.ts'
import { Age } from '../../ui/age.tsx'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { peopleQuery, useInvite } from './admins.queries.ts'
import { InviteDialog } from './invite-dialog.tsx'
import { LinkDialog } from './link-dialog.tsx'
import { PERSON_DIALOGS, type PersonAction } from './person-dialogs.tsx'
import { hasSecondStep, waysOf } from './sign-in-words.ts'

const COLUMNS = ['Person', 'Role', 'Signs in with', 'Last seen', 'Sessions', 'Actions']
const STATES = { active: null, invited: 'Invited', disabled: 'Disabled' }

/** Who may sign in, and as what. */
export function PeoplePanel({ selfId }: { selfId: string }) {
  const people = useQuery(peopleQuery())
  const invite = useInvite()
  const [isInviting, setInviting] = useState(false)
  const [open, setOpen] = useState<{ person: Person; action: PersonAction } | null>(null)
  const OpenDialog = open && PERSON_DIALOGS[open.action]
  const closeInvite = () => {
    invite.reset()
    setInviting(false)
  }
  return (
    <QueryPanel
      title="People"
      note="Everybody who may sign in to this console."
      query={people}
      flush
      isEmpty={(list) => list.length === 0}
      empty={null}
      actions={
        <Button data-shortcut="n" size="xs" onClick={() => setInviting(true)}>
          Invite
        </Button>
      }
    >
      {(list) => (
        <>
          <EntriesTable label="People" columns={COLUMNS}>
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
              <LinkDialog made={invite.data} title="The invitation is made" onClose={closeInvite} />
            ) : (
              <InviteDialog invite={invite} onClose={closeInvite} />
            ))}
          {open && OpenDialog && <OpenDialog person={open.person} onClose={() => setOpen(null)} />}
        </>
      )}
    </QueryPanel>
  )
}

const limitText = (groups: NonNullable<Person['limitedTo']>): string =>
  groups.length === 0
    ? 'Limited to no user: the groups are gone'
    : `Limited to: ${groups.map(({ name }) => name).join(', ')}`

type RowProps = { person: Person; isSelf: boolean; onAction: (action: PersonAction) => void }

function PersonRow({ person, isSelf, onAction }: RowProps) {
  const { email, role, state, lastSeenAt, sessions, linkExpiresAt, bySingleSignOn, limitedTo } = person
  return (
    <tr>
      <td data-label="Person">
        <ForeignText text={email} cap={80} /> {isSelf && '(you)'}{' '}
        {STATES[state] && (
          <Badge variant="light" color={state === 'disabled' ? 'gray' : 'blue'}>
            {STATES[state]}
          </Badge>
        )}
        {linkExpiresAt && <div className="entries-under">Link until {formatInstant(new Date(linkExpiresAt))}</div>}
      </td>
      <td data-label="Role" title={ROLES[role].about}>
        {ROLES[role].title}
        {limitedTo && <div className="entries-under">{limitText(limitedTo)}</div>}
      </td>
      <td data-label="Signs in with">
        <Ways person={person} />
      </td>
      <td data-label="Last seen">
        {lastSeenAt ? <Age at={lastSeenAt} /> : <span className="entries-under">Not lately</span>}
      </td>
      <td data-label="Sessions">{sessions}</td>
      <td aria-label="Actions">
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={`Actions for ${email}`}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => onAction('role')}>Change role…</Menu.Item>
            <Menu.Item disabled={role === 'admin'} onClick={() => onAction('limit')}>
              Limit to groups of users…
            </Menu.Item>
            <Menu.Item disabled={bySingleSignOn} onClick={() => onAction('reset')}>
              {state === 'invited' ? 'New link…' : 'Reset password…'}
            </Menu.Item>
            <Menu.Item disabled={isSelf || !hasSecondStep(person)} onClick={() => onAction('secondStep')}>
              Take second step away…
            </Menu.Item>
            <Menu.Item disabled={sessions === 0} onClick={() => onAction('sessions')}>
              End sessions…
            </Menu.Item>
            <Menu.Item {...(state !== 'disabled' && { c: 'var(--bad)' })} onClick={() => onAction('state')}>
              {state === 'disabled' ? 'Enable…' : 'Disable…'}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </td>
    </tr>
  )
}

/** That a password is all there is stands out. */
function Ways({ person }: { person: Person }) {
  const ways = waysOf(person)
  if (ways.length === 0) return <span className="entries-under">Nothing yet</span>
  if (!person.hasPassword || hasSecondStep(person)) return <span className="ways">{ways.join(', ')}</span>
  return <StateDot tone="warn">password alone</StateDot>
}
