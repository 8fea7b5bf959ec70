import { Button, Group, NativeSelect, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { plural } from '../../format/counts.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { QueryContents } from '../../ui/query-panel.tsx'
import { groupsQuery, useAddMembers } from './groups.queries.ts'

type Props = { cluster: string; ids: string[]; onClose: () => void; onAdded: () => void }

/** Adds users who were ticked to a group. */
export default function AddDialog({ cluster, ids, onClose, onAdded }: Props) {
  const groups = useQuery(groupsQuery(cluster))
  const add = useAddMembers(cluster)
  const [chosen, setChosen] = useState<string | null>(null)
  const groupId = chosen ?? groups.data?.[0]?.id
  return (
    <Dialog title={`Add ${plural(ids.length, 'user')} to a group`} onClose={add.isPending ? undefined : onClose}>
      <QueryContents
        query={groups}
        isEmpty={(list) => list.length === 0}
        empty={<EmptyState title="No groups yet">Make one on the page “Groups of users” first.</EmptyState>}
      >
        {(list) => (
          <Stack gap="md">
            <NativeSelect
              label="Group"
              data={list.map(({ id, name }) => ({ value: id, label: name }))}
              value={groupId ?? ''}
              onChange={({ currentTarget }) => setChosen(currentTarget.value)}
            />
            <p className="dialog-text">Whoever is limited to it sees and changes these users from then on.</p>
            {add.error && <ProblemAlert error={add.error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose} disabled={add.isPending}>
                Cancel
              </Button>
              <Button
                loading={add.isPending}
                onClick={() => groupId !== undefined && add.mutate({ groupId, ids }, { onSuccess: onAdded })}
              >
                Add to the group
              </Button>
            </Group>
          </Stack>
        )}
      </QueryContents>
    </Dialog>
  )
}
