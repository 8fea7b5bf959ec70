import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '../ui/empty-state.tsx'
import { useTitle } from '../ui/title.ts'

export function NotFound() {
  useTitle('Not found')
  return (
    <div className="page">
      <EmptyState
        title="There is no page at this address"
        action={
          <Button component={Link} to="/" size="xs" variant="default">
            Go to the overview
          </Button>
        }
      >
        The link may be old, or a letter of it is missing.
      </EmptyState>
    </div>
  )
}
