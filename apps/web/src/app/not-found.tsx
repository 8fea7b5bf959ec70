import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Page } from '../ui/page.tsx'

export function NotFound() {
  const { t } = useLingui()
  return (
    <Page title={t`There is no page at this address`} meta={t`The link may be old, or a letter of it is missing.`}>
      <div>
        <Button renderRoot={(props) => <Link to="/" {...props} />} variant="default">
          <Trans>Go to the overview</Trans>
        </Button>
      </div>
    </Page>
  )
}

/** For an address that belongs to no cluster, where there is no layout around it. */
export const NothingHere = () => (
  <main>
    <NotFound />
  </main>
)
