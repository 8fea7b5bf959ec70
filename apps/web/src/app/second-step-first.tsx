import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { sessionQuery } from '../features/session/session.queries.ts'

const AccountPage = lazy(async () => ({ default: (await import('./account-page.tsx')).AccountPage }))

/**
 * The account in place of every page, as long as somebody has to set up a second step there, and until they go on: the
 * recovery codes are shown once.
 */
export function SecondStepFirst({ children }: { children: ReactNode }) {
  const { t } = useLingui()
  const owes = useQuery(sessionQuery()).data?.owesSecondStep === true
  const [stays, setStays] = useState(owes)
  if (owes && !stays) setStays(true)

  if (!stays) return children
  return (
    <Suspense>
      {!owes && (
        <Alert color="green" title={t`Your second step is set up`}>
          <Button size="xs" onClick={() => setStays(false)}>
            <Trans>Go on</Trans>
          </Button>
        </Alert>
      )}
      <AccountPage />
    </Suspense>
  )
}
