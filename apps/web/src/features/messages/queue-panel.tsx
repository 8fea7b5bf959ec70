import { Button, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { plural } from '../../format/counts.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Pager } from '../../ui/pager.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { RowsSkeleton } from '../../ui/rows-skeleton.tsx'
import { type QueueSearch, queueQuery, type Shown } from './messages.queries.ts'
import { MessagesTable } from './messages-table.tsx'

const CHOICES: { value: Shown; label: string }[] = [
  { value: 'undelivered', label: 'Undelivered' },
  { value: 'attention', label: 'Needs attention' },
  { value: 'ended', label: 'Ended' },
  { value: 'all', label: 'All' },
]

const NOTHING: Record<Shown, { title: string; text: string }> = {
  undelivered: { title: 'Nothing waits', text: 'WHMCS was told everything.' },
  attention: {
    title: 'Nothing needs attention',
    text: 'No message waits for more than a day, is blocked, or has an outcome that is not known.',
  },
  ended: { title: 'Nothing has ended yet', text: 'Delivered and cancelled messages stand here.' },
  all: { title: 'No messages yet', text: 'The first one comes with the first key of a user that belongs to a client.' },
}

type Props = {
  cluster: string
  search: QueueSearch
  /** The list is about one client anyway. */
  isOfOneClient?: boolean
  onShow: (change: { show?: Shown; clientId?: undefined; page?: string }) => void
}

/** What WHMCS is to be told, each client in order. */
export function QueuePanel({ cluster, search, isOfOneClient = false, onShow }: Props) {
  const queue = useQuery(queueQuery(search))
  const nothing = NOTHING[search.show]
  const filteredTo = isOfOneClient ? undefined : search.clientId
  const all = (
    <Button size="compact-xs" variant="default" onClick={() => onShow({ clientId: undefined, page: '1' })}>
      Show all clients
    </Button>
  )
  return (
    <QueryPanel
      title="Messages to WHMCS"
      note={
        <>
          {queue.data && plural(queue.data.matching, 'message')}
          {filteredTo !== undefined && <> of client {filteredTo} </>}
          {filteredTo !== undefined && all}
        </>
      }
      flush
      query={queue}
      skeleton={<RowsSkeleton rows={5} />}
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Which messages"
          data={CHOICES}
          value={search.show}
          onChange={(value) =>
            onShow({ show: CHOICES.find((each) => each.value === value)?.value ?? 'all', page: '1' })
          }
        />
      }
      isEmpty={({ matching }) => matching === 0}
      empty={<EmptyState title={nothing.title}>{nothing.text}</EmptyState>}
    >
      {({ items, page, pageSize, matching }) => (
        <>
          <MessagesTable cluster={cluster} label="Messages to WHMCS" messages={items} isOfOneClient={isOfOneClient} />
          {(matching > pageSize || page > 1) && (
            <Pager
              page={page}
              pageSize={pageSize}
              matching={matching}
              onPage={(next) => onShow({ page: String(next) })}
            />
          )}
        </>
      )}
    </QueryPanel>
  )
}
