import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Skeleton } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useRef } from 'react'
import { Age } from './age.tsx'
import { EmptyState } from './empty-state.tsx'
import { ErrorSentence } from './error-sentence.tsx'
import { useHeadingAfterwards } from './focus.ts'
import { useLastError } from './last-error.ts'
import { Panel, type PanelProps } from './panel.tsx'
import { ProblemAlert } from './problem-alert.tsx'
import { NBSP } from './space.ts'

type Contents<T> = {
  query: UseQueryResult<T>
  /** The first load, drawn in the shape of what comes; lines when there is none. */
  skeleton?: ReactNode
  isEmpty?: (data: T) => boolean
  empty?: ReactNode
  /** Why what is shown is only a part of the truth; `null` when it is all of it. */
  partial?: ReactNode | ((data: T) => ReactNode)
  children: (data: T) => ReactNode
}

type Props<T> = Contents<T> & Omit<PanelProps, 'children' | 'busy'>

/** A panel that is its own island: loading, failed, empty, partial, stale and data are six different pictures. */
export function QueryPanel<T>(props: Props<T>) {
  const { title, note, actions, flush = false, ...contents } = props
  const { query } = contents
  // A note that comes with the data has its line from the beginning, so that nothing beneath moves when it comes.
  const line = note ?? ('note' in props && query.isPending ? NBSP : undefined)
  return (
    <Panel
      title={title}
      note={line}
      actions={actions}
      flush={flush}
      busy={query.isFetching && !(query.isPending && query.errorUpdateCount === 0)}
    >
      <QueryContents {...contents} inset={flush} />
    </Panel>
  )
}

/** The six pictures without the frame, for a page that is one list. */
export function QueryContents<T>(props: Contents<T> & { inset?: boolean }) {
  const { query, skeleton, isEmpty, empty, partial, children, inset = false } = props
  const { t } = useLingui()
  const error = useLastError(query)
  const retry = () => void query.refetch()

  if (query.data === undefined) {
    const shown =
      query.fetchStatus === 'paused' ? (
        <EmptyState title={t`Not read yet`}>
          <Trans>You are offline. It is read as soon as the network is back.</Trans>
        </EmptyState>
      ) : error ? (
        <ProblemAlert error={error} onRetry={retry} isRetrying={query.isFetching} />
      ) : (
        skeleton || <Lines />
      )
    return inset ? <div className="inset">{shown}</div> : shown
  }
  const part = typeof partial === 'function' ? partial(query.data) : partial
  return (
    <>
      {query.error && <StaleBanner since={query.dataUpdatedAt} error={query.error} onRetry={retry} />}
      {part && <div className="partial">{part}</div>}
      {isEmpty?.(query.data) ? empty : children(query.data)}
    </>
  )
}

type Stale = { since: number; error: Error; onRetry: () => void }

/** What is shown is old, because reading it again did not work. */
export function StaleBanner({ since, error, onRetry }: Stale) {
  const place = useRef<HTMLDivElement>(null)
  useHeadingAfterwards(place)
  return (
    <Alert ref={place} color="yellow" role="alert" className="stale">
      <span>
        <Trans>
          Shown as it was <Age at={since} />, because reading it again failed: <ErrorSentence error={error} />
        </Trans>
      </span>
      <Button size="compact-xs" variant="default" onClick={onRetry}>
        <Trans>Try again</Trans>
      </Button>
    </Alert>
  )
}

function Lines() {
  const { t } = useLingui()
  return (
    <output className="lines" aria-label={t`Loading`}>
      {['70%', '90%', '55%', '80%'].map((width) => (
        <Skeleton key={width} h={14} w={width} radius="sm" />
      ))}
    </output>
  )
}
