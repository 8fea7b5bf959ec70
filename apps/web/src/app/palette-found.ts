import { t } from '@lingui/core/macro'
import { useDebouncedValue } from '@mantine/hooks'
import IconArchive from '@tabler/icons-react/dist/esm/icons/IconArchive.mjs'
import IconKey from '@tabler/icons-react/dist/esm/icons/IconKey.mjs'
import IconList from '@tabler/icons-react/dist/esm/icons/IconList.mjs'
import IconUser from '@tabler/icons-react/dist/esm/icons/IconUser.mjs'
import IconUserCircle from '@tabler/icons-react/dist/esm/icons/IconUserCircle.mjs'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { bucketsQuery } from '../features/buckets/buckets.queries.ts'
import { nameOf } from '../features/clients/client-words.ts'
import { clientsQuery } from '../features/clients/clients.queries.ts'
import { sessionQuery } from '../features/session/session.queries.ts'
import { usersQuery } from '../features/users/users.queries.ts'
import { formatCount } from '../format/counts.ts'
import { useErrorText } from '../ui/error-sentence.tsx'
import { usePages } from './pages.ts'
import type { Entry, EntryGroup } from './palette-entry.ts'

const AFTER_MS = 200
const LEAST = 2
const SHOWN = 5
const CAP = 254

const nothing = () => undefined

const ALL = {
  users: (count: string) => t`All ${count} users that match`,
  buckets: (count: string) => t`All ${count} buckets that match`,
  clients: (count: string) => t`All ${count} clients that match`,
}

export type Found = {
  groups: EntryGroup[]
  /** Nothing is looked for yet. */
  isShort: boolean
  isSearching: boolean
  isOffline: boolean
  /** One sentence for each kind of thing that could not be searched. */
  failures: string[]
}

/** One request for each kind of thing, the same as its list makes: opening all that was found then asks for nothing. */
export function useFound(cluster: string, typed: string): Found {
  const navigate = useNavigate()
  const inWords = useErrorText()
  const { pages } = usePages()
  const owes = useQuery(sessionQuery()).data?.owesSecondStep !== false
  const wanted = typed.trim().slice(0, CAP)
  const [text] = useDebouncedValue(wanted, AFTER_MS)
  const has = (page: string) => pages.some(({ to }) => to === page)
  // Nothing of what was searched before stays: Enter must never open what is about to change.
  const asked = { enabled: !owes && text.length >= LEAST, placeholderData: nothing, refetchInterval: false as const }

  const users = useQuery({ ...usersQuery(cluster, { search: text }), ...asked })
  const buckets = useQuery({ ...bucketsQuery(cluster, { search: text }), ...asked })
  const clients = useQuery({
    ...clientsQuery({ search: text }),
    ...asked,
    enabled: asked.enabled && has('/c/$cluster/clients'),
  })

  const isCurrent = text === wanted && text.length >= LEAST
  const low = text.toLowerCase()
  const isByKey = ({ id, email }: { id: string; email: string }) =>
    !email.toLowerCase().includes(low) && !id.toLowerCase().includes(low)
  const people = users.data?.items ?? []

  const userEntries = people
    .filter((user) => !isByKey(user))
    .slice(0, SHOWN)
    .map(
      ({ id, email, state }): Entry => ({
        key: `user ${id}`,
        label: email,
        note: state === 'disabled' ? t`${id}, disabled` : id,
        Icon: IconUser,
        run: () => void navigate({ to: '/c/$cluster/users/$userId', params: { cluster, userId: id }, search: {} }),
      }),
    )
  const keyEntries = people
    .filter(isByKey)
    .slice(0, SHOWN)
    .map(
      ({ id, email }): Entry => ({
        key: `key ${id}`,
        label: email,
        note: t`has a key whose id holds ${text}`,
        Icon: IconKey,
        run: () =>
          void navigate({
            to: '/c/$cluster/users/$userId',
            params: { cluster, userId: id },
            search: { tab: 'keys' },
          }),
      }),
    )
  const bucketEntries = (buckets.data?.items ?? []).slice(0, SHOWN).map(
    ({ name, ownerEmail, ownerId }): Entry => ({
      key: `bucket ${name}`,
      label: name,
      note: t`of ${ownerEmail ?? ownerId}`,
      Icon: IconArchive,
      run: () => void navigate({ to: '/c/$cluster/buckets/$bucket', params: { cluster, bucket: name }, search: {} }),
    }),
  )
  const clientEntries = (clients.data?.items ?? []).slice(0, SHOWN).map(
    (client): Entry => ({
      key: `client ${client.id}`,
      label: nameOf(client),
      note: `${client.id}, ${client.email}`,
      Icon: IconUserCircle,
      run: () =>
        void navigate({
          to: '/c/$cluster/clients/$clientId',
          params: { cluster, clientId: String(client.id) },
          search: {},
        }),
    }),
  )
  const groups = [
    { name: t`Users`, entries: [...userEntries, ...allOf('users', people.length && users.data?.matching)] },
    { name: t`Keys`, entries: keyEntries },
    { name: t`Buckets`, entries: [...bucketEntries, ...allOf('buckets', buckets.data?.matching)] },
    { name: t`Clients`, entries: [...clientEntries, ...allOf('clients', clients.data?.matching)] },
  ]

  const failureOf = (what: string, { error, data }: UseQueryResult): string[] =>
    error && data === undefined ? [t`${what} could not be searched: ${inWords(error)}`] : []

  /** The way to the whole list, where there is more than is shown. */
  function allOf(what: 'users' | 'buckets' | 'clients', count: number | undefined): Entry[] {
    if (count === undefined || count <= SHOWN) return []
    return [
      {
        key: `all ${what}`,
        label: ALL[what](formatCount(count)),
        Icon: IconList,
        run: () => void navigate({ to: `/c/$cluster/${what}`, params: { cluster }, search: { search: text } }),
      },
    ]
  }

  const all = [users, buckets, clients]
  return {
    groups: isCurrent ? groups : [],
    isShort: wanted.length < LEAST,
    isSearching: wanted.length >= LEAST && !owes && (!isCurrent || all.some(isUnderWay)),
    isOffline: all.some(({ fetchStatus }) => fetchStatus === 'paused'),
    failures: isCurrent
      ? [failureOf(t`Users`, users), failureOf(t`Buckets`, buckets), failureOf(t`Clients`, clients)].flat()
      : [],
  }
}

const isUnderWay = ({ isPending, fetchStatus }: UseQueryResult): boolean => isPending && fetchStatus === 'fetching'
