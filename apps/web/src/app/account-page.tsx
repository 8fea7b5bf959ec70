import { Alert } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { OwnSessionsPanel } from '../features/admins/own-sessions-panel.tsx'
import { PasskeysPanel } from '../features/session/passkeys-panel.tsx'
import { PasswordPanel } from '../features/session/password-panel.tsx'
import { sessionQuery } from '../features/session/session.queries.ts'
import { TwoStepPanel } from '../features/session/two-step-panel.tsx'
import { TokensPanel } from '../features/tokens/tokens-panel.tsx'
import { ForeignText } from '../ui/foreign-text.tsx'
import { Page } from '../ui/page.tsx'
import './overview.css'

/** How the admin who is signed in signs in. */
export function AccountPage() {
  const session = useQuery(sessionQuery()).data
  const email = session?.admin?.email
  return (
    <Page title="Your account" meta={email && <ForeignText text={email} cap={80} />}>
      {session?.owesSecondStep && (
        <Alert color="yellow" role="alert" title="Set up a second step to go on">
          This console asks everybody for an app or a passkey besides the password. Everything else opens as soon as you
          have one.
        </Alert>
      )}
      <div className="overview-columns">
        <TwoStepPanel />
        <PasswordPanel />
      </div>
      {session && session.signedInBy !== 'single-sign-on' && <PasskeysPanel isPlace={session.passkeys} />}
      {!session?.owesSecondStep && <TokensPanel />}
      <OwnSessionsPanel />
    </Page>
  )
}
