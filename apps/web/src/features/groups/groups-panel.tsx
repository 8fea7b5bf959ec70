import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Menu } from '@mantine/core'
import type { UserGroup } from '@ostor-console/shared/groups'
import IconUsersGroup from '@tabler/icons-react/dist/esm/icons/IconUsersGroup.mjs'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { VerbButton } from '../../api/verb-button.tsx'
import { formatCount } from '../../format/counts.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { RowMenu } from '../../ui/row-menu.tsx'
import { DeleteGroup } from './delete-group.tsx'
import { GroupForm } from './group-form.tsx'
import { groupsQuery } from './groups.queries.ts'
import { MembersDialog } from './members-dialog.tsx'

type Open = { group: UserGroup | null; what: 'form' | 'members' | 'delete' }

/** The groups of users of a cluster, and who is limited to each. */
export function GroupsPanel({ cluster }: { cluster: string }) {
  const { t } = useLingui()
  const columns = [t`Group`, t`Users`, t`Domains`, t`Limited to it`, t`Actions`]
  const groups = useQuery(groupsQuery(cluster))
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  const make = () => setOpen({ group: null, what: 'form' })
  return (
    <>
      <QueryPanel
        title={t`Groups`}
        note={t`The role of somebody can be limited to groups, on the page People.`}
        query={groups}
        flush
        isEmpty={(list) => list.length === 0}
        empty={
          <EmptyState
            icon={<IconUsersGroup size={22} />}
            title={t`No groups yet`}
            action={
              <VerbButton verb="group.manage" data-shortcut="n" size="xs" onClick={make}>
                <Trans>Make a group</Trans>
              </VerbButton>
            }
          >
            <Trans>
              A group holds the users of a reseller, say: whoever is limited to it sees and changes no others.
            </Trans>
          </EmptyState>
        }
        actions={
          groups.data &&
          groups.data.length > 0 && (
            <Button data-shortcut="n" size="xs" onClick={make}>
              <Trans>New group</Trans>
            </Button>
          )
        }
      >
        {(list) => (
          <EntriesTable label={t`Groups of users`} columns={columns}>
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
  const { t } = useLingui()
  const { name, users, added, domains, limits } = group
  return (
    <tr>
      <td data-label={t`Group`}>
        <span translate="no">{name}</span>
      </td>
      <td data-label={t`Users`}>
        {users === null ? t`Not known` : formatCount(users)}
        {added > 0 && <div className="entries-under">{t`${formatCount(added)} added one by one`}</div>}
      </td>
      <td data-label={t`Domains`}>
        {domains.length === 0 ? t`None` : <span translate="no">{domains.join(', ')}</span>}
      </td>
      <td data-label={t`Limited to it`}>
        {limits.length === 0 ? t`Nobody` : <span translate="no">{limits.join(', ')}</span>}
      </td>
      <td aria-label={t`Actions`}>
        <RowMenu label={t`Actions for ${name}`}>
          <Menu.Item onClick={() => onOpen('members')}>
            <Trans>Users…</Trans>
          </Menu.Item>
          <Menu.Item onClick={() => onOpen('form')}>
            <Trans>Change…</Trans>
          </Menu.Item>
          <Menu.Item c="var(--bad)" onClick={() => onOpen('delete')}>
            <Trans>Delete…</Trans>
          </Menu.Item>
        </RowMenu>
      </td>
    </tr>
  )
}
