import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group } from '@mantine/core'
import { type ComponentType, useEffect, useState } from 'react'
import { ErrorBoundary } from './error-boundary.tsx'
import { TopDialog } from './top-dialog.tsx'

type Closing = { onClose: () => void }
type State<Props> = { Ready: ComponentType<Props> } | 'loading' | 'failed'

/** A dialog whose file is loaded when it is asked for. Where that fails a dialog says so, and the page stays as it is. */
export function dialogOnDemand<Props extends Closing>(
  load: () => Promise<{ default: ComponentType<Props> }>,
): ComponentType<Props> {
  let last: State<Props> = 'loading'
  return function DialogOnDemand(props: Props) {
    const { t } = useLingui()
    const [state, setState] = useState(last)
    const [isLoading, setLoading] = useState(state === 'loading')

    useEffect(() => {
      const bring = async () => {
        try {
          last = { Ready: (await load()).default }
          setState(last)
        } catch {
          setState('failed')
        }
        setLoading(false)
      }
      if (isLoading) void bring()
    }, [isLoading])

    if (state === 'loading') return null
    if (state === 'failed')
      return <NotLoaded isLoading={isLoading} onRetry={() => setLoading(true)} onClose={props.onClose} />
    return (
      <ErrorBoundary what={t`The dialog`}>
        <state.Ready {...props} />
      </ErrorBoundary>
    )
  }
}

type NotLoadedProps = { isLoading: boolean; onRetry: () => void; onClose: () => void }

/** After an update of the console its files have new names. */
function NotLoaded({ isLoading, onRetry, onClose }: NotLoadedProps) {
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
        <Button loading={isLoading} onClick={onRetry}>
          <Trans>Try again</Trans>
        </Button>
      </Group>
    </TopDialog>
  )
}
