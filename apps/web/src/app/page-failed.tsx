import { Alert, Button, Group } from '@mantine/core'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { useTitle } from '../ui/title.ts'

/** A page that could not be loaded or drawn: after an update of the console its files have new names. */
export function PageFailed({ reset }: ErrorComponentProps) {
  useTitle('Not loaded')
  return (
    <Alert color="red" role="alert" title="This page could not be loaded" m="lg">
      The connection may have broken, or the console was updated since this page was opened. Nothing was changed.
      <Group mt="sm">
        <Button size="xs" onClick={() => window.location.reload()}>
          Load the page anew
        </Button>
        <Button size="xs" variant="default" onClick={reset}>
          Try again
        </Button>
      </Group>
    </Alert>
  )
}
