import { Trans, useLingui } from '@lingui/react/macro'
import { Checkbox, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { groupNamesQuery } from './admins.queries.ts'

/** `null` is no limit. */
export type LimitDraft = string[] | null

type Props = { draft: LimitDraft; onChange: (draft: LimitDraft) => void }

/** All users, or those of the groups that are ticked. */
export function LimitChoice({ draft, onChange }: Props) {
  const { t } = useLingui()
  const groups = useQuery(groupNamesQuery())
  const clusters = new Set(groups.data?.map(({ cluster }) => cluster))
  return (
    <Stack gap="xs">
      <Checkbox
        label={t`Only users of some groups`}
        description={t`Without it, the role reaches all users.`}
        checked={draft !== null}
        onChange={({ currentTarget }) => onChange(currentTarget.checked ? [] : null)}
      />
      {draft !== null && groups.error && <ProblemAlert error={groups.error} onRetry={() => void groups.refetch()} />}
      {draft !== null && groups.data?.length === 0 && (
        <p className="dialog-text">
          <Trans>There are no groups yet: make one on the page “Groups of users” first.</Trans>
        </p>
      )}
      {draft !== null && groups.data && groups.data.length > 0 && (
        <Checkbox.Group label={t`Groups`} value={draft} onChange={onChange}>
          <Stack gap={6} mt={6} pl="lg">
            {groups.data.map(({ id, name, cluster }) => (
              <Checkbox
                key={id}
                value={id}
                label={<span translate="no">{clusters.size > 1 ? `${name} (${cluster})` : name}</span>}
              />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
    </Stack>
  )
}
