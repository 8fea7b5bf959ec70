import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, NativeSelect } from '@mantine/core'
import type { User } from '@ostor-console/shared/users'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { sessionQuery } from '../features/session/session.queries.ts'
import { usersQuery } from '../features/users/users.queries.ts'
import { Choices } from '../ui/choices.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ForeignText } from '../ui/foreign-text.tsx'
import { MoreMatches } from '../ui/more-matches.tsx'
import { QueryContents } from '../ui/query-panel.tsx'
import { SearchBox } from '../ui/search-box.tsx'
import '../features/clients/clients.css'

export type FoundUser = { cluster: string; userId: string }
type Props = {
  /** Where it looks first. */
  cluster: string
  /** What it looks for first. */
  search?: string
  /** Those who cannot be chosen, because they are linked already. */
  linked?: readonly FoundUser[]
  value: FoundUser | null
  onChange: (user: FoundUser | null) => void
}

const SHOWN = 8
const STATES: Record<User['state'], MessageDescriptor> = {
  enabled: msg`enabled`,
  disabled: msg`disabled`,
  unknown: msg`unknown`,
}

/** Finds an S3 user of any cluster. */
export function UserFinder({ cluster: first, search: wanted = '', linked = [], value, onChange }: Props) {
  const { t } = useLingui()
  const clusters = useQuery(sessionQuery()).data?.clusters ?? []
  const [cluster, setCluster] = useState(first)
  const [search, setSearch] = useState(wanted)
  const users = useQuery(usersQuery(cluster, search === '' ? {} : { search }))
  const there = new Set(linked.flatMap((each) => (each.cluster === cluster ? [each.userId] : [])))
  const find = (text: string) => {
    setSearch(text)
    onChange(null)
  }
  return (
    <>
      {clusters.length > 1 && (
        <NativeSelect
          label={t`Cluster`}
          data={clusters.map(({ id, name }) => ({ value: id, label: name }))}
          value={cluster}
          onChange={({ currentTarget }) => {
            setCluster(currentTarget.value)
            onChange(null)
          }}
        />
      )}
      <div>
        <SearchBox label={t`Search by e-mail, id or key id`} value={search} onSearch={find} />
      </div>
      <QueryContents
        query={users}
        isEmpty={({ matching }) => matching === 0}
        empty={
          <EmptyState
            title={t`No user matches`}
            action={
              search !== '' && (
                <Button size="xs" variant="default" onClick={() => find('')}>
                  <Trans>Show all users</Trans>
                </Button>
              )
            }
          >
            <Trans>Nothing was found in the e-mails, ids and key ids of this cluster.</Trans>
          </EmptyState>
        }
      >
        {({ items, matching }) => (
          <div className="client-find">
            <Choices
              label={t`S3 user`}
              value={value?.userId ?? null}
              onChange={(userId) => onChange({ cluster, userId })}
              choices={items.slice(0, SHOWN).map(({ id, email, state }) => ({
                value: id,
                label: <ForeignText text={email} cap={80} />,
                description: `${id} · ${there.has(id) ? t`linked already` : t(STATES[state])}`,
                disabled: there.has(id),
              }))}
            />
            <MoreMatches count={matching - SHOWN} />
          </div>
        )}
      </QueryContents>
    </>
  )
}
