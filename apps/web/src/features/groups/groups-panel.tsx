import { ActionIcon, Button, Menu } from '@mantine/core'
import type { UserGroup } from '@ostor-console/shared/groups'
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs'
import IconUsersGroup from '@tabler/icons-react/dist/esm/icons/IconUsersGroup.mjs'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { VerbButton } from '../../api/verb-button.tsx'
import { formatCount } from '../../format/counts.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { DeleteGroup } from './delete-group.tsx'
import { GroupForm } from './group-form.tsx'
import { groupsQuery } from './groups.queries.ts'
import { MembersDialog } from './members-dialog.tsx'

const COLUMNS = ['Group', 'Users', 'Domains', 'Limited to it', 'Actions']

type Open = { group: UserGroup | null; what: 'form' | 'members' | 'delete' }

/** The groups of users of a cluster, and who is limited to each. */
export function GroupsPanel({ cluster }: { cluster: string }) {
  const groups = useQuery(groupsQuery(cluster))
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  const make = () => setOpen({ group: null, what: 'form' })
  return (
    <>
      <QueryPanel
        title="Groups"
        note="The role of somebody can be limited to groups, on the page People."
        query={groups}
        flush
        isEmpty={(list) => list.length === 0}
        empty={
          <EmptyState
            icon={<IconUsersGroup size={22} />}
            title="No groups yet"
            action={
              <VerbButton verb="group.manage" data-shortcut="n" size="xs" onClick={make}>
                Make a group
              </VerbButton>
            }
          >
            A group holds the users of a reseller, say: whoever is limited to it sees and changes no others.
          </EmptyState>
        }
        actions={
          groups.data &&
          groups.data.length > 0 && (
            <Button data-shortcut="n" size="xs" onClick={make}>
              New group
            </Button>
          )
        }
      >
        {(list) => (
          <EntriesTable label="Groups of users" columns={COLUMNS}>
            {list.map((group) => (
              <GroupRow key={group.id} group={group} onOpen={(what) => setOpen({ group, what })} />
            ))}
          </EntriesTable>
        )}
      </QueryPanel>
      {open?.what === 'form' && <GroupForm cluster={cluster} group={open.group} onClose={close} />}
      {open?.what === 'members' && open.group && <MembersDialog cluster={cluster} group={open.group} onClose={close} />}
      {open?.what === 'delete' && open.group && <DeleteGroup cluster={cluster} group={open.group} onClose={close} />}
    </>
  )
}

function GroupRow({ group, onOpen }: { group: UserGroup; onOpen: (what: Open['what']) => void }) {
  const { name, users, added, domains, limits } = group
  return (
    <tr>
      <td data-label="Group">{name}</td>
      <td data-label="Users">
        {users === null ? 'Not known' : formatCount(users)}
        {added > 0 && <div className="entries-under">{formatCount(added)} added one by one</div>}
      </td>
      <td data-label="Domains">{domains.length === 0 ? 'None' : domains.join(', ')}</td>
      <td data-label="Limited to it">{limits.length === 0 ? 'Nobody' : limits.join(', ')}</td>
      <td aria-label="Actions">
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={`Actions for ${name}`}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => onOpen('members')}>Users…</Menu.Item>
            <Menu.Item onClick={() => onOpen('form')}>Change…</Menu.Item>
            <Menu.Item c="var(--bad)" onClick={() => onOpen('delete')}>
              Delete…
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </td>
    </tr>
  )
}
