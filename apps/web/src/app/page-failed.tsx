import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group } from '@mantine/core'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { useTitle } from '../ui/title.ts'

/** A page that could not be loaded or drawn: after an update of the console its files have new names. */
export function PageFailed({ reset }: ErrorComponentProps) {
  const { t } = useLingui()
  useTitle(t`Not loaded`)
  return (
    <Alert color="red" role="alert" title={t`This page could not be loaded`} m="lg">
      <Trans>
        The connection may have broken, or the console was updated since this page was opened. Nothing was changed.
      </Trans>
      <Group mt="sm">
        <Button size="xs" onClick={() => window.location.reload()}>
          <Trans>Load the page anew</Trans>
        </Button>
        <Button size="xs" variant="default" onClick={reset}>
          <Trans>Try again</Trans>
        </Button>
      </Group>
    </Alert>
  )
}
