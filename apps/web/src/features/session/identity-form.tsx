import { Trans, useLingui } from '@lingui/react/macro'
import { Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { QueryContents } from '../../ui/query-panel.tsx'
import { TopDialog } from '../../ui/top-dialog.tsx'
import { accountQuery } from './account.queries.ts'
import { whyNoPasskeys } from './passkey-browser.ts'
import { PasskeyProof } from './passkey-proof.tsx'
import { PasswordProof } from './password-proof.tsx'
import { sessionQuery } from './session.queries.ts'
import { SsoProof } from './sso-proof.tsx'
import './account.css'

type Props = { email: string; onEnd: (proved: boolean) => void; onClose: () => void }

/** A passkey, or the password and the second step; for whoever came from the provider, the provider. */
export default function IdentityForm({ email, onEnd, onClose }: Props) {
  const { t } = useLingui()
  const account = useQuery(accountQuery())
  const { data: session } = useQuery(sessionQuery())
  const sso = session?.signedInBy === 'single-sign-on' ? session.sso : null

  return (
    <TopDialog title={t`Confirm that it is you`} onClose={onClose}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          <Trans>
            What you are about to do cannot be taken back, or gives somebody access. It is not asked again for ten
            minutes.
          </Trans>
        </Text>
        {sso ? (
          <SsoProof name={sso.name} onEnd={onEnd} />
        ) : (
          <QueryContents query={account}>
            {({ passkeys, hasPassword, secondFactor }) => {
              const byPassword = hasPassword && (secondFactor !== null || passkeys.length === 0)
              return (
                <>
                  {passkeys.length > 0 && (
                    <PasskeyProof
                      reason={whyNoPasskeys(session?.passkeys === true)}
                      alone={!byPassword}
                      onEnd={onEnd}
                    />
                  )}
                  {byPassword && <PasswordProof email={email} hasApp={secondFactor !== null} onEnd={onEnd} />}
                </>
              )
            }}
          </QueryContents>
        )}
      </Stack>
    </TopDialog>
  )
}
