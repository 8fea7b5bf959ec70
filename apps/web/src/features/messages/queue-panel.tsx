import type { MessageDescriptor } from '@lingui/core'
import { msg, plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Pager } from '../../ui/pager.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { RowsSkeleton } from '../../ui/rows-skeleton.tsx'
import { Segments } from '../../ui/segments.tsx'
import { CancelMessage, SettleMessage } from './message-dialogs.tsx'
import { type QueueSearch, queueQuery, type Shown } from './messages.queries.ts'
import { type Deciding, MessagesTable } from './messages-table.tsx'

const CHOICES: { value: Shown; label: MessageDescriptor }[] = [
  { value: 'undelivered', label: msg`Undelivered` },
  { value: 'attention', label: msg`Needs attention` },
  { value: 'ended', label: msg({ message: 'Ended', context: 'messages' }) },
  { value: 'all', label: msg({ message: 'All', context: 'messages' }) },
]

const NOTHING: Record<Shown, { title: MessageDescriptor; text: MessageDescriptor }> = {
  undelivered: { title: msg`Nothing waits`, text: msg`WHMCS was told everything.` },
  attention: {
    title: msg`Nothing needs attention`,
    text: msg`No message waits for more than a day, is blocked, or has an outcome that is not known.`,
  },
  ended: { title: msg`Nothing has ended yet`, text: msg`Delivered and cancelled messages stand here.` },
  all: {
    title: msg`No messages yet`,
    text: msg`The first one comes with the first key of a user that belongs to a client.`,
  },
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
  const { t } = useLingui()
  const queue = useQuery(queueQuery(search))
  // Its message may go from the list while somebody is deciding.
  const [deciding, setDeciding] = useState<Deciding | null>(null)
  const close = () => setDeciding(null)
  const nothing = NOTHING[search.show]
  const filteredTo = isOfOneClient ? undefined : search.clientId
  const all = (
    <Button size="compact-xs" variant="default" onClick={() => onShow({ clientId: undefined, page: '1' })}>
      <Trans>Show all clients</Trans>
    </Button>
  )
  return (
    <>
      <QueryPanel
        title={t`Messages to WHMCS`}
        note={
          <>
            {queue.data
              ? countText(queue.data.matching, filteredTo)
              : filteredTo !== undefined && t`of client ${filteredTo}`}
            {filteredTo !== undefined && <> {all}</>}
          </>
        }
        flush
        query={queue}
        skeleton={<RowsSkeleton rows={5} />}
        actions={
          <Segments
            label={t`Which messages`}
            choices={CHOICES.map(({ value, label }) => ({ value, label: t(label) }))}
            value={search.show}
            onChange={(show) => onShow({ show, page: '1' })}
          />
        }
        isEmpty={({ matching }) => matching === 0}
        empty={<EmptyState title={t(nothing.title)}>{t(nothing.text)}</EmptyState>}
      >
        {({ items, page, pageSize, matching }) => (
          <>
            <MessagesTable
              cluster={cluster}
              label={t`Messages to WHMCS`}
              messages={items}
              isOfOneClient={isOfOneClient}
              onDecide={setDeciding}
            />
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
      {deciding?.to === 'cancel' && <CancelMessage message={deciding.message} onClose={close} />}
      {deciding?.to === 'settle' && <SettleMessage message={deciding.message} onClose={close} />}
    </>
  )
}

const countText = (count: number, clientId: string | undefined): string =>
  clientId === undefined
    ? plural(count, { one: '# message', other: '# messages' })
    : plural(count, { one: `# message of client ${clientId}`, other: `# messages of client ${clientId}` })
