import { Trans, useLingui } from '@lingui/react/macro'
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
  const { t } = useLingui()
  const session = useQuery(sessionQuery()).data
  const email = session?.admin?.email
  return (
    <Page title={t`Your account`} meta={email && <ForeignText text={email} cap={80} />}>
      {session?.owesSecondStep && (
        <Alert color="yellow" role="alert" title={t`Set up a second step to go on`}>
          <Trans>
            This console asks everybody for an app or a passkey besides the password. Everything else opens as soon as
            you have one.
          </Trans>
        </Alert>
      )}
      {session?.signedInBy === 'single-sign-on' ? (
        <Alert
          color="gray"
          title={session.sso ? t`You sign in through ${session.sso.name}` : t`You sign in through a provider`}
        >
          <Trans>Your password and your second step are there, and nothing here opens the console without it.</Trans>
        </Alert>
      ) : (
        <>
          <div className="overview-columns">
            <TwoStepPanel />
            <PasswordPanel />
          </div>
          <PasskeysPanel isPlace={session?.passkeys === true} />
        </>
      )}
      {!session?.owesSecondStep && <TokensPanel />}
      <OwnSessionsPanel />
    </Page>
  )
}
