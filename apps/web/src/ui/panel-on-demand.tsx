import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Alert, Button, Skeleton } from '@mantine/core'
import type { ComponentType } from 'react'
import { ActionButton } from './action-button.tsx'
import { type Again, type Load, onDemand } from './on-demand.tsx'

/** A part of a page whose file is loaded when it is looked at. Where that fails it says so in its place. */
export const panelOnDemand = <Name extends string, Props extends object>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
): ComponentType<Props> =>
  onDemand(async () => ({ default: (await load())[name] }), {
    Waiting: () => <Skeleton h={180} radius="md" />,
    Failed: ({ isLoading, onRetry }) => <PartNotLoaded isLoading={isLoading} onRetry={onRetry} />,
    what: () => t`This part`,
  })

/** As above, for what appears where nothing made room for it. */
export const bannerOnDemand = <Props extends object>(load: Load<Props>, what: () => string): ComponentType<Props> =>
  onDemand(load, {
    Waiting: () => null,
    Failed: ({ isLoading, onRetry }) => <PartNotLoaded isLoading={isLoading} onRetry={onRetry} title={what()} m="md" />,
    what,
  })

type Failed = Again & { title?: string; m?: 'md' }

/** What stands in the place of a part that did not come. */
export function PartNotLoaded({ isLoading, onRetry, ...around }: Failed) {
  return (
    <Alert color="red" role="alert" {...around}>
      <p>
        <Trans>
          This part did not load: the connection may have broken, or the console was updated since this page was opened.
        </Trans>
      </p>
      <ActionButton size="xs" variant="default" busy={isLoading} onClick={onRetry}>
        <Trans>Try again</Trans>
      </ActionButton>{' '}
      <Button size="xs" variant="default" onClick={() => window.location.reload()}>
        <Trans>Load the page anew</Trans>
      </Button>
    </Alert>
  )
}
