import { plural } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, NativeSelect, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ActionButton } from '../../ui/action-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { QueryContents } from '../../ui/query-panel.tsx'
import { groupsQuery, useAddMembers } from './groups.queries.ts'

type Props = {
  cluster: string
  ids: string[]
  /** E-mails of them, as far as the page shows them. */
  shown: string[]
  onClose: () => void
  onAdded: () => void
}

const NAMED = 5

/** Adds users who were ticked to a group. */
export default function AddDialog({ cluster, ids, shown, onClose, onAdded }: Props) {
  const { t } = useLingui()
  const groups = useQuery(groupsQuery(cluster))
  const add = useAddMembers(cluster)
  const [chosen, setChosen] = useState<string | null>(null)
  const groupId = chosen ?? groups.data?.[0]?.id
  return (
    <Dialog
      title={plural(ids.length, { one: 'Add # user to a group', other: 'Add # users to a group' })}
      onClose={add.isPending ? undefined : onClose}
    >
      <QueryContents
        query={groups}
        isEmpty={(list) => list.length === 0}
        empty={
          <EmptyState title={t`No groups yet`}>
            <Trans>Make one on the page “Groups of users” first.</Trans>
          </EmptyState>
        }
      >
        {(list) => (
          <Stack gap="md">
            <Whom shown={shown} count={ids.length} />
            <NativeSelect
              label={t`Group`}
              translate="no"
              data={list.map(({ id, name }) => ({ value: id, label: name }))}
              value={groupId ?? ''}
              onChange={({ currentTarget }) => setChosen(currentTarget.value)}
            />
            <p className="dialog-text">
              <Trans>Whoever is limited to it sees and changes these users from then on.</Trans>
            </p>
            {add.error && <ProblemAlert error={add.error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose} disabled={add.isPending}>
                <Trans>Cancel</Trans>
              </Button>
              <ActionButton
                busy={add.isPending}
                onClick={() => groupId !== undefined && add.mutate({ groupId, ids }, { onSuccess: onAdded })}
              >
                <Trans>Add to the group</Trans>
              </ActionButton>
            </Group>
          </Stack>
        )}
      </QueryContents>
    </Dialog>
  )
}

/** The first of them by name: those of other pages are counted. */
function Whom({ shown, count }: { shown: string[]; count: number }) {
  const named = shown.slice(0, NAMED)
  const more = count - named.length
  if (named.length === 0) return null
  return (
    <ul className="plain-list">
      {named.map((email) => (
        <li key={email}>
          <ForeignText text={email} cap={80} />
        </li>
      ))}
      {more > 0 && (
        <li className="dimmed">
          <Plural value={more} one="and # more" other="and # more" />
        </li>
      )}
    </ul>
  )
}
