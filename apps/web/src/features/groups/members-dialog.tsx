import { Trans, useLingui } from '@lingui/react/macro'
import { Group, Stack, Textarea } from '@mantine/core'
import type { GroupMember, UserGroup } from '@ostor-console/shared/groups'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { Pager } from '../../ui/pager.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { QueryContents } from '../../ui/query-panel.tsx'
import { ReasonButton } from '../../ui/reason-button.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { TakeAwayButton } from '../../ui/take-away-button.tsx'
import { useKept } from '../../ui/use-kept.ts'
import { membersQuery, useAddMembers, useTakeOut } from './groups.queries.ts'

type Props = { cluster: string; group: UserGroup; onClose: () => void }

/** The users of a group; adds some by e-mail, and takes out who was added. */
export function MembersDialog({ cluster, group, onClose }: Props) {
  const { t } = useLingui()
  const [page, setPage] = useState(1)
  const [search, setSearch] = useState('')
  /** For what was searched when somebody was taken out, who stays in sight, and with them the focus. */
  const [takenFrom, setTakenFrom] = useState<string | null>(null)
  const members = useQuery(membersQuery(cluster, group.id, page, search))
  const takeOut = useTakeOut(cluster, group.id)
  const add = useAddMembers(cluster)
  const isUnderWay = takeOut.isPending || add.isPending
  return (
    <Dialog title={t`Users of ${group.name}`} size="lg" onClose={isUnderWay ? undefined : onClose}>
      <Stack gap="md">
        <AddByEmail groupId={group.id} add={add} />
        <div>
          <SearchBox
            label={t`Search the users of this group`}
            value={search}
            onSearch={(text) => {
              setSearch(text)
              setTakenFrom(null)
              setPage(1)
            }}
          />
        </div>
        {takeOut.error && <ProblemAlert error={takeOut.error} />}
        <QueryContents
          query={members}
          isEmpty={({ matching }) => matching === 0 && takenFrom !== search}
          empty={
            <EmptyState title={search === '' ? t`No users yet` : t`No user matches`}>
              {search === ''
                ? t`Add users by their e-mails, tick them in the list of users, or give the group a domain.`
                : t`Nothing was found in the e-mails and ids of this group.`}
            </EmptyState>
          }
        >
          {({ items, pageSize, matching }) => (
            <>
              <MemberRows
                key={`${page} ${search} ${members.isPlaceholderData}`}
                label={t`Users of ${group.name}`}
                members={items}
                underWay={takeOut.isPending ? takeOut.variables : null}
                onTakeOut={(userId) => {
                  setTakenFrom(search)
                  takeOut.mutate(userId)
                }}
              />
              {(matching > pageSize || page > 1) && (
                <Pager page={page} pageSize={pageSize} matching={matching} onPage={setPage} />
              )}
            </>
          )}
        </QueryContents>
      </Stack>
    </Dialog>
  )
}

type Rows = {
  label: string
  members: readonly GroupMember[]
  /** The user who is being taken out. */
  underWay: string | null
  onTakeOut: (userId: string) => void
}

function MemberRows({ label, members, underWay, onTakeOut }: Rows) {
  const { t } = useLingui()
  const kept = useKept(members, ({ userId }) => userId, underWay)
  return (
    <EntriesTable label={label} columns={[t`User`, t`Belongs`, t`Actions`]}>
      {kept.map(({ row: { userId, email, isAdded }, isUnderWay, wasPressed, isGone }) => {
        const isTaken = isGone || (wasPressed && !isAdded)
        return (
          <tr key={userId} aria-busy={isUnderWay}>
            <td data-label={t`User`}>
              <ForeignText text={email ?? userId} cap={60} />
            </td>
            <td data-label={t`Belongs`}>
              {isGone
                ? t`Not any more`
                : email === null
                  ? t`Added, and gone from the gateway`
                  : isAdded
                    ? t`Added`
                    : t`By the domain`}
            </td>
            <td aria-label={t`Actions`}>
              {(isAdded || isTaken) && (
                <TakeAwayButton
                  size="compact-xs"
                  aria-label={t`Take ${email ?? userId} out`}
                  label={t`Take out`}
                  done={isTaken ? t`Taken out` : null}
                  isUnderWay={isUnderWay}
                  isAnyUnderWay={underWay !== null}
                  onClick={() => onTakeOut(userId)}
                />
              )}
            </td>
          </tr>
        )
      })}
    </EntriesTable>
  )
}

function AddByEmail({ groupId, add }: { groupId: string; add: ReturnType<typeof useAddMembers> }) {
  const { t } = useLingui()
  const [text, setText] = useState('')
  const emails = text.split(/[\s,;]+/).filter((email) => email !== '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (emails.length > 0)
      add.mutate({ groupId, emails }, { onSuccess: () => setText((now) => (now === text ? '' : now)) })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="xs">
        <Textarea
          label={t`Add users`}
          description={t`Their e-mails, one on each line. All are added, or none when one is not there.`}
          autosize
          minRows={1}
          maxRows={6}
          spellCheck={false}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        {add.error && <ProblemAlert error={add.error} />}
        <Group justify="flex-end">
          <ReasonButton
            type="submit"
            size="xs"
            busy={add.isPending}
            reason={emails.length === 0 ? t`Name at least one e-mail` : null}
          >
            <Trans>Add to the group</Trans>
          </ReasonButton>
        </Group>
      </Stack>
    </form>
  )
}
