import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button } from '@mantine/core'
import type { Account } from '@ostor-console/shared/account'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Age } from '../../ui/age.tsx'
import { Facts } from '../../ui/facts.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { useShownOnce } from '../../ui/shown-once.ts'
import { StateDot } from '../../ui/state-dot.tsx'
import { accountQuery, useConfirmEnrolment, useNewRecoveryCodes, useRemoveSecondFactor } from './account.queries.ts'
import { EnrolDialog } from './enrol-dialog.tsx'
import { ProofDialog } from './proof-dialog.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

const FEW = 3

/** The second step of signing in: on or off, and how many ways back are left without the phone. */
export function TwoStepPanel() {
  const { t } = useLingui()
  const account = useQuery(accountQuery())
  const confirm = useConfirmEnrolment()
  const renew = useNewRecoveryCodes()
  const remove = useRemoveSecondFactor()
  const [asked, ask] = useState<'enrol' | 'renew' | 'remove' | null>(null)
  const [renewed, setRenewed] = useState<string[]>()
  const codes = confirm.data?.recoveryCodes ?? renewed
  useShownOnce(confirm.isPending || renew.isPending || codes !== undefined)

  const isOn = account.data?.secondFactor != null
  const open = (which: NonNullable<typeof asked>) => {
    for (const { reset } of [confirm, renew, remove]) reset()
    ask(which)
  }
  const close = () => ask(null)
  const done = ({ reset }: { reset: () => void }) => {
    // It holds the password that was typed.
    reset()
    close()
  }

  return (
    <QueryPanel
      title={t`Two-step sign-in`}
      note={t`After the password, a code of an app on your phone`}
      query={account}
      actions={
        account.data &&
        (isOn ? (
          <>
            <Button size="xs" variant="default" onClick={() => open('renew')}>
              <Trans>New recovery codes</Trans>
            </Button>
            <Button size="xs" variant="default" onClick={() => open('remove')}>
              <Trans>Turn off</Trans>
            </Button>
          </>
        ) : (
          account.data.hasPassword && (
            <Button size="xs" onClick={() => open('enrol')}>
              <Trans>Turn on</Trans>
            </Button>
          )
        ))
      }
    >
      {({ email, secondFactor, passkeys, hasPassword }) => (
        <>
          {secondFactor ? <On {...secondFactor} /> : <Off passkeys={passkeys.length > 0} hasPassword={hasPassword} />}
          {asked === 'enrol' && <EnrolDialog confirm={confirm} onClose={close} />}
          {asked === 'renew' && (
            <ProofDialog
              title={t`New recovery codes?`}
              confirmLabel={t`Make new codes`}
              change={renew}
              onConfirm={(proof) =>
                renew.mutate(proof, {
                  onSuccess: ({ recoveryCodes }) => {
                    setRenewed(recoveryCodes)
                    done(renew)
                  },
                })
              }
              onClose={close}
            >
              <p>
                <Trans>Ten new codes are shown once. The ones you have now are worth nothing any more.</Trans>
              </p>
            </ProofDialog>
          )}
          {asked === 'remove' && (
            <ProofDialog
              title={t`Turn two-step sign-in off?`}
              confirmLabel={t`Turn off`}
              danger
              change={remove}
              onConfirm={(proof) => remove.mutate(proof, { onSuccess: () => done(remove) })}
              onClose={close}
            >
              <p>
                {passkeys.length === 0
                  ? t`Then whoever learns your password can sign in with it alone.`
                  : t`Then a passkey is asked for after the password.`}{' '}
                <Trans>The app’s entry and the recovery codes are worth nothing any more.</Trans>
              </p>
            </ProofDialog>
          )}
          {codes && (
            <RecoveryCodes
              codes={codes}
              email={email}
              onStored={() => {
                confirm.reset()
                setRenewed(undefined)
              }}
            />
          )}
        </>
      )}
    </QueryPanel>
  )
}

function On({ enrolledAt, recoveryCodesLeft }: NonNullable<Account['secondFactor']>) {
  const { t } = useLingui()
  return (
    <>
      <Facts
        items={{
          [t`State`]: <StateDot tone="good">{t`on`}</StateDot>,
          [t({ message: 'Set up', context: 'since when it is' })]: <Age at={enrolledAt} />,
          [t`Recovery codes left`]: t`${recoveryCodesLeft} of 10`,
        }}
      />
      {recoveryCodesLeft < FEW && (
        <Alert color="yellow" mt="md" title={t`Few recovery codes are left`}>
          <Trans>Without your phone and without a code you cannot sign in. Make new ones.</Trans>
        </Alert>
      )}
    </>
  )
}

function Off({ passkeys, hasPassword }: { passkeys: boolean; hasPassword: boolean }) {
  const { t } = useLingui()
  const state = !hasPassword
    ? t`off: you have no password that it could follow`
    : passkeys
      ? t`off: after the password a passkey is asked for`
      : t`off: the password alone is enough to sign in as you`
  return <Facts items={{ [t`State`]: <StateDot tone={passkeys ? 'off' : 'warn'}>{state}</StateDot> }} />
}
