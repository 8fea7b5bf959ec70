import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Alert, Button, Group } from '@mantine/core'
import { Component, type ReactNode } from 'react'

type Props = { children: ReactNode; what?: string }

/** Keeps a fault in one part of the page from taking the rest down. */
export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    const { what, children } = this.props
    if (!this.state.failed) return children
    return (
      <Alert
        color="red"
        role="alert"
        title={what === undefined ? t`This page could not be drawn` : t`${what} could not be drawn`}
        m="md"
      >
        <Trans>
          This is a fault of the console, not of the storage; nothing was changed. Try it again, or load the page anew.
        </Trans>
        <Group mt="sm">
          <Button size="xs" onClick={() => this.setState({ failed: false })}>
            <Trans>Try again</Trans>
          </Button>
          <Button size="xs" variant="default" onClick={() => window.location.reload()}>
            <Trans>Load the page anew</Trans>
          </Button>
        </Group>
      </Alert>
    )
  }
}
