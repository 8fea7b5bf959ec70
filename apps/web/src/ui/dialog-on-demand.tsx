import { t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group } from '@mantine/core'
import type { ComponentType } from 'react'
import { ActionButton } from './action-button.tsx'
import { type Again, type Load, onDemand } from './on-demand.tsx'
import { TopDialog } from './top-dialog.tsx'

type Closing = { onClose: () => void }

/** A dialog whose file is loaded when it is asked for. Where that fails a dialog says so, and the page stays as it is. */
export const dialogOnDemand = <Props extends Closing>(load: Load<Props>): ComponentType<Props> =>
  onDemand(load, {
    Waiting: () => null,
    Failed: ({ onClose, ...again }) => <NotLoaded {...again} onClose={onClose} />,
    what: () => t`The dialog`,
  })

/** After an update of the console its files have new names. */
export function NotLoaded({ isLoading, onRetry, onClose }: Again & Closing) {
  const { t } = useLingui()
  return (
    <TopDialog title={t`Not loaded`} onClose={onClose}>
      <p role="alert">
        <Trans>
          The connection may have broken, or the console was updated since this page was opened. Nothing was changed,
          and the page stays as it is.
        </Trans>
      </p>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          <Trans>Close</Trans>
        </Button>
        <Button variant="default" onClick={() => window.location.reload()}>
          <Trans>Load the page anew</Trans>
        </Button>
        <ActionButton busy={isLoading} onClick={onRetry}>
          <Trans>Try again</Trans>
        </ActionButton>
      </Group>
    </TopDialog>
  )
}
