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
    if (!this.state.failed) return this.props.children
    return (
      <Alert color="red" role="alert" title={`${this.props.what ?? 'This page'} could not be drawn`} m="md">
        This is a fault of the console, not of the storage; nothing was changed. Try it again, or load the page anew.
        <Group mt="sm">
          <Button size="xs" onClick={() => this.setState({ failed: false })}>
            Try again
          </Button>
          <Button size="xs" variant="default" onClick={() => window.location.reload()}>
            Load the page anew
          </Button>
        </Group>
      </Alert>
    )
  }
}
