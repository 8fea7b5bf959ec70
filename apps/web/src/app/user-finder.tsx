import { Button, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { sessionQuery } from '../features/session/session.queries.ts'
import { usersQuery } from '../features/users/users.queries.ts'
import { plural } from '../format/counts.ts'
import { Choices } from '../ui/choices.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ForeignText } from '../ui/foreign-text.tsx'
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

/** Finds an S3 user of any cluster. */
export function UserFinder({ cluster: first, search: wanted = '', linked = [], value, onChange }: Props) {
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
          label="Cluster"
          data={clusters.map(({ id, name }) => ({ value: id, label: name }))}
          value={cluster}
          onChange={({ currentTarget }) => {
            setCluster(currentTarget.value)
            onChange(null)
          }}
        />
      )}
      <div>
        <SearchBox label="Search by e-mail, id or key id" value={search} onSearch={find} />
      </div>
      <QueryContents
        query={users}
        isEmpty={({ matching }) => matching === 0}
        empty={
          <EmptyState
            title="No user matches"
            action={
              search !== '' && (
                <Button size="xs" variant="default" onClick={() => find('')}>
                  Show all users
                </Button>
              )
            }
          >
            Nothing was found in the e-mails, ids and key ids of this cluster.
          </EmptyState>
        }
      >
        {({ items, matching }) => (
          <div className="client-find">
            <Choices
              label="S3 user"
              value={value?.userId ?? null}
              onChange={(userId) => onChange({ cluster, userId })}
              choices={items.slice(0, SHOWN).map(({ id, email, state }) => ({
                value: id,
                label: <ForeignText text={email} cap={80} />,
                description: `${id} · ${there.has(id) ? 'linked already' : state}`,
                disabled: there.has(id),
              }))}
            />
            {matching > SHOWN && <p className="dimmed">and {plural(matching - SHOWN, 'other')}: search more closely</p>}
          </div>
        )}
      </QueryContents>
    </>
  )
}
