import { Button, Group, NativeSelect, Stack } from '@mantine/core'
import type { ClientDetail } from '@ostor-console/shared/clients'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { nameOf } from '../features/clients/client-words.ts'
import { useLink } from '../features/clients/clients.queries.ts'
import { sessionQuery } from '../features/session/session.queries.ts'
import { usersQuery } from '../features/users/users.queries.ts'
import { plural } from '../format/counts.ts'
import { Choices } from '../ui/choices.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ForeignText } from '../ui/foreign-text.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { QueryContents } from '../ui/query-panel.tsx'
import { SearchBox } from '../ui/search-box.tsx'

type Props = { cluster: string; client: ClientDetail; onClose: () => void }

const SHOWN = 8

/** Finds an S3 user of any cluster, with the e-mail of the client as a first guess, and links it. */
export function LinkUserDialog({ cluster: here, client, onClose }: Props) {
  const clusters = useQuery(sessionQuery()).data?.clusters ?? []
  const [cluster, setCluster] = useState(here)
  const [search, setSearch] = useState(client.email)
  const [chosen, setChosen] = useState<string | null>(null)
  const users = useQuery(usersQuery(cluster, search === '' ? {} : { search }))
  const link = useLink(String(client.id))
  const linked = new Set(client.links.flatMap((each) => (each.cluster === cluster ? [each.userId] : [])))
  const submit = () => {
    if (chosen !== null) link.mutate({ cluster, userId: chosen }, { onSuccess: onClose })
  }
  const find = (text: string) => {
    setSearch(text)
    setChosen(null)
  }
  return (
    <Dialog title="Link an S3 user" onClose={link.isPending ? undefined : onClose}>
      <Stack gap="md">
        <p className="dialog-text">
          The user will belong to {nameOf(client)}. Neither of the two is changed; WHMCS is told of the keys of the user
          from then on.
        </p>
        {clusters.length > 1 && (
          <NativeSelect
            label="Cluster"
            data={clusters.map(({ id, name }) => ({ value: id, label: name }))}
            value={cluster}
            onChange={({ currentTarget }) => {
              setCluster(currentTarget.value)
              setChosen(null)
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
                value={chosen}
                onChange={setChosen}
                choices={items.slice(0, SHOWN).map(({ id, email, state }) => ({
                  value: id,
                  label: <ForeignText text={email} cap={80} />,
                  description: `${id} · ${linked.has(id) ? 'linked already' : state}`,
                  disabled: linked.has(id),
                }))}
              />
              {matching > SHOWN && (
                <p className="dimmed">and {plural(matching - SHOWN, 'other')}: search more closely</p>
              )}
            </div>
          )}
        </QueryContents>
        {link.error && <ProblemAlert error={link.error} onReadAgain={onClose} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} disabled={link.isPending}>
            Cancel
          </Button>
          <Button loading={link.isPending} disabled={chosen === null} onClick={submit}>
            Link the user
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
